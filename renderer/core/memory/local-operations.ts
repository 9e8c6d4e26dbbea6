/**
 * The operations of this computer that the district's records do not contain yet, in the device's order: pending ones, confirmed ones
 * whose record has not come back, refused and held ones. Of everybody who uses it, as far as their keys are here: colleagues at one PC
 * see each other's unsent work. An operation leaves only when the record contains it, or when nothing of it may be read any more.
 */
import type { Operation } from '../../../shared/core/operation.ts';
import { isReview } from '../../../shared/core/review-kinds.ts';
import type { Unconfirmed } from '../../../shared/core/rebase.ts';
import type { Verdict } from '../../../shared/protocol/messages.ts';
import type { Standing } from '../desk.ts';
import type { Kept } from '../store/kept-operation.ts';

export interface LocalOperations {
  readonly get: (operation: string) => Kept | undefined;
  /** In the device's order. */
  readonly of: (record: string) => readonly Kept[];
  readonly all: () => readonly Kept[];
  /** Those of one standing, in no order: kept by hand, because the indicator asks after every change and there may be ten thousand. */
  readonly standing: (standing: Standing) => ReadonlyMap<string, Kept>;
  readonly put: (kept: Kept) => void;
  readonly remove: (operation: string) => void;
  /** Operations that this one was sent again as; undefined while its author has not dealt with it. */
  readonly into: (operation: string) => readonly string[] | undefined;
}

export const standingOf = ({ verdict }: { readonly verdict?: Verdict | undefined }): Standing =>
  verdict?.verdict ?? 'pending';

export const seqOf = ({ verdict }: { readonly verdict?: Verdict | undefined }): number | null =>
  verdict?.verdict === 'confirmed' ? verdict.seq : null;

/** Neither a decision nor what waits for one is part of the record that its author sees. */
export const isPlayed = ({ kind, handed }: Operation): boolean => !isReview(kind) && handed !== true;

/** What is played on top of a base; what was refused or held has no effect until it is judged anew. */
export const playedOf = (operations: readonly Kept[]): readonly Unconfirmed[] =>
  operations
    .filter((kept) => standingOf(kept) === 'pending' || standingOf(kept) === 'confirmed')
    .filter(({ operation }) => isPlayed(operation))
    .map((kept) => ({ operation: kept.operation, seq: seqOf(kept) }));

/** As the device made them: a line that was written again, after a restoration, stands later and changes nothing of that. */
export const inChain = (one: Pick<Kept, 'link'>, other: Pick<Kept, 'link'>): number =>
  one.link.number - other.link.number;

export function createLocalOperations(): LocalOperations {
  const byId = new Map<string, Kept>();
  const byRecord = new Map<string, Kept[]>();
  /**
   * Issued anew by their author: by the `corrects` of the new ones, so that a crash before the journal's `resolved` line forgets nothing. What
   * a reviewer at the same computer made of it is the reviewer's, and ends nothing.
   */
  const corrections = new Map<string, Map<string, string>>();
  const correctedBy = (operation: string): readonly string[] | undefined => {
    const author = byId.get(operation)?.operation.author;
    const found = [...(corrections.get(operation) ?? [])]
      .filter(([, by]) => author === undefined || by === author)
      .map(([id]) => id);
    return found.length > 0 ? found : undefined;
  };
  const byStanding: Readonly<Record<Standing, Map<string, Kept>>> = {
    pending: new Map(),
    confirmed: new Map(),
    refused: new Map(),
    held: new Map(),
  };
  let ordered: readonly Kept[] | undefined;

  function stands(id: string, kept: Kept | undefined): void {
    const before = byId.get(id);
    if (before) byStanding[standingOf(before)].delete(id);
    if (kept) byStanding[standingOf(kept)].set(id, kept);
  }

  const without = (record: string, operation: string): Kept[] =>
    (byRecord.get(record) ?? []).filter((kept) => kept.operation.id !== operation);

  return {
    get: (operation) => byId.get(operation),
    of: (record) => byRecord.get(record) ?? [],
    all: () => (ordered ??= [...byId.values()].sort(inChain)),
    standing: (standing) => byStanding[standing],
    put: (kept) => {
      const { id, record, corrects, author } = kept.operation;
      stands(id, kept);
      byId.set(id, kept);
      const rest = without(record, id);
      byRecord.set(record, [...rest, kept].sort(inChain));
      if (corrects !== undefined)
        corrections.set(corrects, (corrections.get(corrects) ?? new Map<string, string>()).set(id, author));
      ordered = undefined;
    },
    remove: (operation) => {
      const record = byId.get(operation)?.operation.record;
      stands(operation, undefined);
      byId.delete(operation);
      ordered = undefined;
      if (record === undefined) return;
      const rest = without(record, operation);
      if (rest.length > 0) byRecord.set(record, rest);
      else byRecord.delete(record);
    },
    into: (operation) => byId.get(operation)?.resolved ?? correctedBy(operation),
  };
}
