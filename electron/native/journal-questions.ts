/** What the carrier asks of the journal's index: which operations still have a way to go, and which may be forgotten. */
import type { JournalIndex, OperationEntry, PendingOperation } from './journal-index.ts';

type Entry = Readonly<OperationEntry>;

const shown = ({ id, number, link, size }: Entry): PendingOperation => ({
  id,
  number,
  link: link.number,
  size,
});
const inChain = (one: Entry, other: Entry): number => one.link.number - other.link.number;

/** Groups in the order of the device's chain: what was appended together stays together. */
export function pendingGroups(index: JournalIndex, device: string): readonly (readonly PendingOperation[])[] {
  const groups: PendingOperation[][] = [];
  let offset = -1;
  for (const entry of index.unjudged().filter(madeAt(device)).sort(inChain)) {
    if (entry.place.offset !== offset) groups.push([]);
    offset = entry.place.offset;
    groups.at(-1)?.push(shown(entry));
  }
  return groups;
}

export const heldOperations = (index: JournalIndex, device: string): readonly PendingOperation[] =>
  index
    .all()
    .filter(madeAt(device))
    .filter(({ verdict, resolved }) => verdict?.verdict === 'held' && !resolved)
    .sort(inChain)
    .map(shown);

/** Everything from a number of the chain on, in its order. */
export const chainFrom = (index: JournalIndex, device: string, number: number): readonly Entry[] =>
  index
    .all()
    .filter(madeAt(device))
    .filter(({ link }) => link.number >= number)
    .sort(inChain);

/** In the order of their lines. */
export const confirmedBeyond = (index: JournalIndex, seq: number): readonly Entry[] =>
  index
    .all()
    .filter(({ verdict }) => verdict?.verdict === 'confirmed' && verdict.seq > seq)
    .sort((one, other) => one.number - other.number);

/** Its author has dealt with it: it goes out to close a gap only, and takes no effect. */
export const isSettled = ({ verdict, resolved }: Entry): boolean =>
  resolved === true && verdict?.verdict !== 'confirmed';

export interface DurableMark {
  readonly durable: number;
  readonly since: string;
  readonly before: string;
}

/** Numbers of lines that may go: confirmed operations that the district's backup has passed, and all that was said about them. */
export function droppable(index: JournalIndex, { durable, since, before }: DurableMark): ReadonlySet<number> {
  const gone = index.all().filter(({ verdict, judgedAt }) => {
    const safe = verdict?.verdict === 'confirmed' && verdict.seq <= durable;
    return safe && judgedAt !== undefined && judgedAt >= since && judgedAt < before;
  });
  return index.linesAbout(new Set(gone.map(({ id }) => id)));
}

const madeAt =
  (device: string) =>
  (entry: Entry): boolean =>
    entry.device === device;
