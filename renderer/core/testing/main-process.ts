/**
 * The main process in memory, as far as the engine sees it: the journal file, the carrier, and the rings of scope keys of everybody who
 * uses this computer, after electron/. What it holds outlives every window. Lines are numbered by the computer, verdicts get lines of
 * their own, and what was appended together stays together.
 */
import type {
  BridgeEvent,
  BridgeInput,
  BridgeName,
  BridgeOutput,
  JournalEntry,
} from '../../../shared/bridge.ts';
import type {
  HandshakeResponse,
  PushEntry,
  PushResponse,
  Verdict,
} from '../../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../../shared/protocol/version.ts';
import { createLinks, settledBy } from './links.ts';
import type { Main, Making } from './main.ts';

export interface MainProcess extends Main {
  readonly lines: JournalEntry[];
  readonly emit: (event: BridgeEvent) => void;
  /** What a handshake or a push says about the district's life. */
  readonly heardLife: (life: { readonly epoch: string; readonly restoredHead?: number | undefined }) => void;
  /** A file system that forgot the file's end. */
  readonly loseEnd: (lines: number) => void;
  /** A damaged stretch in the middle of the file. */
  readonly lose: (operation: string) => void;
}

const PAGE = 1000;

export function createMainProcess({ ringOf, push, now, setAside }: Making): MainProcess {
  const lines: JournalEntry[] = [];
  const listeners = new Set<(event: BridgeEvent) => void>();
  const links = createLinks();
  let ordinal = 0;
  let last = 0;
  const next = (): number => ++last;

  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const verdicts = new Map<string, Verdict>();
  const emit = (event: BridgeEvent): void => listeners.forEach((listener) => listener(event));
  const isDealtWith = (id: string): boolean =>
    lines.some((line) => line.kind === 'resolved' && line.operation === id);

  /** The district's last word for ever on an operation, which it recognises in another life. */
  const receipts = new Map<string, string>();
  const withReceipt = (entry: PushEntry): PushEntry => {
    const earlier = receipts.get(entry.envelope.id);
    return earlier === undefined ? entry : { ...entry, earlier };
  };

  const isSettled = ({ envelope }: PushEntry): boolean =>
    isDealtWith(envelope.id) && verdicts.get(envelope.id)?.verdict !== 'confirmed';

  /** What its author has dealt with goes out as that, and takes no effect any more. */
  const marked = (entry: PushEntry): PushEntry =>
    isSettled(entry) ? { ...entry, settled: settledBy(entry.envelope, entry.link) } : entry;

  /** In the order of the chain, each once. */
  const operations = (): readonly PushEntry[] =>
    [
      ...new Map(
        lines.flatMap((line) =>
          line.kind === 'operation'
            ? [[line.envelope.id, { envelope: line.envelope, link: line.link }] as const]
            : [],
        ),
      ).values(),
    ].sort((one, other) => one.link.number - other.link.number);
  const pending = () => operations().filter(({ envelope }) => !verdicts.has(envelope.id));
  const waiting = () =>
    operations()
      .filter(({ envelope }) => (verdicts.get(envelope.id)?.verdict ?? 'held') === 'held')
      .map(marked);

  function judge(answered: readonly Verdict[]): void {
    const news = answered.filter((verdict) => {
      const known = verdicts.get(verdict.id);
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
    for (const verdict of news) {
      verdicts.set(verdict.id, verdict);
      if (verdict.verdict !== 'held' && verdict.receipt !== undefined)
        receipts.set(verdict.id, verdict.receipt);
    }
    if (entries.length > 0) emit({ kind: 'verdicts', entries });
  }

  /** What the district does not know any more is pending again, in its old place of the chain (sync.md S8). */
  function offerAgain(lost: readonly PushEntry[]): void {
    for (const { envelope, link } of lost) {
      verdicts.delete(envelope.id);
      lines.push({ kind: 'operation', number: next(), envelope, link });
    }
    if (lost.length > 0) emit({ kind: 'verdicts', entries: [] });
  }

  let life: string | undefined;
  function heardLife({
    epoch,
    restoredHead = 0,
  }: {
    epoch: string;
    restoredHead?: number | undefined;
  }): void {
    if (life !== epoch) {
      offerAgain(
        operations().filter(({ envelope }) => {
          const verdict = verdicts.get(envelope.id);
          return (
            (verdict?.verdict === 'confirmed' && verdict.seq > restoredHead) || verdict?.verdict === 'refused'
          );
        }),
      );
    }
    life = epoch;
  }

  /** From a number on everything, because the district's chain ends before it; what its author has dealt with only closes the gap. */
  const sent = (from: number | undefined): readonly PushEntry[] => {
    if (from === undefined) return waiting();
    const behind = operations().filter(({ link }) => link.number >= from);
    const isRefused = ({ envelope }: PushEntry): boolean => verdicts.get(envelope.id)?.verdict === 'refused';
    offerAgain(behind.filter((entry) => isRefused(entry) && !isDealtWith(entry.envelope.id)));
    return behind.map(marked);
  };

  async function carry(): Promise<void> {
    let from: number | undefined;
    for (let round = 0; round < 3; round++) {
      const entries = sent(from).slice(0, 500).map(withReceipt);
      if (entries.length === 0) return;
      const answered = await push({ protocol: PROTOCOL, entries: [...entries] });
      if (answered?.status !== 200) return;
      const answer = JSON.parse(await answered.text()) as PushResponse;
      heardLife(answer);
      judge(answer.verdicts);
      if (answer.expects === undefined) return;
      from = answer.expects;
    }
  }

  function append(person: string, given: BridgeInput<'journal.append'>['entries']): readonly JournalEntry[] {
    // The last line of an operation counts: it may have been offered again.
    const known = new Map(
      lines.flatMap((line) => (line.kind === 'operation' ? [[line.envelope.id, line] as const] : [])),
    );
    if (given.some(({ envelope }) => known.has(envelope.id))) {
      return given.map(({ envelope }) => {
        const line = known.get(envelope.id);
        if (!line) throw new Error('half a group was known');
        return line;
      });
    }
    const made = given.map(({ envelope, link }): JournalEntry => {
      if (!link && envelope.author !== person) throw new Error('somebody else’s entry without its link');
      return { kind: 'operation', number: next(), envelope, link: link ?? links.next(envelope) };
    });
    lines.push(...made);
    return made;
  }

  type Answers = { readonly [N in BridgeName]?: (input: BridgeInput<N>) => Promise<BridgeOutput<N>> };
  const answersTo = (person: string): Answers => ({
    'scopes.open': async ({ scopes }) => ({ keys: [...(await ringOf(person).open(scopes))] }),
    'scopes.begin': async ({ scope }) => ({ key: ringOf(person).begin(scope) }),
    'scopes.leave': async ({ scopes }) => ({ gone: [...ringOf(person).leave(scopes)] }),
    'journal.append': async ({ entries }) => ({
      entries: append(person, entries).flatMap((line) =>
        line.kind === 'operation' ? [{ number: line.number, link: line.link }] : [],
      ),
    }),
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
    'attachments.keep': async ({ bytes }) => {
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
      const file = Buffer.from(digest).toString('base64url');
      files.set(file, new Uint8Array(bytes));
      return { file };
    },
    'attachments.states': async ({ files: asked }) => ({
      states: asked.map((file) => (files.has(file) ? ('waiting' as const) : ('absent' as const))),
    }),
    'attachments.read': async ({ file }) => {
      const bytes = files.get(file);
      return bytes ? { bytes } : {};
    },
    'attachments.fetch': async () => ({ came: 'unreachable' as const }),
    'attachments.uploads': async () => ({ waiting: 0, bytes: 0, done: 0 }),
    'carrier.push': async () => undefined,
    'carrier.state': async () => ({ online: true, since: now(), pending: pending().length }),
  });

  return {
    lines,
    carry,
    heardLife,
    heard: (handshake) => heardLife(JSON.parse(handshake) as HandshakeResponse),
    emit,
    pendingIds: () => pending().map(({ envelope }) => envelope.id),
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
    bridgeOf: (person) => {
      const answers = answersTo(person);
      return {
        ask: async (name, ...input) => {
          const answer = answers[name] as ((input: unknown) => Promise<never>) | undefined;
          if (!answer) throw new Error(`${name} is not part of this main process`);
          return answer(input[0]);
        },
        listen: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      };
    },
  };
}
