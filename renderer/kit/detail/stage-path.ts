/** The way of a record through its stages as one line: how it got here (the shortest way) and how it usually goes on. Pure. */
import type { StagesField } from '../../../shared/core/field/stages.ts';

export interface PathStep {
  readonly stage: string;
  readonly standing: 'past' | 'now' | 'ahead';
}

export function stagePath(field: StagesField, now: string): readonly PathStep[] {
  const past = shortestWay(field, now);
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

/** Stages before `to` on the shortest way from the first one; none where there is no way. */
function shortestWay(field: StagesField, to: string): readonly string[] {
  const before = new Map<string, string>();
  const waiting = [field.initial];
  const seen = new Set(waiting);
  for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
    for (const next of field.stages[stage]?.next ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      before.set(next, stage);
      waiting.push(next);
    }
  }
  const way: string[] = [];
  for (let stage = before.get(to); stage !== undefined; stage = before.get(stage)) way.unshift(stage);
  return way;
}
