/** What memory holds of one record: its state through every scope in which it is here, the newest of them, and what is shown. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { upcastRecord } from '../../../shared/core/upcast.ts';
import type { Base } from '../store/base.ts';
import type { Line } from '../store/lines.ts';
import type { Parsed } from './recent.ts';
import type { ScopeHashes } from './scope-hashes.ts';

export interface Held extends Parsed {
  /** One for each scope through which the record is here. */
  bases: readonly Base[];
  /** The newest of them. */
  base: Base | undefined;
  /** What is shown, as lists need it; undefined where nothing is. */
  line: Line | undefined;
  /** Merged into another one that stands for it. */
  isHidden: boolean;
  /** Parsed when somebody looks at it, and let go of again. */
  shown: RecordState | undefined;
  isFresh: boolean;
}

export const nothingHeld = (): Held => ({
  bases: [],
  base: undefined,
  line: undefined,
  isHidden: false,
  shown: undefined,
  isFresh: false,
  isUsed: false,
  isKept: false,
});

interface Setting {
  /** The district's present epoch. */
  readonly present: string;
  /** They follow every state that comes or goes. */
  readonly hashes: Pick<ScopeHashes, 'replace'>;
}

/** Spread with others, an array has room for sixteen more (V8): for each of a hundred thousand records. */
export const withBase = (bases: readonly Base[], before: Base | undefined, base: Base): readonly Base[] => {
  const others = bases.filter((one) => one !== before);
  return others.length === 0 ? [base] : [...others, base];
};

/** @returns whether another state is the newest now */
export function setBases(held: Held, bases: readonly Base[], { present, hashes }: Setting): boolean {
  hashes.replace(held.bases, bases);
  const [first, ...others] = bases;
  let base = first;
  for (const other of others) if (base && isNewer(other, base, present)) base = other;
  const before = held.base;
  held.bases = bases;
  held.base = base;
  return !(base === before || (base && before && base.epoch === before.epoch && base.text === before.text));
}

/**
 * Sequences compare within an epoch; after a restoration what the district says now counts (sync.md S8). Of two former lives the one that is
 * read later: what lies beside a block was written after it.
 */
export function isNewer(base: Base, known: Base, present: string): boolean {
  if (base.epoch === known.epoch) return base.seq > known.seq;
  return base.epoch === present || known.epoch !== present;
}

/** The row's seal vouches for its shape (law 8). */
export function parsed({ text }: Base, entity: AnyEntity | undefined): RecordState {
  const record = JSON.parse(text) as RecordState;
  return entity ? upcastRecord(record, entity) : record;
}
