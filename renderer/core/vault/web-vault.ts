/** The vault on WebCrypto. Keys are imported once and cannot be read back; the session's ephemeral key lives in memory only. */
import type { ScopeKey } from '../../../shared/bridge.ts';
import { decode, encode, openBytes, type Bytes } from './ciphers.ts';
import { createKeyRing } from './key-ring.ts';
import { createOperationSeal } from './operation-seal.ts';
import { unpadded } from './padding.ts';
import { unpressed, unpressedApart } from './pressed.ts';
import { sealRow } from './seal-row.ts';
import type { Sealer } from './sealer.ts';
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
  /** Whoever seals rows for it; without one it does so itself. */
  readonly sealer?: Sealer;
}

export async function createWebVault(opening: Opening): Promise<Vault> {
  const { person, ownKey, scopeKeys, device, store, districtKey, sealer } = opening;
  const seal = sealer?.seal ?? sealRow;
  const ring = await createKeyRing({ id: person, key: ownKey });
  await ring.admit(scopeKeys);

  const placeData = ({ key, kind, id, version }: Place): Bytes =>
    encode(['linli/store/2', store, key, kind, id, version].join('|'));

  async function opened(
    bytes: Uint8Array,
    place: Place,
    unpress: (bytes: Uint8Array) => Promise<Uint8Array>,
  ): Promise<Uint8Array | undefined> {
    const key = await ring.of(place.key)?.rows();
    const plain = key && (await openBytes(key, bytes as Bytes, placeData(place)));
    // Whoever holds the key may have sealed something else than this app would.
    return plain && unpress(unpadded(plain)).catch(() => undefined);
  }

  return {
    own: person,
    keyOf: ring.keyOf,
    scopeOf: ring.scopeOf,
    scopes: ring.scopes,
    admit: ring.admit,
    forget: ring.forget,

    seal: async (content, place) => {
      const key = await ring.of(place.key)?.rows();
      if (!key) throw new Error('no key for this place');
      return seal({ key, content, data: placeData(place) });
    },

    openBytes: (bytes, place) => opened(bytes, place, unpressedApart),
    open: async (bytes, place) => {
      const text = await opened(bytes, place, unpressed);
      return text && decode(text as Bytes);
    },

    close: () => sealer?.close(),
    ...(await createOperationSeal({ ring, person, device, districtKey })),
  };
}
