/** A desk without a screen: it enrols with keys of its own, signs what it asks, and chains what it pushes, like a real one. */
import { inOrder } from '../../shared/core/in-order.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { Result } from '../../shared/core/result.ts';
import type { EnrolRequest, EnrolResponse } from '../../shared/protocol/enrolment.ts';
import {
  pullResponse,
  type PullResponse,
  type PushEntry,
  type PushResponse,
  type TokenRequest,
  type TokenResponse,
  type Verdict,
} from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import type { DistrictError } from '../district-error.ts';
import type { District } from '../district.ts';
import type { Asking } from '../people/authenticate.ts';
import {
  base64url,
  bytesOf,
  newReceiver,
  newSigner,
  randomNonce,
  sha256,
  type Receiver,
  type Signer,
} from './desk-keys.ts';
import { createSeal, FIRST, linkBehind, type Named } from './seal.ts';
import { createPen } from './village.ts';

export interface PersonKeys {
  readonly signing: Signer;
  readonly exchange: Receiver;
}

export interface Request {
  readonly method?: string;
  readonly path?: string;
  /** As it goes over the line. */
  readonly body?: string;
  /** `null`: the device alone. The desk's first person without it. */
  readonly as?: string | null;
}

export interface Desk {
  readonly device: string;
  /** What the first enrolment answered. */
  readonly enrolled: EnrolResponse;
  readonly deviceKey: Signer;
  readonly people: ReadonlyMap<string, PersonKeys>;
  readonly pen: ReturnType<typeof createPen>;
  /** Signed for `path` and `body`; whoever calls the district without HTTP needs neither. */
  readonly asking: (request?: Request) => Promise<Asking>;
  /** The same with a given token, and proof of another request if one likes. */
  readonly prove: (token: string, request?: Request) => Promise<Asking & { readonly nonce: string }>;
  /** POST /api/token with this refresh token. */
  readonly token: (
    refresh: string,
    more?: Partial<TokenRequest> & { readonly as?: string | null },
  ) => Promise<Result<TokenResponse, DistrictError>>;
  /** The next entry of the chain; the same operation has the same entry for ever. */
  readonly entry: (operation: Operation | string, named?: Named) => Promise<PushEntry>;
  readonly pushEntries: (entries: readonly PushEntry[]) => Promise<Result<PushResponse, DistrictError>>;
  readonly push: (...operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  readonly pull: (scope: string, cursor?: number, limit?: number) => Promise<PullResponse>;
  /** A further person, or somebody who comes back; `as` other than usual is said. */
  readonly join: (
    person: { readonly id: string },
    more?: Partial<Pick<EnrolRequest, 'password' | 'code'>>,
  ) => Promise<Result<EnrolResponse, DistrictError>>;
}

export const newPersonKeys = async (): Promise<PersonKeys> => ({
  signing: await newSigner(),
  exchange: await newReceiver(),
});

/** Signed by both keys, as docs/protocol.md says. */
export async function enrolRequestOf(
  code: string,
  { id, key, person }: { readonly id?: string; readonly key: Signer; readonly person: PersonKeys },
  more: { readonly password?: string } = {},
): Promise<EnrolRequest> {
  const nonce = randomNonce();
  const { signing, exchange } = person;
  const parts = ['linli/enrol/2', code, id ?? '', key.point, signing.point, exchange.point, nonce];
  const text = parts.join('\n');
  return {
    protocol: PROTOCOL,
    app: '0.1.0',
    code,
    device: { ...(id !== undefined && { id }), key: key.point },
    person: { signingKey: signing.point, exchangeKey: exchange.point },
    nonce,
    signatures: { device: await key.sign(text), person: await signing.sign(text) },
    ...more,
  };
}

export const valueOf = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
};

/** What was said, without the district's note to itself. */
const withoutReceipt = (verdict: Verdict): Verdict => {
  if (verdict.verdict === 'held') return verdict;
  const { receipt: _, ...said } = verdict;
  return said;
};

interface Opening {
  readonly district: District;
  readonly clock: { readonly now: number };
  readonly person: string;
  readonly seed: number;
}

const TOKEN_MS = 9 * 60_000;

