/** The vault on WebCrypto. Keys are imported once and cannot be read back; the session's ephemeral key lives in memory only. */
import type { ScopeKey } from '../../../shared/bridge.ts';
import { decode, encode, openBytes, sealBytes, type Bytes } from './ciphers.ts';
import { createKeyRing } from './key-ring.ts';
import { createOperationSeal } from './operation-seal.ts';
import { padded, unpadded } from './padding.ts';
import type { Place, Vault } from './vault.ts';

interface Opening {
  /** The unlocked person's id. */
  readonly person: string;
  /** 32 bytes. */
  readonly ownKey: Uint8Array;
  readonly scopeKeys: readonly ScopeKey[];
  readonly device: string;
  /** The district's id: a row of another district's store never opens. */
  readonly store: string;
  /** The district's raw P-256 point, base64. */
  readonly districtKey: string;
}

export async function createWebVault(opening: Opening): Promise<Vault> {
  const { person, ownKey, scopeKeys, device, store, districtKey } = opening;
  const ring = await createKeyRing({ id: person, key: ownKey });
  await ring.admit(scopeKeys);

  const placeData = ({ key, kind, id, version }: Place): Bytes =>
    encode(['linli/store/2', store, key, kind, id, version].join('|'));

  return {
    own: person,
    keyOf: ring.keyOf,
    scopeOf: ring.scopeOf,
    scopes: ring.scopes,
    admit: ring.admit,
    forget: ring.forget,

    seal: async (text, place) => {
      const key = await ring.of(place.key)?.rows();
      if (!key) throw new Error('no key for this place');
      return sealBytes(key, padded(encode(text)), placeData(place));
    },

    open: async (bytes, place) => {
      const key = await ring.of(place.key)?.rows();
      const text = key && (await openBytes(key, bytes as Bytes, placeData(place)));
      return text && decode(unpadded(text));
    },

    ...(await createOperationSeal({ ring, person, device, districtKey })),
  };
}
