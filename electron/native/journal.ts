/**
 * The journal file: every operation made on this computer, the district's verdicts on them, and the temporary numbers given out.
 * Owns sync.md S1 and S2: what `append` has returned is on disk (fdatasync), in the device's order, and nothing takes it away before
 * the district has made it durable. One writer: work is done in turn, and a write that failed is cut off before the next one.
 *
 * The content is sealed; the main process sees ids, authors and sizes only. Opening sets a torn tail aside and cuts it off; a damaged
 * stretch in the middle costs only itself, and the whole file is kept beside.
 */
import { createHash } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JournalEntry } from '../../shared/bridge.ts';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { inTurn } from '../in-turn.ts';
import { syncFolder } from './atomic-file.ts';
import { FILE_HEADER, frameAt, frameOf, scanFrames } from './journal-frames.ts';
import { createJournalIndex, type Line, type PendingOperation, type Place } from './journal-index.ts';

/** What the journal needs of a disk; a port, so that tests can make it fail. */
export type JournalDisk = Pick<
  typeof nodeFiles,
  'open' | 'readFile' | 'rename' | 'copyFile' | 'writeFile' | 'mkdir'
>;

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

/** Throws with this message when the disk is full, so that the window can say so. */
export const DISK_FULL = 'disk-full';
export const JOURNAL_FAILED = 'journal-failed';
export const CONTENT_CHANGED = 'content-changed';

/** Operations that are offered again with one writing. */
const AGAIN = 100;

const digestOf = (envelope: Envelope): string =>
  createHash('sha256').update(JSON.stringify(envelope)).digest('base64').slice(0, 24);

export async function openJournal(options: {
  readonly path: string;
  readonly disk?: JournalDisk;
  readonly now?: () => Date;
}): Promise<OpenedJournal> {
  const { path, disk = nodeFiles, now = () => new Date() } = options;
  const index = createJournalIndex();
  const turn = inTurn();
  const setAside: string[] = [];

  await disk.mkdir(dirname(path), { recursive: true });
  let file = await disk.open(path, 'a+').then(async (created) => {
    await created.close();
    return disk.open(path, 'r+');
  });
  let size = await recover();
  /** Set by a failed write: the file may be longer than what was acknowledged. */
  let dirty = false;

  /** Reads the whole file into the index, sets aside what is not whole, and returns where to go on. */
  async function recover(): Promise<number> {
    let bytes: Buffer = await disk.readFile(path);
    const scan = scanFrames(bytes);
    const stamp = now().toISOString().replaceAll(':', '-');
    if (scan.damaged.length > 0 || (scan.frames.length === 0 && bytes.length > FILE_HEADER.length)) {
      const aside = `${path}.damaged-${stamp}`;
      await disk.copyFile(path, aside);
      setAside.push(aside);
      bytes = Buffer.concat([FILE_HEADER, ...scan.frames.map((frame) => frameOf(frame.payload))]);
      await rewrite(bytes);
    } else if (scan.end < bytes.length) {
      if (scan.frames.length > 0) {
        const aside = `${path}.torn-${stamp}`;
        await disk.writeFile(aside, bytes.subarray(scan.end), { mode: 0o600 });
        setAside.push(aside);
      }
      bytes = scan.frames.length > 0 ? bytes.subarray(0, scan.end) : Buffer.alloc(0);
      await file.truncate(bytes.length);
      await file.datasync();
    }
    if (bytes.length < FILE_HEADER.length) {
      await file.truncate(0);
      await file.write(FILE_HEADER, 0, FILE_HEADER.length, 0);
      await file.datasync();
      await syncFolder(dirname(path));
      return FILE_HEADER.length;
    }
    for (const frame of scanFrames(bytes).frames) index.add(linesOf(frame.payload), frame);
    return bytes.length;
  }

  async function rewrite(bytes: Buffer): Promise<void> {
    const next = `${path}.new`;
    const written = await disk.open(next, 'w', 0o600);
    try {
      await written.writeFile(bytes);
      await written.sync();
    } finally {
      await written.close();
    }
    await file.close();
    await disk.rename(next, path);
    await syncFolder(dirname(path));
    file = await disk.open(path, 'r+');
  }

  /** The commit point. Nothing enters the index before the disk has it. */
  async function write(lines: readonly Line[]): Promise<void> {
    const frame = frameOf(Buffer.from(JSON.stringify({ lines })));
    try {
      if (dirty) await cutOff();
      dirty = true;
      for (let done = 0; done < frame.length;) {
        const { bytesWritten } = await file.write(frame, done, frame.length - done, size + done);
        if (bytesWritten === 0) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
        done += bytesWritten;
      }
      await file.datasync();
      dirty = false;
    } catch (error) {
      await cutOff().catch(() => undefined);
      const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
      throw new Error(full ? DISK_FULL : JOURNAL_FAILED, { cause: error });
    }
    index.add(lines, { offset: size, length: frame.length });
    size += frame.length;
  }

  async function cutOff(): Promise<void> {
    await file.truncate(size);
    await file.datasync();
    dirty = false;
  }

  async function linesAt(place: Place): Promise<readonly Line[]> {
    const bytes = Buffer.alloc(place.length);
    await file.read(bytes, 0, place.length, place.offset);
    const frame = frameAt(bytes, 0);
    if (!frame) throw new Error(JOURNAL_FAILED);
    return linesOf(frame.payload);
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
        for (const line of await linesAt(place))
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
        for (const frame of scanFrames(await disk.readFile(path)).frames) {
          const lines = linesOf(frame.payload).filter(
            (line) => 'number' in line && line.kind !== 'start' && !drop.has(line.number),
          );
          if (lines.length > 0) kept.push(lines);
        }
        const frames = kept.map((lines) => frameOf(Buffer.from(JSON.stringify({ lines }))));
        const bytes = Buffer.concat([FILE_HEADER, ...frames]);
        await rewrite(bytes);
        size = bytes.length;
        index.clear();
        for (const frame of scanFrames(bytes).frames) index.add(linesOf(frame.payload), frame);
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

/** Own frames are vouched for by their checksum, so they are not parsed again by schema. */
const linesOf = (payload: Buffer): readonly Line[] =>
  (JSON.parse(payload.toString('utf8')) as { lines: Line[] }).lines;

function withoutDigest(entry: JournalEntry): JournalEntry {
  if (entry.kind !== 'operation') return entry;
  return { kind: 'operation', number: entry.number, envelope: entry.envelope };
}

/** The file of a profile folder. */
export const journalPath = (folder: string): string => join(folder, 'journal', 'journal.bin');