export async function openDesk({ district, clock, person: first, seed }: Opening): Promise<Desk> {
  const deviceKey = await newSigner();
  const people = new Map<string, PersonKeys>();
  const keys = await newPersonKeys();
  const code = (await district.issueCode(first)) ?? '';
  const enrolled = valueOf(
    await district.enrol(await enrolRequestOf(code, { key: deviceKey, person: keys })),
  );
  people.set(first, keys);
  const device = enrolled.device.id;
  const seal = await createSeal(enrolled.district.publicKey);
  const turn = inOrder();
  const chaining = inOrder();
  const tokens = new Map<string, { readonly access: string; readonly at: number }>();
  const entries = new Map<string, PushEntry>();
  const strangers = new Map<string, Signer>();
  let refresh = enrolled.device.refresh;
  let end: { readonly number: number; readonly hash: string } = FIRST;

  const prove: Desk['prove'] = async (token, { method = 'POST', path = '/', body = '' } = {}) => {
    const nonce = randomNonce();
    const bodyHash = base64url(await sha256(bytesOf(body)));
    const text = ['linli/request/1', method, path, token, nonce, bodyHash].join('\n');
    return { access: token, proof: `${nonce}.${await deviceKey.sign(text)}`, method, path, bodyHash, nonce };
  };
  const token: Desk['token'] = async (given, { as = first, ...more } = {}) => {
    const asking = await prove(given, { path: '/api/token' });
    const signer = as === null ? undefined : people.get(as)?.signing;
    const signature = await signer?.sign(['linli/person/1', device, as, asking.nonce].join('\n'));
    return district.token(asking, {
      protocol: PROTOCOL,
      app: '0.1.0',
      pending: 0,
      ...(as !== null && signature !== undefined && { person: { id: as, signature } }),
      ...more,
    });
  };
  const access = async (as: string | null): Promise<string> => {
    const known = tokens.get(as ?? '');
    if (known && clock.now < known.at + TOKEN_MS) return known.access;
    const answer = valueOf(await token(refresh, { as }));
    refresh = answer.refresh;
    tokens.set(as ?? '', { access: answer.access, at: clock.now });
    return answer.access;
  };
  const signerOf = async (author: string): Promise<Signer> => {
    const known = people.get(author)?.signing ?? strangers.get(author) ?? (await newSigner());
    if (!people.has(author)) strangers.set(author, known);
    return known;
  };
  const desk: Desk = {
    device,
    enrolled,
    deviceKey,
    people,
    pen: createPen(device, seed),
    prove,
    token,
    asking: async (request = {}) =>
      prove(await access(request.as === undefined ? first : request.as), request),
    entry: (operation, named) =>
      chaining(async () => {
        const content = typeof operation === 'string' ? operation : JSON.stringify(operation);
        const known = entries.get(content);
        if (known) return known;
        const envelope = await seal(operation, named);
        // Another device's entry, and one of somebody whom the district does not know here, are no part of this chain.
        const isForeign = envelope.device !== device;
        const link = await linkBehind(isForeign ? FIRST : end, envelope, await signerOf(envelope.author));
        if (isForeign || !people.has(envelope.author)) return { envelope, link };
        end = link;
        entries.set(content, { envelope, link });
        return { envelope, link };
      }),
    pushEntries: async (given) =>
      district.push(await desk.asking({ as: null }), { protocol: PROTOCOL, entries: [...given] }),
    push: (...operations) =>
      turn(async () => {
        const given: PushEntry[] = [];
        for (const operation of operations) given.push(await desk.entry(operation));
        return valueOf(await desk.pushEntries(given)).verdicts.map(withoutReceipt);
      }),
    pull: async (scope, cursor = 0, limit = 1000) => {
      const { epoch } = await district.head();
      const text = valueOf(
        await district.pull(await desk.asking(), { epoch, cursors: [{ scope, cursor }], limit }),
      );
      return pullResponse.parse(JSON.parse(text));
    },
    join: async ({ id }, { code: given, password } = {}) => {
      const joining = await newPersonKeys();
      const used = given ?? (await district.issueCode(id)) ?? '';
      const who = { id: device, key: deviceKey, person: joining };
      const joined = await district.enrol(
        await enrolRequestOf(used, who, password === undefined ? {} : { password }),
      );
      if (!joined.ok) return joined;
      people.set(id, joining);
      refresh = joined.value.device.refresh;
      tokens.clear();
      return joined;
    },
  };
  return desk;
}
