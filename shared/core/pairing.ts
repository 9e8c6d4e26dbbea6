/**
 * What is said of two records of one kind, written into the first of them: that it is the same as the other, which stands for it from
 * then on (`merge`); that it is not after all (`unmerge`); that somebody has looked and they are two (`distinguish`). A merged record
 * keeps everything that it had and leads to its survivor; nothing that points to it is rewritten.
 */
import type { Operation } from './operation.ts';
import type { RecordState, Writer } from './record.ts';

export type PairingKind = 'merge' | 'unmerge' | 'distinguish';

export const isPairing = (kind: Operation['kind']): kind is PairingKind =>
  kind === 'merge' || kind === 'unmerge' || kind === 'distinguish';

/** Only these are written for whoever stands for the record now; the others are about this record alone. */
export const isEdit = (kind: Operation['kind']): boolean => kind === 'change' || kind === 'advance';

export type Marks = Pick<RecordState, 'merged' | 'absorbed' | 'distinct'>;

export function marksAfter(start: Marks, { kind, other }: Operation, writer: Writer): Marks {
  const { merged, absorbed, distinct } = start;
  if (other === undefined) return marks({ merged, absorbed, distinct });
  if (kind === 'distinguish') return marks({ merged, absorbed, distinct: joined(distinct, [other]) });
  // The first one counts; a merge that was undone or done otherwise meanwhile is not undone again.
  if (kind === 'merge')
    return marks({
      merged: merged ?? { ...writer, into: other },
      absorbed,
      distinct: without(distinct, [other]),
    });
  const isUndone = kind === 'unmerge' && merged?.into === other;
  return marks({ merged: isUndone ? undefined : merged, absorbed, distinct });
}

/** What stood for these records stands for them no longer, or begins to. */
export const absorbing = (survivor: RecordState, records: readonly string[]): RecordState =>
  remarked(survivor, joined(survivor.absorbed, records));

export const releasing = (survivor: RecordState, records: readonly string[]): RecordState =>
  remarked(survivor, without(survivor.absorbed, records));

/** Itself and all that it stands for. */
export const allIn = ({ id, absorbed = [] }: RecordState): readonly string[] => [id, ...absorbed];

/** The records that stand for this one, the nearest first, as far as they are known here; a circle ends where it began. */
export function survivorsOf(
  record: RecordState,
  find: (id: string) => RecordState | undefined,
): readonly RecordState[] {
  const met = new Set([record.id]);
  const chain: RecordState[] = [];
  for (let into = record.merged?.into; into !== undefined && !met.has(into);) {
    met.add(into);
    const next = find(into);
    if (!next) break;
    chain.push(next);
    into = next.merged?.into;
  }
  return chain;
}

function remarked(record: RecordState, absorbed: readonly string[]): RecordState {
  const { absorbed: _, ...rest } = record;
  return { ...rest, ...marks({ absorbed: [...absorbed] }) };
}

const joined = (known: readonly string[] = [], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].sort();
const without = (known: readonly string[] = [], gone: readonly string[]): string[] =>
  known.filter((id) => !gone.includes(id));

const marks = ({
  merged,
  absorbed = [],
  distinct = [],
}: { [Name in keyof Marks]: Marks[Name] | undefined }): Marks => ({
  ...(merged && { merged }),
  ...(absorbed.length > 0 && { absorbed }),
  ...(distinct.length > 0 && { distinct }),
});
