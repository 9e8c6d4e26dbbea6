/** What the journal remembers of its file: where each line lies, and where each operation stands. No contents. */
import type { JournalEntry } from '../../shared/bridge.ts';
import type { Settlement } from '../../shared/protocol/link.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { BEGINNING, type ChainEnd, type ChainEnds, type Linked } from './journal-chain.ts';
import type { EndLine } from './chain-mirror.ts';

/**
 * A line as it lies on disk. `start` stands for what is not in the file any more; numbers and chains go on behind it. `cut`: the chain
 * goes on at `from`, and links from there on, in lines before this one, count no more; with `all`, none does.
 */
export type Line =
  | (JournalEntry & {
      /** An operation that was given back when its place was taken. */
      readonly adrift?: true;
      /** Of `resolved`: the author's own signature that an operation is dealt with. */
      readonly settled?: Settlement;
    })
  | { readonly kind: 'temporary'; readonly ordinal: number }
  | {
      readonly kind: 'cut';
      readonly device: string;
      readonly from: number;
      readonly previous: string;
      readonly all?: true;
    }
  | {
      readonly kind: 'start';
      readonly number: number;
      readonly ordinal: number;
      readonly chain: readonly EndLine[];
    };

type Resolved = Omit<Extract<Line, { kind: 'resolved' }>, 'number' | 'settled'>;
/** Of an operation that gets another place. */
export type WithoutNumber =
  | Omit<Extract<Line, { kind: 'operation' }>, 'number'>
  | Omit<Extract<Line, { kind: 'resolved' }>, 'number'>;

export interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface PendingOperation {
  readonly id: string;
  /** Of its line. */
  readonly number: number;
  /** Its place in the device's chain. */
  readonly link: number;
  /** Bytes of its JSON. */
  readonly size: number;
}

export interface OperationEntry {
  readonly id: string;
  readonly number: number;
  readonly author: string;
  readonly device: string;
  readonly commitment: string;
  readonly link: Linked;
  readonly size: number;
  readonly place: Place;
  /** Its place in the chain is not its own any more, and its author has not signed another one yet. */
  adrift?: boolean;
  verdict?: Verdict;
  /** The line with its verdict. */
  judgedIn?: number;
  /** That its author has dealt with it, signed; and the line that says how. */
  settled?: Settlement;
  resolved?: Resolved;
  /** The line with the district's last word for ever: its receipt is read where it is wanted. */
  receipt?: { readonly number: number; readonly place: Place };
}

interface LineEntry {
  readonly number: number;
  readonly operation: string;
  readonly place: Place;
}

export type JournalIndex = ReturnType<typeof createJournalIndex>;

function withoutReceipt(verdict: Verdict): Verdict {
  if (verdict.verdict === 'held') return verdict;
  const { receipt: _, ...rest } = verdict;
  return rest;
}

