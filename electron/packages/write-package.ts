/**
 * A package, line by line as docs/protocol.md tells it (Sync without a network): the head, what the device and its people ask for, sealed to
 * the district, then every entry that the district lacks, and the device's signature over all of it. However long the journal, memory holds one batch.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import type { PackageAsks, PackageHead, PersonAsk } from '../../shared/protocol/package.ts';
import { packageAskOf, packageOf } from '../../shared/protocol/sealed-box.ts';
import { packageAskText, packageText } from '../../shared/protocol/signing.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import type { Enrolled, Keys, Unlocked } from '../native/key-types.ts';
import { sealTo } from '../native/sealed-boxes.ts';
import { sha256 } from '../native/signing.ts';

export interface PackageContent {
  readonly id: string;
  readonly number: number;
  readonly at: string;
  readonly app: string;
  readonly asks: PackageAsks;
  readonly batches: AsyncIterable<readonly PushEntry[]>;
}

export const newPackageId = (): string => randomBytes(16).toString('base64url');

export async function* packageLines(
  { district, device }: Pick<Enrolled, 'district' | 'device'>,
  keys: Pick<Keys['device'], 'sign' | 'exchangeKey'>,
  { id, number, at, app, asks, batches }: PackageContent,
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: object): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  const head: PackageHead = {
    kind: 'linli-package',
    v: 1,
    protocol: PROTOCOL,
    app,
    district: district.id,
    device: device.id,
    id,
    number,
    at,
    reply: keys.exchangeKey(),
  };
  yield line(head);
  const inside = Buffer.from(JSON.stringify(asks));
  yield line({ part: 'asks', sealed: sealTo(district.publicKey, inside, packageOf(device.id, id)) });
  for await (const entries of batches) yield line({ part: 'entries', entries });
  const signature = keys.sign(packageText(hash.digest('base64url')));
  yield `${JSON.stringify({ part: 'end', signature })}\n`;
}

/** What one person asks for, as it may wait on this computer until somebody makes a package: nobody here can read it again. */
export function sealedAsk(
  { district, device }: Pick<Enrolled, 'district' | 'device'>,
  { person, signing }: Pick<Unlocked, 'person' | 'signing'>,
  ask: PersonAsk,
): PackageAsks['people'][number] {
  const purpose = packageAskOf(device.id, person.id);
  const sealed = sealTo(district.publicKey, Buffer.from(JSON.stringify(ask)), purpose);
  const text = packageAskText(device.id, person.id, sha256(sealed).toString('base64url'));
  return { person: person.id, sealed, signature: signing.sign(text) };
}
