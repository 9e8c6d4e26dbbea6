/**
 * Who did what to one record: this computer's operations at once, the district's as soon as it answers, and what it said last while there is no
 * network. Asked for once for each state of the record, so that a view that hears of news does not ask for ever.
 */
import { historyResponse, type HistoryResponse } from '../../../shared/protocol/messages.ts';
import type { HistoryItem } from '../desk.ts';
import { seqOf, standingOf } from '../memory/local-operations.ts';
import { jsonIn } from '../store/json-in.ts';
import type { Kept } from '../store/kept-operation.ts';
import type { Engine } from './engine.ts';

export interface Histories {
  readonly of: (record: string) => Promise<readonly HistoryItem[]>;
}

export function createHistories(engine: Engine): Histories {
  /** Base sequence that the district was last asked at. */
  const askedAt = new Map<string, number>();

  const kept = (record: string): Promise<string | undefined> =>
    engine.store.historyOf(record, engine.records.viasOf(record));

  async function fetchNews(record: string): Promise<void> {
    const seq = engine.records.baseOf(record)?.seq ?? 0;
    if (seq === 0 || engine.isNewerStore || askedAt.get(record) === seq) return;
    askedAt.set(record, seq);
    const answer = await engine.district.history(record);
    if (!answer.ok) {
      askedAt.delete(record);
      return;
    }
    const text = JSON.stringify(answer.value);
    if (text === (await kept(record))) return;
    await engine.inOrder(async () => {
      const [via] = engine.records.viasOf(record);
      // Lost while the answer was under way: then it is not for this person any more.
      if (via !== undefined) await engine.store.keepHistory(record, via, text);
    });
    engine.topics.tell([record]);
  }

  return {
    of: async (asked) => {
      // Of everything that the record stands for as well: a person has one history.
      const ids = engine.records.idsFor(asked);
      const items = await Promise.all(ids.map(historyOf));
      return ids.length > 1 ? inDistrictsOrder(items.flat()) : (items[0] ?? []);
    },
  };

  async function historyOf(record: string): Promise<readonly HistoryItem[]> {
    // A disk that cannot be read now takes nothing of what memory knows.
    const known = await kept(record).catch(() => undefined);
    const contained = await engine.store.containedOf(record).catch(() => []);
    // In the background: the view draws what is here and hears of the rest.
    void fetchNews(record).catch(() => undefined);
    return merged(known === undefined ? [] : operationsIn(known), [
      ...contained,
      ...engine.operations.of(record),
    ]);
  }
}

function operationsIn(text: string): HistoryResponse['operations'] {
  const parsed = historyResponse.safeParse(jsonIn(text));
  return parsed.success ? [...parsed.data.operations, ...(parsed.data.decisions ?? [])] : [];
}

/** In the district's order, then what it has not judged in this device's. */
function merged(known: HistoryResponse['operations'], local: readonly Kept[]): readonly HistoryItem[] {
  const items = new Map<string, HistoryItem>();
  for (const kept of local) {
    items.set(kept.operation.id, { operation: kept.operation, standing: standingOf(kept), seq: seqOf(kept) });
  }
  for (const { operation, seq, receivedAt } of known) {
    items.set(operation.id, { operation, standing: 'confirmed', seq, receivedAt });
  }
  return inDistrictsOrder(withReviewers([...items.values()]));
}

/** What let an operation through stands with it; what turned one down is a line of its own. */
function withReviewers(items: readonly HistoryItem[]): readonly HistoryItem[] {
  const accepted = items.filter(({ operation }) => operation.kind === 'accept');
  const reviewers = new Map(
    accepted
      .filter(({ standing }) => standing === 'confirmed')
      .flatMap(({ operation }) => (operation.reviews ?? []).map((id) => [id, operation.author] as const)),
  );
  return items
    .filter((item) => !accepted.includes(item))
    .map((item) => {
      const reviewedBy = item.standing === 'confirmed' ? reviewers.get(item.operation.id) : undefined;
      return reviewedBy === undefined ? item : { ...item, reviewedBy };
    });
}

const inDistrictsOrder = (items: readonly HistoryItem[]): readonly HistoryItem[] =>
  [...items].sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0);