export function createJournalIndex() {
  const operations = new Map<string, OperationEntry>();
  const unjudged = new Map<string, OperationEntry>();
  const linked = new Map<string, OperationEntry>();
  /** Operations by the sealed files that they name. */
  const naming = new Map<string, Set<string>>();
  const ends = new Map<string, ChainEnd>();
  /** Hashes of links whose entries are not here any more, by device and number. */
  const marks = new Map<string, string>();
  let lines: LineEntry[] = [];
  let lastNumber = 0;
  let lastOrdinal = 0;

  function raiseEnd({ device, number, hash }: EndLine): void {
    if (number > (ends.get(device) ?? BEGINNING).number) ends.set(device, { number, hash });
  }

  function mark(end: EndLine): void {
    marks.set(`${end.device}/${end.number}`, end.hash);
    raiseEnd(end);
  }

  function addOperation(line: Extract<Line, { kind: 'operation' }>, place: Place): void {
    const { id, author, device, commitment } = line.envelope;
    const { number, previous, hash } = line.link;
    const size = Buffer.byteLength(JSON.stringify({ envelope: line.envelope, link: line.link }));
    const link = { number, previous, hash };
    // A line that comes again asks for another verdict; that its author has dealt with it stays true.
    const { settled, resolved, receipt } = operations.get(id) ?? {};
    const known: OperationEntry = {
      ...{ id, number: line.number, author, device, commitment, link, size, place },
      ...(line.adrift && { adrift: true }),
      ...(settled && { settled }),
      ...(resolved && { resolved }),
      ...(receipt && { receipt }),
    };
    operations.set(id, known);
    unjudged.set(id, known);
    for (const file of line.envelope.files ?? []) naming.set(file, (naming.get(file) ?? new Set()).add(id));
    if (line.adrift) return;
    linked.set(`${device}/${number}`, known);
    raiseEnd({ device, number, hash });
  }

  function cut({ device, from, previous, all }: Extract<Line, { kind: 'cut' }>): void {
    for (const entry of operations.values()) {
      if (entry.device !== device || (!all && entry.link.number < from)) continue;
      linked.delete(`${device}/${entry.link.number}`);
      entry.adrift = true;
    }
    // Ends that this chain has had and left are none of its own any more.
    for (const place of [...marks.keys()]) {
      const [of, number] = place.split('/');
      if (of === device && (all || Number(number) >= from)) marks.delete(place);
    }
    marks.set(`${device}/${from - 1}`, previous);
    ends.set(device, { number: from - 1, hash: previous });
  }

  function addLine(line: Extract<Line, JournalEntry>, place: Place): void {
    lastNumber = Math.max(lastNumber, line.number);
    const id =
      line.kind === 'operation'
        ? line.envelope.id
        : line.kind === 'verdict'
          ? line.verdict.id
          : line.operation;
    lines.push({ number: line.number, operation: id, place });
    if (line.kind === 'operation') return addOperation(line, place);
    const operation = operations.get(id);
    if (!operation) return;
    if (line.kind === 'resolved') {
      const { settled, number: _, ...resolved } = line;
      if (settled) Object.assign(operation, { settled, resolved });
    } else {
      operation.verdict = withoutReceipt(line.verdict);
      if ('receipt' in line.verdict) operation.receipt = { number: line.number, place };
      operation.judgedIn = line.number;
      unjudged.delete(id);
    }
  }

  return {
    add(added: readonly Line[], { offset, length }: Place): void {
      for (const line of added) {
        if (line.kind === 'temporary') lastOrdinal = Math.max(lastOrdinal, line.ordinal);
        else if (line.kind === 'start') {
          lastNumber = Math.max(lastNumber, line.number);
          lastOrdinal = Math.max(lastOrdinal, line.ordinal);
          line.chain.forEach(mark);
        } else if (line.kind === 'cut') cut(line);
        else addLine(line, { offset, length });
      }
    },
    clear(): void {
      for (const map of [operations, unjudged, linked, naming]) map.clear();
      lines = [];
    },

    lastNumber: () => lastNumber,
    lastOrdinal: () => lastOrdinal,
    operation: (id: string): Readonly<OperationEntry> | undefined => operations.get(id),
    mark,
    ends: (): ChainEnds => ends,
    end: (device: string): ChainEnd => ends.get(device) ?? BEGINNING,
    hashAt: (device: string, number: number): string | undefined =>
      linked.get(`${device}/${number}`)?.link.hash ?? marks.get(`${device}/${number}`),
    linkAt: (device: string, number: number): Linked | undefined => linked.get(`${device}/${number}`)?.link,

    /** A verdict counts once; only `held` may be followed by another one (sync.md S3). */
    isNews(verdict: Verdict): boolean {
      const operation = operations.get(verdict.id);
      if (!operation) return false;
      return !operation.verdict || (operation.verdict.verdict === 'held' && verdict.verdict !== 'held');
    },

    linesAfter(after: number, limit: number) {
      const wanted = lines.filter((line) => line.number > after);
      return { wanted: wanted.slice(0, limit), more: wanted.length > limit, last: lines.at(-1)?.number ?? 0 };
    },
    filesNamed: (): readonly string[] => [...naming.keys()],
    naming: (file: string): readonly Readonly<OperationEntry>[] =>
      [...(naming.get(file) ?? [])].flatMap((id) => operations.get(id) ?? []),
    all: (): readonly Readonly<OperationEntry>[] => [...operations.values()],
    unjudged: (): readonly Readonly<OperationEntry>[] => [...unjudged.values()],
    pendingCount: () => unjudged.size,
    /** Numbers of all lines that speak of these operations. */
    linesAbout: (ids: ReadonlySet<string>): ReadonlySet<number> =>
      new Set(lines.filter((line) => ids.has(line.operation)).map((line) => line.number)),
  };
}
