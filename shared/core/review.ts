/**
 * Review (sync.md S14): what the district holds because its author had the right and lost it, because the computer was revoked, or
 * because its author hands it over, waits for a person. Who that may be, and whether a decision is one. Pure; both sides ask it.
 *
 * What somebody may not read, they do not review: neither a supervisor nor a handler sees a confidential matter that does not name them.
 */
import { isWithin, mayRead, mayReadRecord, type Actor, type Roles } from './access.ts';
import { readersIn } from './entity.ts';
import type { Operation } from './operation.ts';
import { isPairing } from './pairing.ts';
import { isPlacing } from './place.ts';
import { mayPlace, type Asking } from './place-rules.ts';
import { play } from './play.ts';
import type { Problem } from './problem.ts';
import type { RecordState } from './record.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { isReview } from './review-kinds.ts';
import { parseScope, type Scope } from './scope.ts';
import { upcastOperation, upcastRecord } from './upcast.ts';

/** Reasons for which an operation waits for a person's decision. */
const REVIEWED: readonly RefusalCode[] = ['access', 'revoked', 'handed', 'restored'];

export const isForReview = ({ code }: Refusal): boolean => REVIEWED.includes(code);

/** A held operation and the record that it is about, where there is one. */
export interface ToReview {
  readonly operation: Operation;
  readonly record: RecordState | undefined;
  /** The second record that a merge is about. */
  readonly other?: RecordState | undefined;
}

/** Whoever answers for others where it would land, or could do this very thing now. */
export function mayReview({ operation: given, record: known, other }: ToReview, asking: Asking): boolean {
  const { entity, roles, actor } = asking;
  if (given.version > entity.version || isReview(given.kind)) return false;
  const operation = upcastOperation(given, entity);
  const before = operation.kind === 'create' || !known ? undefined : upcastRecord(known, entity);
  if (!before && operation.kind !== 'create') return false;
  if (isPairing(operation.kind) && !(other && mayReadRecord(actor, other, roles))) return false;
  const after = play(before, operation, { entity, seq: null, basis: 0 });
  const home = parseScope((before ?? after).scope);
  if (!home || (operation.author === actor.id && home.form === 'area')) return false;
  if (home.form === 'area' && supervises(actor, home.area, roles) && mayRead(actor, home, roles))
    return isPlacing(operation.kind) || mayReadWhere(after, home, asking);
  return couldDo(before, after, operation, asking);
}

function couldDo(
  before: RecordState | undefined,
  after: RecordState,
  operation: Operation,
  asking: Asking,
): boolean {
  // A matter that begins says itself whom it names.
  const mayKnow = before !== undefined || mayReadRecord(namedIn(after, asking), after, asking.roles);
  return mayKnow && mayPlace(before, after, operation, asking);
}

/** Kinds that a person writes with a form, and can write in their own name as well. */
const WRITTEN: readonly Operation['kind'][] = ['create', 'change', 'advance'];

/** Whether a reviewer could write this themselves instead of its author: by a form, and with rights of their own. */
export function mayTakeOver({ operation: given, record: known }: ToReview, asking: Asking): boolean {
  const { entity } = asking;
  if (!WRITTEN.includes(given.kind) || given.version > entity.version) return false;
  const operation = upcastOperation(given, entity);
  const before = operation.kind === 'create' || !known ? undefined : upcastRecord(known, entity);
  if (!before && operation.kind !== 'create') return false;
  return couldDo(before, play(before, operation, { entity, seq: null, basis: 0 }), operation, asking);
}

const supervises = ({ grants }: Pick<Actor, 'grants'>, area: string, roles: Roles): boolean =>
  grants.some(
    (grant) =>
      Object.hasOwn(roles, grant.role) &&
      roles[grant.role]?.supervises === true &&
      isWithin(area, grant.area),
  );

/** Where a change of class would take it, too. */
function mayReadWhere({ scope }: RecordState, home: Scope, { roles, actor }: Asking): boolean {
  const lands = parseScope(scope);
  return lands !== undefined && (lands.form === home.form ? mayRead(actor, lands, roles) : false);
}

const namedIn = ({ id, values }: RecordState, { entity, actor }: Asking): Actor => ({
  ...actor,
  isNamed: (record) =>
    record === id && 'readers' in entity.scope
      ? readersIn(entity, values).includes(actor.id)
      : (actor.isNamed?.(record) ?? false),
});

/** What is wrong with a decision by itself, before anything is looked up. */
export function problemsOfDecision({ kind, reviews, words, ...decision }: Operation): readonly Problem[] {
  const { set, add, remove, append, settles } = decision;
  const stray = [...Object.keys({ ...set, ...add, ...remove, ...append }), ...(settles ?? [])];
  return [
    ...[...new Set(stray)].map((field): Problem => ({ code: 'malformed', field })),
    ...(reviews === undefined ? [{ code: 'required', field: 'reviews' } as const] : []),
    ...(kind === 'decline' && (words ?? '').trim() === ''
      ? [{ code: 'required', field: 'words' } as const]
      : []),
  ];
}

/** One decision names no more. */
const MOST_TOGETHER = 200;

/**
 * What a person decides on in one go: an operation that waits for it, then whatever of the same author was built on it or is in one group
 * with it.
 *
 * @param waiting in the order in which they were written
 * @param isOpen whether it waits for a decision by itself, and not only for another one
 */
export function togetherForReview<T extends { readonly operation: Operation }>(
  waiting: readonly T[],
  isOpen: (item: T) => boolean,
): readonly (readonly T[])[] {
  const cases: T[][] = [];
  const caseOf = new Map<string, T[]>();
  for (const item of waiting) {
    const { id, author, after, group } = item.operation;
    const keys = [...after, ...(group ? [group.id] : [])].map((key) => `${author}|${key}`);
    const known = keys
      .map((key) => caseOf.get(key))
      .find((one) => one !== undefined && one.length < MOST_TOGETHER);
    const joined = known ?? [];
    joined.push(item);
    if (!known) cases.push(joined);
    for (const key of [id, ...(group ? [group.id] : [])]) caseOf.set(`${author}|${key}`, joined);
  }
  return cases.flatMap((items) => {
    const first = items.find(isOpen);
    return first ? [[first, ...items.filter((item) => item !== first)]] : [];
  });
}
