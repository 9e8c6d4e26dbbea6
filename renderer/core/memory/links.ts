/**
 * Which records are spoken of together, because one stands for another or did: they are recomputed together, whatever order their states
 * arrive in. Links only grow while the desk is open: one too many costs a moment, one too few would show something old.
 */
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';

export interface Links {
  readonly note: (id: string, others: readonly string[]) => void;
  /** Itself and everything that it is linked with, however far; itself alone for nearly all. */
  readonly around: (id: string) => readonly string[];
}

export function createLinks(): Links {
  const edges = new Map<string, Set<string>>();
  const join = (one: string, other: string): void => {
    const known = edges.get(one);
    if (known) known.add(other);
    else edges.set(one, new Set([other]));
  };
  return {
    note: (id, others) => {
      for (const other of others) {
        join(id, other);
        join(other, id);
      }
    },
    around: (id) => {
      if (!edges.has(id)) return [id];
      const found = new Set([id]);
      // A set is walked to its end, also to what is added on the way.
      for (const one of found) for (const other of edges.get(one) ?? []) found.add(other);
      return [...found];
    },
  };
}

/** Whether it is worth parsing the record for its links; a value that reads alike costs a look and no more. */
export const mayBeLinked = (text: string): boolean =>
  text.includes('"merged":') || text.includes('"absorbed":');

export const linkedIn = ({ merged, absorbed = [] }: RecordState): readonly string[] =>
  merged ? [merged.into, ...absorbed] : absorbed;

export const linkedBy = (operations: readonly Operation[]): readonly string[] =>
  operations.flatMap(({ kind, other }) => (kind === 'merge' && other !== undefined ? [other] : []));
