/**
 * The chain of a device, before anything of it is judged (sync.md, Devices). Entries come in the device's own order:
 *
 * - the next one goes on from the end that the district knows
 * - one that was here already must be the very same
 * - behind a gap nothing is judged: the answer says from where the device sends again
 * - another branch (the same number with another hash, or a next one that does not go on from the end) is a cloned disk or a restored
 *   image: nothing of that device takes effect, it is quarantined, and what it sent is kept for the administrator
 * - unless the ledger holds the very operation in another place: its author had to sign it anew (decision 12), and the former push comes late
 * - unless nothing new of it has come since the district was restored, or it was sent before that: the chain that it goes on from may lie
 *   in the life that was lost (sync.md S8), so it is told where the district's ends
 *
 * That a link's hash and signature are right was found out before (`verify-links.ts`).
 */
import { CHAIN_START } from '../../shared/protocol/link.ts';
import type { Chain } from '../ledger/on-device.ts';
import type { Device, Writing } from '../ledger/transactor.ts';
import type { Outcome, Submission } from './submission.ts';

type Linked = Submission & { readonly link: NonNullable<Submission['link']> };

/** Why submissions are not judged; those that are missing here are. */
export type Stopped = ReadonlyMap<Submission, Exclude<Outcome, { readonly kind: 'judged' }>>;

/** Moves every chain to its new end. */
export async function followChains(
  writing: Writing,
  submissions: readonly Submission[],
  { now, epoch }: { readonly now: string; readonly epoch: string },
): Promise<Stopped> {
  const stopped = new Map<Submission, Exclude<Outcome, { readonly kind: 'judged' }>>();
  const byDevice = Map.groupBy(submissions.filter(isLinked), ({ device }) => device);
  if (byDevice.size === 0) return stopped;
  const devices = new Map((await writing.devices([...byDevice.keys()])).map((one) => [one.id, one]));
  const starts = new Map((await writing.chains([...byDevice.keys()])).map((one) => [one.device, one]));
  const ends: Chain[] = [];
  for (const [id, entries] of byDevice) {
    const start = starts.get(id) ?? { device: id, number: 0, hash: CHAIN_START, epoch };
    const here = await linksHere(writing, entries, start);
    const device = devices.get(id);
    const plain = device?.quarantined ? 'forked' : follow(entries, { ...start, epoch }, here);
    const followed =
      plain !== 'forked' || device?.quarantined
        ? plain
        : follow(await unknownOf(writing, entries), { ...start, epoch }, here);
    const isOfThisLife = start.epoch === epoch && !entries.every(({ late }) => late);
    if (followed === 'forked' && !device?.quarantined && !isOfThisLife) {
      for (const entry of entries) stopped.set(entry, gapBehind(start));
    } else if (followed === 'forked') {
      for (const entry of entries) stopped.set(entry, { kind: 'forked' });
      await keepAside(writing, entries, { device, here, now });
    } else {
      for (const [entry, end] of followed.gaps) stopped.set(entry, gapBehind(end));
      if (followed.end.number > start.number) ends.push(followed.end);
    }
  }
  if (ends.length > 0) await writing.saveChains(ends);
  return stopped;
}

/** What the ledger holds already in another place of the chain, and what comes late in its former one, is answered as before. */
async function unknownOf(writing: Writing, entries: readonly Linked[]): Promise<readonly Linked[]> {
  const stored = new Map((await writing.operations(entries.map(({ id }) => id))).map((one) => [one.id, one]));
  return entries.filter(({ id, digest, device, author }) => {
    const known = stored.get(id);
    return known?.digest !== digest || known.device !== device || known.author !== author;
  });
}

const gapBehind = ({ number, hash }: Chain): Extract<Outcome, { readonly kind: 'gap' }> => ({
  kind: 'gap',
  expects: number + 1,
  previous: hash,
});

/** The other branch, for the administrator; the first time with an alarm, and no more is taken from the device. */
async function keepAside(
  writing: Writing,
  entries: readonly Linked[],
  given: {
    readonly device: Device | undefined;
    readonly here: ReadonlyMap<number, string>;
    readonly now: string;
  },
): Promise<void> {
  const { device, here, now: at } = given;
  const foreign = entries.filter(({ link }) => here.get(link.number) !== link.hash);
  for (const { device: id, link } of foreign)
    await writing.setAside({ at, device: id, number: link.number, text: link.entry });
  if (device?.quarantined) return;
  const current = device && (await writing.lockDevice(device.id));
  if (current) await writing.saveDevice({ ...current, quarantined: true });
  const first = foreign[0] ?? (entries[0] as Linked);
  const { id: operation, author: person } = first;
  await writing.raiseAlarm({ at, code: 'chainForked', operation, device: first.device, person });
}

const isLinked = (submission: Submission): submission is Linked => submission.link !== null;

/** Hashes of the entries that were here before. One that left no operation (its id came with other content) is known by its id. */
async function linksHere(
  writing: Writing,
  entries: readonly Linked[],
  start: Chain,
): Promise<ReadonlyMap<number, string>> {
  const again = entries.filter(({ link }) => link.number <= start.number);
  if (again.length === 0) return new Map([[start.number, start.hash]]);
  const numbers = again.map(({ link }) => link.number);
  const here = new Map(await writing.links(start.device, numbers));
  const unclear = again.filter(({ link }) => !here.has(link.number));
  if (unclear.length > 0) {
    const stored = await writing.operations(unclear.map(({ id }) => id));
    const ids = new Set(stored.map(({ id }) => id));
    for (const { id, link } of unclear) if (ids.has(id)) here.set(link.number, link.hash);
  }
  return here.set(start.number, start.hash);
}

function follow(
  entries: readonly Linked[],
  start: Chain,
  before: ReadonlyMap<number, string>,
): { readonly end: Chain; readonly gaps: ReadonlyMap<Linked, Chain> } | 'forked' {
  const gaps = new Map<Linked, Chain>();
  const here = new Map(before);
  let end = start;
  for (const entry of entries) {
    const { number, previous, hash } = entry.link;
    if (number <= end.number) {
      if (here.get(number) !== hash) return 'forked';
    } else if (number > end.number + 1) gaps.set(entry, end);
    else if (previous !== end.hash) return 'forked';
    else {
      end = { ...start, number, hash };
      here.set(number, hash);
    }
  }
  return { end, gaps };
}
