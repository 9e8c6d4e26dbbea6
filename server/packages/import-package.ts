/**
 * The import of a package: what one online turn would do, in its order. Entries go to the judge like everybody's; what people ask for is
 * kept until it is answered (`answer-package.ts`). Twice, late or in the wrong order it changes nothing: operations know their ids.
 */
import { z } from 'zod';
import { ok, type Result } from '../../shared/core/result.ts';
import { pushResponse, type PushEntry, type PushResponse } from '../../shared/protocol/messages.ts';
import {
  packageHead,
  packageAsks,
  personAsk,
  type PackageAsks,
  type PackageHead,
  type PersonAsk,
} from '../../shared/protocol/package.ts';
import { packageAskOf } from '../../shared/protocol/sealed-box.ts';
import { packageAskText } from '../../shared/protocol/signing.ts';
import type { StoredPackage } from '../ledger/packages.ts';
import type { Device } from '../ledger/transactor.ts';
import { parseBytes } from '../parse-json.ts';
import type { Parts } from '../parts.ts';
import { leftScopes } from '../people/scope-keys.ts';
import { keepReport } from '../people/token.ts';
import { push } from '../turn/push.ts';
import { ASKING, deviceAlone, partsFor } from './asking-by-file.ts';
import type { ImportedPackage, PackageRefusal } from './imported.ts';
import { openPackage, type Source } from './open-package.ts';

/** What is kept of a package: everything that its answer needs. */
export const keptPackage = z.object({
  head: packageHead,
  people: packageAsks.shape.people,
  pushes: z.array(pushResponse),
  notices: packageAsks.shape.notices,
  quarantined: z.literal(true).optional(),
});
export type KeptPackage = z.infer<typeof keptPackage>;

export async function importPackage(
  parts: Parts,
  source: Source,
): Promise<Result<ImportedPackage, PackageRefusal>> {
  const opened = await openPackage(parts, source);
  if (!opened.ok) return opened;
  const { head, asks, device, entries } = opened.value;
  const { transactor } = parts;
  const [same, last] = await transactor.read(async (reading) => [
    await reading.packageOf(device.id, head.id),
    await reading.packageOf(device.id),
  ]);
  if (!same) await noteReport(parts, device, { ...asks, app: head.app });
  const pushed = await pushAll(parts, device, head, entries());
  if (!same) await noteLeft(parts, device, asks.people);
  const kept: KeptPackage = { head, people: asks.people, pushes: [...pushed.pushes], notices: asks.notices };
  const stored: StoredPackage = {
    device: device.id,
    id: head.id,
    number: head.number,
    madeAt: head.at,
    importedAt: parts.instant(),
    ...countsOf(pushed.pushes),
    text: JSON.stringify(pushed.quarantined ? { ...kept, quarantined: true } : kept),
  };
  await transactor.transact((writing) => writing.savePackage(stored));
  const { text: _, ...told } = stored;
  return ok({
    ...told,
    again: same !== undefined,
    older: last !== undefined && last.number > head.number,
    quarantined: pushed.quarantined,
    revoked: device.revoked,
  });
}

/** In the order of the chain; a quarantined device delivers nothing more. */
async function pushAll(
  parts: Parts,
  device: Device,
  { protocol }: PackageHead,
  batches: AsyncIterable<readonly PushEntry[]>,
): Promise<{ readonly pushes: readonly PushResponse[]; readonly quarantined: boolean }> {
  const pushes: PushResponse[] = [];
  const asDevice = partsFor(parts, deviceAlone(device.id));
  for await (const entries of batches) {
    const pushed = await push(asDevice, ASKING, { protocol, entries: [...entries] });
    if (!pushed.ok) return { pushes, quarantined: pushed.error.error === 'quarantined' };
    pushes.push(pushed.value);
  }
  return { pushes, quarantined: device.quarantined };
}

const noteReport = (parts: Parts, { id }: Device, report: Parameters<typeof keepReport>[3]): Promise<void> =>
  parts.transactor.transact(async (writing) => {
    const device = await writing.lockDevice(id);
    if (device) await keepReport(parts, writing, device, report);
  });

/** The receipts for lost scopes whose keys are destroyed there. */
async function noteLeft(parts: Parts, device: Device, people: PackageAsks['people']): Promise<void> {
  for (const given of people) {
    const ask = await askOf(parts, device, given);
    if (!ask || ask.left.length === 0) continue;
    await leftScopes(partsFor(parts, { device: device.id, person: given.person }), ASKING, {
      scopes: ask.left,
    });
  }
}

/** @returns what the person asks for, where they have signed it with a key of theirs on this device */
export async function askOf(
  { transactor, keys }: Parts,
  device: Pick<Device, 'id'>,
  { person, sealed, signature }: PackageAsks['people'][number],
): Promise<PersonAsk | undefined> {
  const known = await transactor.read((reading) => reading.signingKeys(device.id));
  const text = packageAskText(device.id, person, keys.hash(sealed));
  const isSigned = known.some((key) => key.person === person && keys.verify(text, signature, key.key));
  const plain = isSigned ? keys.openBox(sealed, packageAskOf(device.id, person)) : undefined;
  const parsed = plain && parseBytes(plain);
  return parsed?.ok ? personAsk.safeParse(parsed.value).data : undefined;
}

function countsOf(pushes: readonly PushResponse[]): Pick<StoredPackage, 'confirmed' | 'refused' | 'held'> {
  const verdicts = pushes.flatMap((one) => one.verdicts);
  const count = (kind: string): number => verdicts.filter(({ verdict }) => verdict === kind).length;
  return { confirmed: count('confirmed'), refused: count('refused'), held: count('held') };
}
