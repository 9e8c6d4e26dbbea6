/**
 * Brings memory and IndexedDB up to the journal file: operations of another session and of everybody on this computer whose key is
 * here, their verdicts, and everything after Chromium has discarded a database. The mark moves only by what was read and written, so an event that was lost, doubled or late
 * changes nothing; and a journal that lost its end gets back what only IndexedDB still holds.
 */
import type { JournalEntry } from '../../../shared/bridge.ts';
import { seqOf } from '../memory/local-operations.ts';
import { isReview } from '../../../shared/core/review-kinds.ts';
import type { Kept } from '../store/kept-operation.ts';
import { noteTrouble, tellRecords, type Engine } from './engine.ts';
import { partByPart } from './part-by-part.ts';
import { giveBackLost } from './give-back.ts';

/** Must run inside `engine.inOrder`. */
export async function catchUp(engine: Engine): Promise<void> {
  for (let more = true; more;) {
    const read = await engine.bridge.ask('journal.read', { after: engine.mirrored });
    more = read.more;
    if (!more && read.last < engine.mirrored) {
      // What the journal lost, the newer app gives back.
      if (engine.isNewerStore) return;
      await giveBackLost(engine);
      more = true;
      continue;
    }
    if (read.entries.length === 0 && read.last === engine.mirrored) return;
    await take(engine, read.entries, read.last);
  }
}

async function take(engine: Engine, entries: readonly JournalEntry[], last: number): Promise<void> {
  const changed = new Map<string, Kept>();
  for (const entry of entries) {
    const kept = await changedBy(engine, entry, changed);
    if (kept) changed.set(kept.operation.id, kept);
  }
  for (const kept of changed.values()) engine.operations.put(kept);
  const records = new Set([...changed.values()].map(({ operation }) => operation.record));
  await showMany(engine, records);
  await engine.ports.timers.pause();
  await keepOperations(engine, [...changed.values()], last);
  engine.mirrored = last;
  await letContainedGo(engine, records);
}

/**
 * Writes them to IndexedDB; when it fails, memory is right and the journal is whole, and they are written with the next ones. The
 * mark on disk moves only together with everything before it.
 */
export async function keepOperations(
  engine: Engine,
  operations: readonly Kept[],
  mirrored?: number,
): Promise<void> {
  for (const kept of operations) engine.unwritten.set(kept.operation.id, kept);
  try {
    await engine.store.keepOperations([...engine.unwritten.values()], mirrored);
    engine.unwritten.clear();
  } catch {
    noteTrouble(engine, 'storage');
  }
}

/** A decision is part of no record: once it is confirmed, nothing more comes of it. */
const isContained = (kept: Kept, base: number): boolean => {
  const seq = seqOf(kept);
  return seq !== null && (seq <= base || isReview(kept.operation.kind));
};

/** Operations that the district's record contains leave the ones that are played. */
export const containedIn = (
  engine: Engine,
  records: Iterable<string>,
  seqOfBase: (record: string) => number,
): Kept[] =>
  [...records].flatMap((record) =>
    engine.operations.of(record).filter((kept) => isContained(kept, seqOfBase(record))),
  );

/** Must run inside `engine.inOrder`. */
export async function letContainedGo(engine: Engine, records: ReadonlySet<string>): Promise<void> {
  const { epoch } = engine.state;
  const contained = containedIn(engine, records, (record) => {
    const base = engine.records.baseOf(record);
    return base?.epoch === epoch ? base.seq : 0;
  });
  await letGo(engine, contained);
}

/**
 * They leave memory, and on disk the mirror of the journal, where they are one's own: a colleague's stay there until the colleague's
 * own records contain them, which may come through another scope.
 */
export async function letGo(engine: Engine, gone: readonly Kept[]): Promise<void> {
  if (gone.length === 0) return;
  try {
    await engine.store.keepPage({ bases: [], state: engine.state, contained: gone });
  } catch {
    noteTrouble(engine, 'storage');
    return;
  }
  for (const { operation } of gone) engine.operations.remove(operation.id);
  await showMany(engine, new Set(gone.map(({ operation }) => operation.record)));
}

/** Must run inside `engine.inOrder`. */
export async function showMany(engine: Engine, records: ReadonlySet<string>): Promise<void> {
  await partByPart(engine, [...records], engine.records.changed);
  if (records.size > 0) tellRecords(engine, records, { also: ['sync', 'tray'] });
}

export function showChanged(engine: Engine, records: ReadonlySet<string>): void {
  if (records.size === 0) return;
  engine.records.changed(records);
  tellRecords(engine, records, { also: ['sync', 'tray'] });
}

const pendingAgain = ({ verdict: _, judgedAt: __, ...kept }: Kept): Kept => kept;

async function changedBy(
  engine: Engine,
  entry: JournalEntry,
  changed: ReadonlyMap<string, Kept>,
): Promise<Kept | undefined> {
  const known = (id: string): Kept | undefined => changed.get(id) ?? engine.operations.get(id);
  if (entry.kind === 'operation') {
    const { envelope, link, number } = entry;
    const kept = known(envelope.id);
    // Offered again after a restoration (sync.md S8): no verdict counts that is older than its line.
    if (kept && number > kept.number) return pendingAgain({ ...kept, link, number });
    if (kept) return { ...kept, link, number };
    const operation = await engine.vault.openOperation(envelope);
    return operation && { envelope, link, number, operation };
  }
  if (entry.kind === 'verdict') {
    const kept = known(entry.verdict.id);
    // A colleague on this computer may have read further: it is older than the line by which the operation was offered again.
    if (!kept || entry.number < kept.number) return undefined;
    return { ...kept, verdict: entry.verdict, judgedAt: entry.at };
  }
  const kept = known(entry.operation);
  return kept && { ...kept, resolved: entry.into };
}
