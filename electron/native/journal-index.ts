/** What the journal remembers of its file: where each line lies, whose it is, and where each operation stands. No contents. */
import type { JournalEntry } from '../../shared/bridge.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';

/** A line as it lies on disk. `start` replaces what compaction dropped; numbers go on behind it. */
export type Line =
  | (JournalEntry & { readonly digest?: string })
  | { readonly kind: 'temporary'; readonly ordinal: number }
  | { readonly kind: 'start'; readonly number: number; readonly ordinal: number };

export interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface PendingOperation {
  readonly id: string;
  readonly number: number;
  /** Bytes of its JSON. */
  readonly size: number;
}

interface OperationEntry {
  readonly id: string;
  readonly number: number;
  readonly author: string;
  readonly digest: string;
  readonly size: number;
  readonly place: Place;
  verdict?: Verdict;
  judgedAt?: string;
  resolved?: boolean;
}

interface LineEntry {
  readonly number: number;
  readonly person: string;
  readonly operation: string;
  readonly place: Place;
}

export function createJournalIndex() {
  const operations = new Map<string, OperationEntry>();
  const unjudged = new Map<string, OperationEntry>();
  let lines: LineEntry[] = [];
  let lastNumber = 0;
  let lastOrdinal = 0;

  function addLine(line: JournalEntry & { readonly digest?: string }, place: Place): void {
    lastNumber = Math.max(lastNumber, line.number);
    if (line.kind === 'operation') {
      const { id, author } = line.envelope;
      lines.push({ number: line.number, person: author, operation: id, place });
      const size = Buffer.byteLength(JSON.stringify(line.envelope));
      const entry = { id, number: line.number, author, digest: line.digest ?? '', size, place };
      operations.set(id, entry);
      unjudged.set(id, entry);
      return;
    }
    const id = line.kind === 'verdict' ? line.verdict.id : line.operation;
    const operation = operations.get(id);
    const person = operation?.author ?? (line.kind === 'resolved' ? line.by : '');
    lines.push({ number: line.number, person, operation: id, place });
    if (!operation) return;
    if (line.kind === 'resolved') operation.resolved = true;
    else {
      operation.verdict = line.verdict;
      operation.judgedAt = line.at;
      unjudged.delete(id);
    }
  }

  return {
    add(added: readonly Line[], place: Place): void {
      for (const line of added) {
        if (line.kind === 'temporary') lastOrdinal = Math.max(lastOrdinal, line.ordinal);
        else if (line.kind === 'start') {
          lastNumber = Math.max(lastNumber, line.number);
          lastOrdinal = Math.max(lastOrdinal, line.ordinal);
        } else addLine(line, { offset: place.offset, length: place.length });
      }
    },
    clear(): void {
      operations.clear();
      unjudged.clear();
      lines = [];
    },
    lastNumber: () => lastNumber,
    lastOrdinal: () => lastOrdinal,
    operation: (id: string): Readonly<OperationEntry> | undefined => operations.get(id),

    /** A verdict counts once; only `held` may be followed by another one (sync.md S3). */
    isNews(verdict: Verdict): boolean {
      const operation = operations.get(verdict.id);
      if (!operation) return false;
      return !operation.verdict || (operation.verdict.verdict === 'held' && verdict.verdict !== 'held');
    },

    linesOf(person: string, after: number, limit: number) {
      const own = lines.filter((line) => line.person === person);
      const wanted = own.filter((line) => line.number > after);
      return { wanted: wanted.slice(0, limit), more: wanted.length > limit, last: own.at(-1)?.number ?? 0 };
    },

    pendingCount: () => unjudged.size,
    pending(): readonly (readonly PendingOperation[])[] {
      const groups = new Map<number, PendingOperation[]>();
      for (const { id, number, size, place } of unjudged.values()) {
        const group = groups.get(place.offset);
        if (group) group.push({ id, number, size });
        else groups.set(place.offset, [{ id, number, size }]);
      }
      return [...groups.values()];
    },
    held(): readonly PendingOperation[] {
      const held = [...operations.values()].filter((one) => one.verdict?.verdict === 'held' && !one.resolved);
      return held.map(({ id, number, size }) => ({ id, number, size }));
    },

    /** In the device's order. */
    confirmedBeyond(seq: number): readonly Readonly<OperationEntry>[] {
      const beyond = ({ verdict }: OperationEntry): boolean =>
        verdict?.verdict === 'confirmed' && verdict.seq > seq;
      return [...operations.values()].filter(beyond).sort((one, other) => one.number - other.number);
    },

    /** Numbers of lines that may go: confirmed operations that the district's backup has passed, and all that was said about them. */
    droppable({
      durable,
      since,
      before,
    }: {
      durable: number;
      since: string;
      before: string;
    }): ReadonlySet<number> {
      const gone = new Set<string>();
      for (const { id, verdict, judgedAt } of operations.values()) {
        const safe = verdict?.verdict === 'confirmed' && verdict.seq <= durable;
        if (safe && judgedAt !== undefined && judgedAt >= since && judgedAt < before) gone.add(id);
      }
      return new Set(lines.filter((line) => gone.has(line.operation)).map((line) => line.number));
    },
  };
}
