/** The journal's lines between its index and its file: written before they are known, read where they are wanted. */
import type { JournalEntry } from '../../shared/bridge.ts';
import type { JournalFile } from './journal-file.ts';
import type { Frame } from './journal-frames.ts';
import { marksWithout } from './journal-questions.ts';
import type { JournalIndex, Line, OperationEntry, Place } from './journal-index.ts';

/** Operations that are offered again with one writing. */
const AGAIN = 100;

export function createJournalLines(file: JournalFile, index: JournalIndex, onWritten: () => void) {
  function remember(frames: readonly Frame[]): void {
    // Only where they lie: a frame would keep the whole file in memory.
    for (const { payload, offset, length } of frames) index.add(linesOf(payload), { offset, length });
  }

  /** Nothing enters the index before the disk has it. */
  async function write(lines: readonly Line[]): Promise<void> {
    index.add(lines, await file.append(payloadOf(lines)));
    onWritten();
  }

  /** Each frame is read once for all lines that are wanted of it, where these come one after the other. */
  async function fetch(wanted: readonly { number: number; place: Place }[]): Promise<JournalEntry[]> {
    const places = wanted
      .map(({ place }) => place)
      .filter(({ offset }, index, all) => offset !== all[index - 1]?.offset);
    const payloads = await file.read(places);
    const found: JournalEntry[] = [];
    let at = -1;
    let lines = new Map<number, JournalEntry>();
    for (const [index, { number, place }] of wanted.entries()) {
      if (place.offset !== wanted[index - 1]?.place.offset) {
        at += 1;
        lines = new Map();
        for (const line of linesOf(payloads[at] as Buffer))
          if ('number' in line) lines.set(line.number, line as JournalEntry);
      }
      const line = lines.get(number);
      if (line) found.push(line);
    }
    return found;
  }

  /** What the district has said of these for ever, in this life or a former one. */
  async function receiptsOf(
    known: readonly Readonly<OperationEntry>[],
  ): Promise<ReadonlyMap<string, string>> {
    const lines = await fetch(known.flatMap(({ receipt }) => receipt ?? []));
    return new Map(
      lines.flatMap((line): [string, string][] =>
        line.kind === 'verdict' && 'receipt' in line.verdict && line.verdict.receipt !== undefined
          ? [[line.verdict.id, line.verdict.receipt]]
          : [],
      ),
    );
  }

  const start = (gone: ReadonlySet<string>): Line => ({
    kind: 'start',
    number: index.lastNumber(),
    ordinal: index.lastOrdinal(),
    chain: marksWithout(index, gone),
  });

  return {
    remember,
    write,
    fetch,
    receiptsOf,
    /** They are pending anew, under their ids and links. */
    async writeAgain(operations: readonly Readonly<OperationEntry>[]): Promise<void> {
      for (let from = 0; from < operations.length;) {
        const part = together(operations, from);
        from += part.length;
        const first = index.lastNumber() + 1;
        const lines = (await fetch(part)).flatMap((entry, at): Line[] =>
          entry.kind === 'operation'
            ? [{ ...entry, number: first + at, ...(part[at]?.adrift && { adrift: true }) }]
            : [],
        );
        await write(lines);
      }
    },
    /** The file without what is said about these operations. `start` stands at its end, so that no cut before it sets a chain back. */
    async rewrite(gone: ReadonlySet<string>): Promise<void> {
      const [drop, last] = [index.linesAbout(gone), start(gone)];
      const stays = (line: Line): boolean =>
        line.kind === 'cut' || ('number' in line && line.kind !== 'start' && !drop.has(line.number));
      const kept: Line[][] = [];
      for (const { payload } of await file.frames()) {
        const lines = linesOf(payload).filter(stays);
        if (lines.length > 0) kept.push(lines);
      }
      const frames = await file.replace([...kept, [last]].map(payloadOf));
      index.clear();
      remember(frames);
    },
  };
}

/** As many as one frame takes again; what was appended together stays together. */
function together<T extends { readonly place: Place }>(
  operations: readonly T[],
  start: number,
): readonly T[] {
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
