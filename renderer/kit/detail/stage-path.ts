/** The way of a record through its stages as one line: how it really got here, and how it usually goes on. Pure. */
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { StagesField } from '../../../shared/core/field/stages.ts';
import type { HistoryItem } from '../../core/desk.ts';

export interface PathStep {
  readonly stage: string;
  readonly standing: 'past' | 'now' | 'ahead';
}

/** `past` as history tells it; without it the line begins with the present stage, for a guess would be a false record. */
export function stagePath(
  field: StagesField,
  { now, past }: { readonly now: string; readonly past: readonly string[] },
): readonly PathStep[] {
  const known = new Set([...past, now]);
  const ahead: string[] = [];
  for (
    let next = field.stages[now]?.next[0];
    next !== undefined && !known.has(next);
    next = field.stages[next]?.next[0]
  ) {
    known.add(next);
    ahead.push(next);
  }
  return [
    ...past.map((stage): PathStep => ({ stage, standing: 'past' })),
    { stage: now, standing: 'now' },
    ...ahead.map((stage): PathStep => ({ stage, standing: 'ahead' })),
  ];
}

/** The stages before `now`, where the steps that are known form one way from the first stage to it; else none. */
export function wayTaken(entity: AnyEntity, now: string, history: readonly HistoryItem[]): readonly string[] {
  const initial = stagesOf(entity)?.initial;
  const way: string[] = [];
  let at = initial;
  for (const { operation, standing } of history) {
    if (operation.kind !== 'advance' || standing === 'refused' || standing === 'held') continue;
    if (operation.from !== at || at === undefined || operation.to === undefined) return [];
    way.push(at);
    at = operation.to;
    // Somebody who was here before came back: what lay between is told by the history, not by the line.
    const before = way.indexOf(at);
    if (before >= 0) way.length = before;
  }
  return at === now ? way : [];
}
