/**
 * The main process in memory, as far as the engine sees it: the journal file and the carrier, after electron/. What it holds outlives
 * every window. Lines are numbered by the device, verdicts get lines of their own, and what was appended together stays together.
 */
import type {
  BridgeClient,
  BridgeEvent,
  BridgeInput,
  BridgeName,
  BridgeOutput,
  JournalEntry,
} from '../../../shared/bridge.ts';
import type { PushRequest, PushResponse, Verdict } from '../../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../../shared/protocol/version.ts';

export interface MainProcess {
  readonly bridge: BridgeClient;
  readonly lines: JournalEntry[];
  /** One round of the carrier: everything pending, and held ones asked about again. */
  readonly carry: () => Promise<void>;
  readonly emit: (event: BridgeEvent) => void;
  readonly pendingIds: () => readonly string[];
  /** What a handshake or a push says about the district's life. */
  readonly heard: (life: { readonly epoch: string; readonly restoredHead?: number | undefined }) => void;
  /** A file system that forgot the file's end. */
  readonly loseEnd: (lines: number) => void;
  /** A damaged stretch in the middle of the file. */
  readonly lose: (operation: string) => void;
}

interface Options {
  readonly person: string;
  /** Undefined where the request or its answer was lost. */
  readonly push: (request: PushRequest) => Promise<PushResponse | undefined>;
  readonly now: () => string;
  /** IndexedDB begins anew. */
  readonly setAside?: () => void;
  /** Does not notice that the district has come back from a backup; only as a planted fault. */
  readonly isDeaf?: boolean | undefined;
}

const PAGE = 1000;

export function createMainProcess({
  person,
  push,
  now,
  setAside = () => undefined,
  isDeaf = false,
}: Options): MainProcess {
  const lines: JournalEntry[] = [];
  const listeners = new Set<(event: BridgeEvent) => void>();
  let ordinal = 0;
  let last = 0;
  const next = (): number => ++last;

  const verdicts = new Map<string, Verdict>();
  const verdictOf = (id: string): Verdict | undefined => verdicts.get(id);
  const operations = () => lines.flatMap((line) => (line.kind === 'operation' ? [line.envelope] : []));
  const pending = () => operations().filter(({ id }) => verdictOf(id) === undefined);
  const held = () => operations().filter(({ id }) => verdictOf(id)?.verdict === 'held');
  const emit = (event: BridgeEvent): void => listeners.forEach((listener) => listener(event));

  function judge(answered: readonly Verdict[]): void {
    const news = answered.filter((verdict) => {
      const known = verdictOf(verdict.id);
      return (
        known === undefined || (known.verdict === 'held' && JSON.stringify(known) !== JSON.stringify(verdict))
      );
    });
    const entries = news.map((verdict): JournalEntry => ({
      kind: 'verdict',
      number: next(),
      verdict,
      at: now(),
    }));
    lines.push(...entries);
    for (const verdict of news) verdicts.set(verdict.id, verdict);
    if (entries.length > 0) emit({ kind: 'verdicts', entries });
  }

  /** A district that came back from a backup: what it has lost is pending again (sync.md S8). */
  let life: string | undefined;
  function heard({ epoch, restoredHead = 0 }: { epoch: string; restoredHead?: number | undefined }): void {
    if (life !== epoch && !isDeaf) {
      const before = lines.length;
      for (const envelope of [...new Map(operations().map((one) => [one.id, one])).values()]) {
        const verdict = verdicts.get(envelope.id);
        if (verdict?.verdict !== 'confirmed' || verdict.seq <= restoredHead) continue;
        verdicts.delete(envelope.id);
        lines.push({ kind: 'operation', number: next(), envelope });
      }
      if (lines.length > before) emit({ kind: 'verdicts', entries: [] });
    }
    life = epoch;
  }

  async function carry(): Promise<void> {
    const entries = [...new Map([...held(), ...pending()].map((one) => [one.id, one])).values()].slice(
      0,
      500,
    );
    if (entries.length === 0) return;
    const answer = await push({ protocol: PROTOCOL, entries });
    if (!answer) return;
    heard(answer);
    judge(answer.verdicts);
  }

  const answers: { readonly [N in BridgeName]?: (input: BridgeInput<N>) => Promise<BridgeOutput<N>> } = {
    'journal.append': async ({ envelopes }) => {
      // The last line of an operation counts: it may have been offered again.
      const known = new Map(
        lines.flatMap((line) => (line.kind === 'operation' ? [[line.envelope.id, line.number]] : [])),
      );
      if (envelopes.some(({ id }) => known.has(id))) {
        return {
          numbers: envelopes.map(({ id }) => {
            const number = known.get(id);
            if (number === undefined) throw new Error('half a group was known');
            return number;
          }),
        };
      }
      const numbers: number[] = [];
      for (const envelope of envelopes) {
        const number = next();
        lines.push({ kind: 'operation', number, envelope });
        numbers.push(number);
      }
      return { numbers };
    },
    'journal.read': async ({ after }) => {
      const found = lines.filter((line) => line.number > after);
      const entries = found.slice(0, PAGE);
      const more = found.length > entries.length;
      return { entries, more, last: more ? (entries.at(-1)?.number ?? after) : last };
    },
    'journal.resolve': async ({ operation, into }) => {
      const number = next();
      lines.push({ kind: 'resolved', number, operation, by: person, into, at: now() });
      return { number };
    },
    'journal.temporaryNumber': async () => ({ ordinal: ++ordinal }),
    'store.setAside': async () => {
      setAside();
      return undefined;
    },
    'carrier.push': async () => undefined,
    'carrier.state': async () => ({ online: true, since: now(), pending: pending().length }),
  };

  return {
    lines,
    carry,
    heard,
    emit,
    pendingIds: () => pending().map(({ id }) => id),
    lose: (operation) => {
      const kept = lines.filter((line) => line.kind !== 'operation' || line.envelope.id !== operation);
      lines.splice(0, lines.length, ...kept);
    },
    loseEnd: (count) => {
      for (const line of lines.splice(lines.length - count, count)) {
        if (line.kind === 'verdict') verdicts.delete(line.verdict.id);
      }
      last = lines.at(-1)?.number ?? 0;
    },
    bridge: {
      ask: async (name, ...input) => {
        const answer = answers[name] as ((input: unknown) => Promise<never>) | undefined;
        if (!answer) throw new Error(`${name} is not part of this main process`);
        return answer(input[0]);
      },
      listen: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}
