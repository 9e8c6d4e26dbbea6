/** What waits and what happened. Nothing of what anybody wrote: an administrator reads no casework. */
import { ok } from '../../../shared/core/result.ts';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import type { Reading, StoredOperation } from '../../ledger/transactor.ts';
import { checkAll } from '../../trail/trail.ts';
import { EVERYWHERE, reaches, type Carried, type Office } from './office.ts';

const MOST = 500;
const MOST_OF_A_DEVICE = 50;

export async function listHeld(office: Office): Carried<AdministrationOutput<'held.list'>> {
  const held = await office.parts.transactor.read(async (reading) => {
    const stored = await reading.allHeld(MOST);
    const authors = new Map(
      (await reading.persons([...new Set(stored.map(({ author }) => author))])).map((one) => [one.id, one]),
    );
    return stored.flatMap((operation) => {
      const author = authors.get(operation.author);
      return author && reaches(office, author) ? [heldOf(operation, author.name)] : [];
    });
  });
  return ok({ held });
}

function heldOf(
  { id, author, device, verdict, receivedAt, text }: StoredOperation,
  name: string,
): AdministrationOutput<'held.list'>['held'][number] {
  const reason = verdict.verdict === 'held' ? verdict.reason : undefined;
  return {
    operation: id,
    author: { id: author, name },
    device,
    entity: entityIn(text),
    code: reason?.code ?? '',
    rule: reason?.rule ?? null,
    receivedAt,
  };
}

/** Whatever was sealed: a newer form's entity may stand elsewhere. */
function entityIn(text: string): string {
  const { entity } = JSON.parse(text) as { readonly entity?: unknown };
  return typeof entity === 'string' ? entity.slice(0, 64) : '';
}

export async function listNotices(office: Office): Carried<AdministrationOutput<'notices.list'>> {
  const notices = await office.parts.transactor.read(async (reading) => {
    const isVisible = await visibility(office, reading);
    const alarms = [...(await reading.alarms(MOST_OF_A_DEVICE))].sort((one, other) =>
      one.at < other.at ? 1 : -1,
    );
    const visible: AdministrationOutput<'notices.list'>['notices'] = [];
    for (const { at, code, device, person } of alarms) {
      if (visible.length < MOST && (await isVisible(device))) visible.push({ at, code, device, person });
    }
    return visible;
  });
  return ok({ notices });
}

/** Notices are about devices: whoever reaches all people of one sees what happened there. */
async function visibility(office: Office, reading: Reading): Promise<(device: string) => Promise<boolean>> {
  const known = new Map<string, boolean>();
  return async (device) => {
    if (office.areas.includes(EVERYWHERE)) return true;
    const before = known.get(device);
    if (before !== undefined) return before;
    const people = await reading.peopleAt(device);
    const isVisible = people.length > 0 && people.every((person) => reaches(office, person));
    known.set(device, isVisible);
    return isVisible;
  };
}

export const checkTrail = async ({ parts }: Office): Carried<AdministrationOutput<'trail.check'>> =>
  ok(await checkAll(parts));
