/**
 * A vault without a cipher for the simulation. It binds rows to their places like the real one, so that a swapped row is found, and
 * opens nothing that it has no key for.
 */
import type { ScopeKey } from '../../../shared/bridge.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { COMMITMENT_INFO, SALT_BYTES, type Envelope } from '../../../shared/protocol/envelope.ts';
import { toBase64 } from '../vault/base64.ts';
import type { Place, Vault } from '../vault/vault.ts';
import { plainPoint, sha256 } from './plain-keys.ts';

const FILLER = toBase64(new Uint8Array(60));
const SESSION = plainPoint('session');
const SALT = new Uint8Array(SALT_BYTES);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const mark = ({ key, kind, id, version }: Place): string => `${key}|${kind}|${id}|${version}\n`;

interface Opening {
  readonly person: string;
  readonly device: string;
  readonly scopeKeys: readonly ScopeKey[];
}

export function createPlainVault({ person, device, scopeKeys }: Opening): Vault {
  const scopeByKey = new Map(scopeKeys.map(({ id, scope }) => [id, scope]));
  const keyByScope = new Map(scopeKeys.map(({ id, scope }) => [scope, id]));
  const has = (key: string): boolean => key === person || scopeByKey.has(key);
  const opened = (bytes: Uint8Array, place: Place): Uint8Array | undefined => {
    const start = encoder.encode(mark(place));
    const isHere = has(place.key) && Buffer.compare(bytes.subarray(0, start.length), start) === 0;
    return isHere ? bytes.subarray(start.length) : undefined;
  };
  return {
    own: person,
    keyOf: (scope) => keyByScope.get(scope),
    scopeOf: (key) => scopeByKey.get(key),
    scopes: () => [...keyByScope.keys()],
    admit: async (keys) => {
      for (const { id, scope } of keys) {
        scopeByKey.set(id, scope);
        keyByScope.set(scope, id);
      }
    },
    forget: (scopes) => {
      for (const scope of scopes) {
        for (const [key, of] of scopeByKey) if (of === scope) scopeByKey.delete(key);
        keyByScope.delete(scope);
      }
    },
    seal: async (content, place) => {
      if (!has(place.key)) throw new Error(`no key ${place.key}`);
      const plain = typeof content === 'string' ? encoder.encode(content) : content;
      return Buffer.concat([encoder.encode(mark(place)), plain]);
    },
    open: async (bytes, place) => {
      const plain = opened(bytes, place);
      return plain && decoder.decode(plain);
    },
    openBytes: async (bytes, place) => opened(bytes, place),
    sealOperation: async (operation, scope) => {
      const key = scope === undefined ? undefined : keyByScope.get(scope);
      return {
        v: 2,
        id: operation.id,
        device,
        author: operation.author,
        session: SESSION,
        forDistrict: FILLER,
        ...(key !== undefined && { forScope: { key, wrapped: FILLER } }),
        forAuthor: FILLER,
        ...contentOf(operation),
      };
    },
    close: () => undefined,
    openOperation: async (envelope) => {
      const isFor = envelope.author === person || scopeByKey.has(envelope.forScope?.key ?? '');
      return isFor ? operationIn(envelope) : undefined;
    },
  };
}

function contentOf(operation: Operation): Pick<Envelope, 'commitment' | 'content'> {
  const json = encoder.encode(JSON.stringify(operation));
  const digest = Buffer.from(sha256(json), 'base64url');
  const commitment = sha256(Buffer.concat([Buffer.from(COMMITMENT_INFO), SALT, digest]));
  return { commitment, content: Buffer.concat([SALT, json]).toString('base64') };
}

/** What a stranger reads in the envelope: JSON behind the salt. */
export const operationIn = ({ content }: Envelope): Operation =>
  JSON.parse(Buffer.from(content, 'base64').toString('utf8', SALT_BYTES)) as Operation;
