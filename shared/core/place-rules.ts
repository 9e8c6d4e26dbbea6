/** Who may bring a record into being, into a place or out of it, and what stands against the place that an operation asks for. */
import { holdsRole, mayDo, mayDoTo, mayRead, type Action, type Actor, type Roles } from './access.ts';
import { readersIn, type AnyEntity, type AreaLevel } from './entity.ts';
import type { Operation } from './operation.ts';
import { isPairing } from './pairing.ts';
import { isPlacing, shareTarget } from './place.ts';
import type { Problem } from './problem.ts';
import type { RecordState } from './record.ts';
import { isReview } from './review-kinds.ts';
import { parseScope } from './scope.ts';

/** Levels of the area tree by the digits of their codes. */
const DIGITS: Readonly<Record<AreaLevel, number>> = { district: 6, subdistrict: 9, committee: 12 };
const DISTRICT = DIGITS.district;

export function actionOf({ kind }: Operation): Action {
  if (kind === 'restore') return 'withdraw';
  if (isPairing(kind)) return 'merge';
  if (isReview(kind)) return 'change';
  return kind === 'unshare' ? 'share' : kind;
}

export interface Asking {
  readonly entity: AnyEntity;
  readonly roles: Roles;
  readonly actor: Actor;
}

/** @param after the record as playing would leave it */
export function mayPlace(
  before: RecordState | undefined,
  after: RecordState,
  operation: Operation,
  asking: Asking,
): boolean {
  if (!before) return mayCreate(after, asking);
  const { entity, roles, actor } = asking;
  const known = { ...actor, isNamed: namedIn(before, asking) };
  if (!mayDoTo(known, actionOf(operation), entity.access, before, roles)) return false;
  const isReclassified = before.scope !== after.scope && operation.kind !== 'move';
  const home = isReclassified ? parseScope(after.scope) : undefined;
  return !home || mayDo(actor, 'create', entity.access, home, roles);
}

/** Whether the person may bring this record into being where it would be at home; the screens ask it before there is an operation. */
export function mayCreate(
  record: Pick<RecordState, 'id' | 'area' | 'scope'>,
  { entity, roles, actor }: Asking,
): boolean {
  if (!holdsRole(actor, 'create', entity.access, record.area)) return false;
  const home = parseScope(record.scope);
  // Its own readers are only named by what is written: that they include the author is asked of the values.
  const isOwnMatter = home?.form === 'readers' && home.record === record.id;
  return !home || isOwnMatter || mayRead(actor, home, roles);
}

/** The record itself says whom it names; nobody needs to look that up. */
const namedIn =
  ({ id, values }: RecordState, { entity, actor }: Asking) =>
  (record: string): boolean =>
    record === id ? readersIn(entity, values).includes(actor.id) : (actor.isNamed?.(record) ?? false);

/** What is wrong with the place that the operation asks for. */
export function problemsOfPlace(
  before: RecordState | undefined,
  after: RecordState,
  operation: Operation,
  entity: AnyEntity,
): readonly Problem[] {
  const { level } = entity.scope;
  const isOnLevel = level ? after.area.length === DIGITS[level] : isCode(after.area);
  if (!before) return isOnLevel ? problemsOfReaders(after, operation, entity) : [malformed('area')];
  if (operation.kind === 'move')
    return operation.area !== undefined && isOnLevel && isSameDistrict(operation.area, before)
      ? []
      : [malformed('area')];
  return isPlacing(operation.kind)
    ? problemsOfSharing(before, operation)
    : problemsOfReaders(after, operation, entity);
}

function problemsOfSharing(before: RecordState, operation: Operation): readonly Problem[] {
  const home = parseScope(before.scope);
  if (home?.form === 'readers') return [{ code: 'confidential', field: '' }];
  const target = home && operation.with && shareTarget(home, operation.with);
  if (target?.form === 'person') return parseScope(`person/${target.person}`) ? [] : [malformed('with')];
  const isArea = target?.form === 'area' && isCode(target.area) && isSameDistrict(target.area, before);
  return isArea ? [] : [malformed('with')];
}

/** A confidential matter is never left without a reader, nor begun by somebody whom it does not name. */
function problemsOfReaders(after: RecordState, operation: Operation, entity: AnyEntity): readonly Problem[] {
  if (!('readers' in entity.scope)) return [];
  const field: string = entity.scope.readers;
  const readers = readersIn(entity, after.values);
  if (readers.length === 0) return [{ code: 'required', field }];
  const isLocked = operation.kind === 'create' && !readers.includes(operation.author);
  return isLocked ? [{ code: 'notNamed', field }] : [];
}

const isCode = (area: string): boolean => Object.values(DIGITS).includes(area.length);
const isSameDistrict = (area: string, { area: home }: RecordState): boolean =>
  area.slice(0, DISTRICT) === home.slice(0, DISTRICT);
const malformed = (field: string): Problem => ({ code: 'malformed', field });
