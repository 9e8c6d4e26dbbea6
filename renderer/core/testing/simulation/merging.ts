/** Two neighbours who are said to be one, and told apart again, by people who do not know of each other; and what must hold of it. */
import type { RecordState } from '../../../../shared/core/record.ts';
import { must, type Observed, type Watched } from './observed.ts';
import type { Desk } from '../../desk.ts';
import type { Random } from '../random.ts';

interface Merging {
  readonly desk: Desk;
  readonly random: Random;
  readonly sees: (record: RecordState | undefined) => void;
}

async function mergeTwo({ desk, random, sees }: Merging): Promise<void> {
  const neighbours = desk.list({ entity: 'neighbour' });
  if (neighbours.length < 2) return;
  const [gone, kept] = [random.pick(neighbours), random.pick(neighbours)];
  sees(gone);
  await desk.run({ kind: 'merge', entity: 'neighbour', record: gone.id, other: kept.id });
}

async function undoMerge({ desk, random, sees }: Merging): Promise<void> {
  const absorbed = desk.list({ entity: 'neighbour' }).flatMap(({ id }) => desk.absorbed(id));
  if (absorbed.length === 0) return;
  const gone = random.pick(absorbed);
  if (!gone.merged) return;
  sees(gone);
  await desk.run({ kind: 'unmerge', entity: 'neighbour', record: gone.id, other: gone.merged.into });
}

export const mergingDeeds = {
  merge: [mergeTwo, 2],
  'undo merge': [undoMerge, 1],
} as const;

/** Records that somebody was ever merged into: what stands in them was partly written into others. */
export const survivorsEver = ({ operations }: Observed): ReadonlySet<string> =>
  new Set(
    [...operations.values()].flatMap(({ kind, other }) =>
      kind === 'merge' && other !== undefined ? [other] : [],
    ),
  );

/** No circle, and both ends know of each other. A district that came back from a backup may have lost one of them. */
export function mergesLead({ lives }: Observed, records: readonly RecordState[]): void {
  const byId = new Map(records.map((record) => [record.id, record]));
  for (const record of records) {
    const met = new Set([record.id]);
    for (let into = record.merged?.into; into !== undefined;) {
      must(!met.has(into), 'MERGE-2 a circle of merges', record.id, [...met]);
      met.add(into);
      const survivor = byId.get(into);
      if (!survivor) {
        must(lives > 1, 'MERGE-1 a merged record leads nowhere', record.id, into);
        break;
      }
      const isKnown = survivor.absorbed?.includes(record.id) === true;
      must(isKnown || lives > 1, 'MERGE-1 a survivor does not know for whom it stands', record.id, into);
      into = survivor.merged?.into;
    }
    const strangers = (record.absorbed ?? []).filter((id) => !leads(byId, id, record.id));
    must(strangers.length === 0 || lives > 1, 'MERGE-6 a survivor stands for somebody else', strangers);
  }
}

function leads(records: ReadonlyMap<string, RecordState>, from: string, to: string): boolean {
  const met = new Set<string>();
  for (let id = records.get(from)?.merged?.into; id !== undefined && !met.has(id);) {
    if (id === to) return true;
    met.add(id);
    id = records.get(id)?.merged?.into;
  }
  return false;
}

/** On every desk both ids lead to one record, and only that one stands in lists. */
export function deskLeads({ handle: { desk, person } }: Watched): void {
  const listed = new Set(desk.list({ entity: 'neighbour' }).map(({ id }) => id));
  for (const id of desk.inside.engine.records.ids('neighbour')) {
    const record = desk.itself(id);
    const shown = desk.get(id)?.record;
    if (!record || !shown) continue;
    must(shown.id === id || !listed.has(id), 'MERGE-1 a merged record is listed', person.name, id);
    const into = record.merged && desk.get(record.merged.into)?.record;
    must(
      !into || into.id === shown.id,
      'MERGE-1 two ids of one record lead apart',
      person.name,
      id,
      into?.id,
    );
  }
}
