/**
 * The journal file has lost lines that IndexedDB still holds: they are appended again under the same ids (sync.md S1, S3). It lost its
 * end, which the mark tells; or a stretch in the middle was damaged, which nothing tells, so what still waits for a verdict is
 * offered once after every opening. What the journal has already costs nothing.
 */
import type { BridgeOutput } from '../../../shared/bridge.ts';
import { standingOf } from '../memory/local-operations.ts';
import type { Kept } from '../store/kept-operation.ts';
import { noteTrouble, type Engine } from './engine.ts';

/** Must run inside `engine.inOrder`. */
export async function giveBackLost(engine: Engine): Promise<void> {
  const present = new Set<string>();
  engine.mirrored = 0;
  for (let after = 0, more = true; more;) {
    const read = await engine.bridge.ask('journal.read', { after });
    for (const entry of read.entries) if (entry.kind === 'operation') present.add(entry.envelope.id);
    after = read.last;
    more = read.more;
  }
  const lost = engine.operations.all().filter(({ operation }) => !present.has(operation.id));
  // What the journal does not take, because its author is not there to sign it in another place, stays in the store.
  for (const group of together(lost)) await append(engine, group).catch(() => noteTrouble(engine, 'storage'));
}

/**
 * What waits for a verdict; and what was confirmed and is in no record here yet: the journal may have let go of it, and a restoration
 * may have undone it since (sync.md S8).
 */
export async function giveBackWaiting(engine: Engine, loaded: readonly Kept[]): Promise<void> {
  const isContained = (kept: Kept): boolean => engine.operations.get(kept.operation.id) === undefined;
  const waiting = loaded.filter((kept) => standingOf(kept) !== 'refused' && !isContained(kept));
  for (const group of together(waiting)) {
    // One at a time, so that nobody who saves meanwhile waits for all of them.
    await engine.inOrder(async () => {
      const entries = await append(engine, group).catch(() => undefined);
      if (entries?.some(({ number }, index) => number !== group[index]?.number))
        await engine.bridge.ask('carrier.push');
    });
  }
}

/** With their old links: the place in the device's chain is theirs for ever. */
async function append(
  engine: Engine,
  group: readonly Kept[],
): Promise<BridgeOutput<'journal.append'>['entries']> {
  const entries = group.map(({ envelope, link }) => ({ envelope, link }));
  return (await engine.bridge.ask('journal.append', { entries })).entries;
}

/** Groups of operations stay together, in the device's order. */
function together(operations: readonly Kept[]): readonly (readonly Kept[])[] {
  const groups = new Map<string, Kept[]>();
  for (const kept of operations) {
    const key = kept.operation.group?.id ?? kept.operation.id;
    groups.set(key, [...(groups.get(key) ?? []), kept]);
  }
  return [...groups.values()];
}
