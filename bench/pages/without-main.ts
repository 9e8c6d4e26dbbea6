/**
 * A page in Chromium has no main process: keys are invented and the journal is empty. Writing, opening and asking are the product's own
 * there too; saving is not, and is measured in Electron alone.
 */
import type { BridgeClient, BridgeName, Session } from '../../shared/bridge.ts';
import { AREA, author } from '../data.ts';

/** The same at every opening, so that what one page has sealed the next one opens. */
const key = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(fill);

export async function inventedSession(): Promise<Session> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const { publicKey } = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    person: { id: author.id, name: author.name },
    device: { id: `device_${'0'.repeat(26)}`, label: 'bench' },
    district: {
      id: `district_${'0'.repeat(26)}`,
      name: 'bench',
      publicKey: btoa(String.fromCharCode(...point)),
    },
    ownKey: key(1),
    scopeKeys: ['casework', 'residents'].map((name, at) => ({
      scope: `${AREA}/${name}`,
      id: `k_${String(at).repeat(16)}`,
      key: key(2 + at),
    })),
    leaseOver: [],
    grants: [...author.grants],
  };
}

export const noMain: BridgeClient = {
  ask: (async (name: BridgeName) => {
    if (name === 'journal.read') return { entries: [], more: false, last: 0 };
    throw new Error(`${name}: no main process`);
  }) as BridgeClient['ask'],
  listen: () => () => undefined,
};
