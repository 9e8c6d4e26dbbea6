/** What the carrier asks of the journal's index: which operations still have a way to go, and which may be forgotten. */
import type { Settlement } from '../../shared/protocol/link.ts';
import type { EndLine } from './chain-mirror.ts';
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
  for (const entry of index.unjudged().filter(inChainOf(device)).sort(inChain)) {
    if (entry.place.offset !== offset) groups.push([]);
    offset = entry.place.offset;
    groups.at(-1)?.push(shown(entry));
  }
  return groups;
}

/** Those that their author has dealt with go along once more, as settled: what was given up or sent anew must not wake up later. */
export const heldOperations = (index: JournalIndex, device: string): readonly PendingOperation[] =>
  index
    .all()
    .filter(inChainOf(device))
    .filter(({ verdict }) => verdict?.verdict === 'held')
    .sort(inChain)
    .map(shown);

/** Everything from a number of the chain on, in its order. */
export const chainFrom = (index: JournalIndex, device: string, number: number): readonly Entry[] =>
  index
    .all()
    .filter(inChainOf(device))
    .filter(({ link }) => link.number >= number)
    .sort(inChain);

/**
 * What a district that came back from a backup must be told again, in the order of the lines: what it had confirmed since, and what it
 * had refused, since it may hold or have forgotten that. With `between`, also everything that was judged behind this line.
 */
export const lostBeyond = (index: JournalIndex, seq: number, between = Infinity): readonly Entry[] =>
  index
    .all()
    .filter(
      ({ verdict, judgedIn = 0 }) =>
        (verdict?.verdict === 'confirmed' && (verdict.seq > seq || judgedIn > between)) ||
        verdict?.verdict === 'refused',
    )
    .sort((one, other) => one.number - other.number);

/** Its author has dealt with it: it goes out to close a gap only, and takes no effect. */
export const settlementOf = ({ verdict, settled }: Entry): Settlement | undefined =>
  verdict?.verdict === 'confirmed' ? undefined : settled;

export interface DurableMark {
  readonly durable: number;
  /** Numbers of the journal's lines: the last one before the district's epoch, and the last one of thirty days ago. */
  readonly after: number;
  readonly upTo: number;
}

/** What the district's backup has passed, long ago: confirmed operations and all that was said about them may go. */
export function droppable(index: JournalIndex, { durable, after, upTo }: DurableMark): ReadonlySet<string> {
  const gone = index.all().filter(({ verdict, judgedIn }) => {
    const safe = verdict?.verdict === 'confirmed' && verdict.seq <= durable;
    return safe && judgedIn !== undefined && judgedIn > after && judgedIn <= upTo;
  });
  return new Set(gone.map(({ id }) => id));
}

/** What the chains go on from when these are gone: their ends, and the links in front of those that stay. */
export function marksWithout(index: JournalIndex, gone: ReadonlySet<string>): readonly EndLine[] {
  const staying = index.all().filter(({ id, adrift }) => !gone.has(id) && !adrift);
  const places = new Set(staying.map(({ device, link }) => `${device}/${link.number}`));
  const fronts = staying
    .map(({ device, link }) => ({ device, number: link.number - 1, hash: link.previous }))
    .filter(({ device, number }) => number > 0 && !places.has(`${device}/${number}`));
  return [...[...index.ends()].map(([device, end]) => ({ device, ...end })), ...fronts];
}

const inChainOf =
  (device: string) =>
  (entry: Entry): boolean =>
    entry.device === device && !entry.adrift;

/** Still to be sent, if only to say that its author has dealt with it, or to be asked about again. */
export const isWaiting = ({ author: by, verdict }: Entry, author: string): boolean =>
  by === author && (!verdict || verdict.verdict === 'held');

/** Without a place in the chain, in the order of the places that they had. */
export const adriftOf = (index: JournalIndex, author: string): readonly Entry[] =>
  index
    .all()
    .filter((entry) => entry.adrift && isWaiting(entry, author))
    .sort(inChain);

export function namingOf(index: JournalIndex, file: string): 'living' | 'refused' | 'nobody' {
  const naming = index.naming(file);
  if (naming.length === 0) return 'nobody';
  return naming.some(({ verdict }) => verdict?.verdict !== 'refused') ? 'living' : 'refused';
}
