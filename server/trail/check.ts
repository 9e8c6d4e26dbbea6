/** Walks over stored operations and looks at each with what stands around it. Counts and places, never contents. */
import type { TrailResponse } from '../../shared/protocol/trail.ts';
import type { DistrictKeys } from '../keys.ts';
import type { StoredLink } from '../ledger/trail.ts';
import type { SigningKey } from '../ledger/on-device.ts';
import type { Reading, StoredOperation } from '../ledger/transactor.ts';
import { faultIn } from './check-operation.ts';

type Checked = Omit<TrailResponse, 'anchored'>;
type Linked = StoredOperation & { readonly link: StoredLink };

export const MOST_FAULTS = 100;

export async function check(
  reading: Reading,
  stored: readonly StoredOperation[],
  keys: Pick<DistrictKeys, 'hash' | 'verify'>,
): Promise<Checked> {
  const linked = stored.filter((one): one is Linked => one.link !== null);
  const faults: Checked['faults'] = [];
  for (const [device, ofDevice] of Map.groupBy(linked, (one) => one.device)) {
    const known = new Map((await reading.signingKeys(device)).map((key) => [key.id, key]));
    const numbers = ofDevice.map(({ link }) => link.number - 1);
    const before = await reading.links(device, numbers);
    for (const one of ofDevice) {
      const key = known.get(one.link.key);
      const isVouchedFor = !key && (await isVouched(reading, one, [...known.values()]));
      const around = { key, isVouchedFor, before: before.get(one.link.number - 1) };
      const what = faultIn(one, around, keys);
      if (what && faults.length < MOST_FAULTS) faults.push({ what, at: one.id });
    }
  }
  return { operations: stored.length, own: stored.length - linked.length, faults };
}

/** By a later link of the same author whose key is known here: each holds the hash of all before it. */
async function isVouched(
  reading: Reading,
  { device, author, link }: Linked,
  known: readonly SigningKey[],
): Promise<boolean> {
  const own = known.filter(({ person }) => person === author).map(({ id }) => id);
  return reading.isSignedLater({ device, author, number: link.number, keys: own });
}
