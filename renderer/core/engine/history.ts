/**
 * Who did what to one record: own operations at once, the district's as soon as it answers, and what it said last while there is no
 * network. Asked for once for each state of the record, so that a view that hears of news does not ask for ever.
 */
import { historyResponse, type HistoryResponse } from '../../../shared/protocol/messages.ts';
import type { HistoryItem } from '../desk.ts';
import { seqOf, standingOf } from '../memory/own-operations.ts';
import type { Kept } from '../store/kept-operation.ts';
import type { Engine } from './engine.ts';

export interface Histories {
  readonly of: (record: string) => Promise<readonly HistoryItem[]>;
}

export function createHistories(engine: Engine): Histories {
  /** Base sequence that the district was last asked at. */
  const askedAt = new Map<string, number>();

  async function fetchNews(record: string): Promise<void> {
    const seq = engine.records.baseOf(record)?.seq ?? 0;
    if (seq === 0 || askedAt.get(record) === seq) return;
    askedAt.set(record, seq);
    const answer = await engine.district.history(record);
    if (!answer.ok) {
      askedAt.delete(record);
      return;
    }
    const text = JSON.stringify(answer.value);
    if (text === (await engine.store.historyOf(record))) return;
    await engine.inOrder(() => engine.store.keepHistory(record, text));
    engine.topics.tell([record]);
  }

  return {
    of: async (record) => {
      // A disk that cannot be read now takes nothing of what memory knows.
      const kept = await engine.store.historyOf(record).catch(() => undefined);
      const contained = await engine.store.containedOf(record).catch(() => []);
      // In the background: the view draws what is here and hears of the rest.
      void fetchNews(record).catch(() => undefined);
      return merged(kept === undefined ? [] : operationsIn(kept), [...contained, ...engine.own.of(record)]);
    },
  };
}

function operationsIn(text: string): HistoryResponse['operations'] {
  const parsed = historyResponse.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.operations : [];
}

/** In the district's order, then what it has not judged in this device's. */
function merged(known: HistoryResponse['operations'], own: readonly Kept[]): readonly HistoryItem[] {
  const items = new Map<string, HistoryItem>();
  for (const kept of own) {
    items.set(kept.operation.id, { operation: kept.operation, standing: standingOf(kept), seq: seqOf(kept) });
  }
  for (const { operation, seq, receivedAt } of known) {
    items.set(operation.id, { operation, standing: 'confirmed', seq, receivedAt });
  }
  return [...items.values()].sort((one, other) => (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0);
}
