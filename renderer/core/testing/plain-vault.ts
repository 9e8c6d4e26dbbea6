/** A vault without a cipher for the simulation: it binds rows to their places like the real one, so that a swapped row is found. */
import type { Operation } from '../../../shared/core/operation.ts';
import type { Envelope } from '../../../shared/protocol/envelope.ts';
import { fromBase64, toBase64 } from '../vault/base64.ts';
import type { Place, Vault } from '../vault/vault.ts';

const FILLER = toBase64(new Uint8Array(60));
const mark = ({ scope, kind, id, version }: Place): string => `${scope}|${kind}|${id}|${version}\n`;

export function createPlainVault(device: string): Vault {
  return {
    seal: async (text, place) => new TextEncoder().encode(mark(place) + text),
    open: async (bytes, place) => {
      const text = new TextDecoder().decode(bytes);
      return text.startsWith(mark(place)) ? text.slice(mark(place).length) : undefined;
    },
    sealOperation: async (operation) => ({
      v: 1,
      id: operation.id,
      device,
      author: operation.author,
      session: FILLER,
      forDistrict: FILLER,
      forStore: FILLER,
      content: toBase64(new TextEncoder().encode(JSON.stringify(operation))),
    }),
    openOperation: async (envelope) =>
      JSON.parse(new TextDecoder().decode(plainContent(envelope))) as Operation,
  };
}

/** How a district opens what the plain vault sealed. */
export const plainContent = ({ content }: Envelope): Uint8Array => fromBase64(content);

/** The same operation in somebody else's name; what a real seal makes impossible. */
export function withPlainAuthor(envelope: Envelope, author: string): Envelope {
  const operation = JSON.parse(new TextDecoder().decode(plainContent(envelope))) as Operation;
  return {
    ...envelope,
    content: toBase64(new TextEncoder().encode(JSON.stringify({ ...operation, author }))),
  };
}
