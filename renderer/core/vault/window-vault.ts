/** The vault of an unlocked session as the window has it: what is large is sealed in a thread of its own. */
import type { Session } from '../../../shared/bridge.ts';
import type { Timers } from '../ports.ts';
import { createSealer, sealThread } from './sealer.ts';
import type { Vault } from './vault.ts';
import { createWebVault } from './web-vault.ts';

/** Without threads (Node) all of it is done where it is asked. */
export const openWindowVault = (
  { person, device, district, ownKey, scopeKeys }: Session,
  { later }: Timers,
): Promise<Vault> =>
  createWebVault({
    person: person.id,
    ownKey,
    scopeKeys,
    device: device.id,
    store: district.id,
    districtKey: district.publicKey,
    sealer: createSealer(sealThread, later),
  });
