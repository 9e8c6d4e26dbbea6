/**
 * The journal: every operation made on this computer, the district's verdicts on them, and the temporary numbers given out.
 * Owns sync.md S1 and S2: what `append` has returned is on disk, in the device's order, and nothing takes it away before the district
 * has made it durable. One writer: work is done in turn. The content is sealed; the main process sees ids, authors and sizes only.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { JournalEntry } from '../../shared/bridge.ts';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { inOrder } from '../../shared/core/in-order.ts';
import type { Frame } from './journal-frames.ts';
import { openJournalFile, type JournalFileOptions } from './journal-file.ts';
import { createJournalIndex, type Line, type PendingOperation, type Place } from './journal-index.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** Files that hold what could not be read: a torn tail or a damaged journal. */
  readonly setAside: readonly string[];
}

export interface Journal {
  readonly append: (envelopes: readonly Envelope[]) => Promise<readonly number[]>;
  /** Keeps only what is news; returns the new lines. */
  readonly judge: (verdicts: readonly Verdict[], at: string) => Promise<readonly JournalEntry[]>;
  readonly resolve: (resolved: {
    operation: string;
    by: string;
    into: readonly string[];
    at: string;
  }) => Promise<number>;
  readonly temporaryNumber: () => Promise<number>;
  readonly read: (query: {
    person: string;
    after: number;
    limit?: number;
  }) => Promise<{ entries: JournalEntry[]; more: boolean; last: number }>;
  /** Groups of pending operations in the device's order: what was appended together stays together. */
  readonly pending: () => readonly (readonly PendingOperation[])[];
  /** Held operations that their author has not dealt with: asked about again. */
  readonly held: () => readonly PendingOperation[];
  readonly pendingCount: () => number;
  readonly envelopes: (operations: readonly PendingOperation[]) => Promise<readonly Envelope[]>;
  /** What was confirmed beyond this sequence is pending again, under the same ids and new numbers. @returns how many */
  readonly offerAgain: (beyond: number) => Promise<number>;
  readonly authorOf: (operation: string) => string | undefined;
  /** Drops what the district's backup holds: judged between `since`, when its epoch began for us, and `before`. Numbers go on. */
  readonly compact: (mark: { durable: number; since: string; before: string }) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const CONTENT_CHANGED = 'content-changed';

/** Operations that are offered again with one writing. */
const AGAIN = 100;

const digestOf = (envelope: Envelope): string =>
  createHash('sha256').update(JSON.stringify(envelope)).digest('base64').slice(0, 24);

export async function openJournal(options: JournalFileOptions): Promise<OpenedJournal> {
  const { file, frames: lying, setAside } = await openJournalFile(options);
  const index = createJournalIndex();
  const turn = inOrder();
  remember(lying);

  function remember(frames: readonly Frame[]): void {
    // Only where they lie: a frame would keep the whole file in memory.
    for (const { payload, offset, length } of frames) index.add(linesOf(payload), { offset, length });
  }

  /** Nothing enters the index before the disk has it. */
  async function write(lines: readonly Line[]): Promise<void> {
    index.add(lines, await file.append(payloadOf(lines)));
  }

  /** Reads each frame once for all lines that are wanted of it. */
  async function fetch(wanted: readonly { number: number; place: Place }[]): Promise<JournalEntry[]> {
    const found: JournalEntry[] = [];
    let at = -1;
    let lines = new Map<number, JournalEntry>();
    for (const { number, place } of wanted) {
      if (place.offset !== at) {
        at = place.offset;
        lines = new Map();
        for (const line of linesOf(await file.read(place)))
          if ('number' in line) lines.set(line.number, line as JournalEntry);
      }
      const line = lines.get(number);
      if (line) found.push(line);
    }
    return found;
  }

  const journal: Journal = {
    append: (envelopes) =>
      turn(async () => {
        const known = envelopes.map((envelope) => index.operation(envelope.id));
        if (known.some((operation) => operation !== undefined)) {
          // The window asks again after a lost answer: the same operations, all of them.
          const same = known.every((one, at) => one?.digest === digestOf(envelopes[at] as Envelope));
          if (!same) throw new Error(CONTENT_CHANGED);
          return known.map((one) => one?.number as number);
        }
        const first = index.lastNumber() + 1;
        const lines = envelopes.map((envelope, at): Line => ({
          kind: 'operation',
          number: first + at,
          envelope,
          digest: digestOf(envelope),
        }));
        await write(lines);
        return envelopes.map((_, at) => first + at);
      }),

    judge: (verdicts, at) =>
      turn(async () => {
        const news = verdicts.filter((verdict) => index.isNews(verdict));
        if (news.length === 0) return [];
        const first = index.lastNumber() + 1;
        const lines = news.map((verdict, at_) => ({
          kind: 'verdict' as const,
          number: first + at_,
          verdict,
          at,
        }));
        await write(lines);
        return lines;
      }),

    resolve: ({ operation, by, into, at }) =>
      turn(async () => {
        const number = index.lastNumber() + 1;
        await write([{ kind: 'resolved', number, operation, by, into: [...into], at }]);
        return number;
      }),

    temporaryNumber: () =>
      turn(async () => {
        const ordinal = index.lastOrdinal() + 1;
        await write([{ kind: 'temporary', ordinal }]);
        return ordinal;
      }),

    read: ({ person, after, limit = 1000 }) =>
      turn(async () => {
        const { wanted, more, last } = index.linesOf(person, after, limit);
        const entries = (await fetch(wanted)).map(withoutDigest);
        return { entries, more, last: more ? (wanted.at(-1)?.number ?? after) : last };
      }),

    pending: () => index.pending(),
    held: () => index.held(),
    pendingCount: () => index.pendingCount(),
    envelopes: (operations) =>
      turn(async () => {
        const places = operations.flatMap(({ id }) => index.operation(id) ?? []);
        const entries = await fetch(places);
        return entries.flatMap((entry) => (entry.kind === 'operation' ? [entry.envelope] : []));
      }),
    offerAgain: (beyond) =>
      turn(async () => {
        const lost = index.confirmedBeyond(beyond);
        for (let start = 0; start < lost.length;) {
          const part = frames(lost, start);
          start += part.length;
          const first = index.lastNumber() + 1;
          const lines = (await fetch(part)).flatMap((entry, at): Line[] =>
            entry.kind === 'operation' ? [{ ...entry, number: first + at }] : [],
          );
          await write(lines);
        }
        return lost.length;
      }),
    authorOf: (operation) => index.operation(operation)?.author,

    compact: (mark) =>
      turn(async () => {
        const drop = index.droppable(mark);
        if (drop.size === 0) return;
        const kept: Line[][] = [
          [{ kind: 'start', number: index.lastNumber(), ordinal: index.lastOrdinal() }],
        ];
        for (const frame of await file.frames()) {
          const lines = linesOf(frame.payload).filter(
            (line) => 'number' in line && line.kind !== 'start' && !drop.has(line.number),
          );
          if (lines.length > 0) kept.push(lines);
        }
        const frames = await file.replace(kept.map(payloadOf));
        index.clear();
        remember(frames);
      }),

    close: () => turn(() => file.close()),
  };
  return { journal, setAside };
}

/** As many as one frame takes again; what was appended together stays together. */
function frames<T extends { readonly place: Place }>(operations: readonly T[], start: number): readonly T[] {
  let end = start;
  while (end < operations.length && end - start < AGAIN) {
    const offset = operations[end]?.place.offset;
    while (operations[end]?.place.offset === offset) end += 1;
  }
  return operations.slice(start, end);
}

const payloadOf = (lines: readonly Line[]): Buffer => Buffer.from(JSON.stringify({ lines }));

/** Own frames are vouched for by their checksum, so they are not parsed again by schema. */
const linesOf = (payload: Buffer): readonly Line[] =>
  (JSON.parse(payload.toString('utf8')) as { lines: Line[] }).lines;

function withoutDigest(entry: JournalEntry): JournalEntry {
  if (entry.kind !== 'operation') return entry;
  return { kind: 'operation', number: entry.number, envelope: entry.envelope };
}

/** The file of a profile folder. */
export const journalPath = (folder: string): string => join(folder, 'journal', 'journal.bin');
