/**
 * Whether an operation is accepted, and what the record is then. The desk asks it before anything is stored; the district asks the
 * very same function again with its own record. Pure: author, day and sequence come in with the operation.
 */
import type { Actor, Roles } from './access.ts';
import { shanghaiDay } from './calendar/day.ts';
import { stagesOf, type AnyEntity } from './entity.ts';
import { MOST_AT_ONCE } from './field/attachments.ts';
import { isAbsent, type FieldMap, type Values } from './field/base.ts';
import type { AnyField, Fields } from './field/field.ts';
import { reachable } from './field/stages.ts';
import { birthdayOf, type IdentityDocument } from './identity-document.ts';
import type { Operation } from './operation.ts';
import { own } from './own.ts';
import { isPairing } from './pairing.ts';
import { isPlacing } from './place.ts';
import { actionOf, mayPlace, problemsOfPlace } from './place-rules.ts';
import { basisIn, play, UNSEEN } from './play.ts';
import type { Problem } from './problem.ts';
import type { RecordState, Writer } from './record.ts';
import type { Refusal } from './refusal.ts';
import { ok, refuse, type Result } from './result.ts';
import { isReview } from './review-kinds.ts';
import { upcastOperation, upcastRecord } from './upcast.ts';
import { problemsIn, valuesSchema } from './values-schema.ts';

export interface Deciding {
  readonly entity: AnyEntity | undefined;
  readonly roles: Roles;
  /** The operation's author, with the rights that count now. */
  readonly actor: Actor;
  readonly epoch: string;
  /** The sequence that it would get; null on the desk. */
  readonly seq: number | null;
  /** Head of the district at the restoration that began the epoch: a basis of another epoch counts as at most this. */
  readonly restoredHead?: number;
  /** The operation names another record, which was merged into this one. */
  readonly isLanded?: boolean;
  /** A reviewer has answered for it: whether its author may do it now is not asked again (`review.ts`). */
  readonly isReviewed?: boolean;
}

export function decide(
  known: RecordState | undefined,
  given: Operation,
  { entity, roles, actor, epoch, seq, restoredHead = 0, isLanded = false, isReviewed = false }: Deciding,
): Result<RecordState, Refusal> {
  if (!entity) return refuse({ code: 'unknownEntity' });
  if (given.version > entity.version) return refuse({ code: 'newerVersion' });
  // Decided on the operations that it names, not on a record.
  if (isReview(given.kind))
    return refuse({ code: 'schema', problems: [{ code: 'malformed', field: 'kind' }] });
  const operation = upcastOperation(given, entity);
  const record = known && upcastRecord(known, entity);
  if (record === undefined && operation.kind !== 'create') return refuse({ code: 'unknownRecord' });
  const before = operation.kind === 'create' ? undefined : record;
  const basis = isLanded ? UNSEEN : basisIn(operation, epoch, restoredHead);
  const after = play(before, operation, { entity, seq, basis, isLanded });
  if (!isReviewed && !mayPlace(before, after, operation, { entity, roles, actor }))
    return refuse({ code: 'access' });
  if (record && operation.kind === 'create') return refuse({ code: 'recordExists' });

  const today = shanghaiDay(Date.parse(operation.at));
  const shape = [...problemsOfShape(record, operation, entity), ...problemsOfDays(operation, entity, today)];
  const place = problemsOfPlace(record, after, operation, entity);
  const problems = [...shape, ...place.filter(({ field }) => !shape.some((one) => one.field === field))];
  if (problems.length > 0) return refuse({ code: 'schema', problems });

  if (record) {
    const refusal = refusalOfState(record, operation, entity, basis);
    if (refusal) return refuse(refusal);
  }
  const sets = problemsOfSets(after, operation, entity);
  if (sets.length > 0) return refuse({ code: 'schema', problems: sets });
  const broken = brokenRule(record, after, operation, entity, today);
  return broken ? refuse(broken) : ok(after);
}

/** Each value against its field: what is written whole, what joins a set, what is appended. */
function problemsOfShape(
  record: RecordState | undefined,
  operation: Operation,
  entity: AnyEntity,
): readonly Problem[] {
  const { set = {}, add = {}, append = {} } = operation;
  if (isBare(operation.kind)) return strayParts(operation);
  const isNew = record === undefined;
  const written: Record<string, unknown> = { ...set, ...(isNew && add), ...append };
  const problems: Problem[] = [...problemsIn(written, valuesSchema(entity.fields, isNew ? 'whole' : 'part'))];
  for (const name of Object.keys(set)) {
    const field = fieldOf(entity, name);
    if (!field) continue;
    const isTemporaryNumber = isNew && name === entity.numberField && !isOfficial(set[name]);
    if (field.merge === 'server' && !isTemporaryNumber) problems.push({ code: 'malformed', field: name });
    if (field.merge === 'union' || field.merge === 'append')
      problems.push({ code: 'malformed', field: name });
    if (!isNew && field.fixed && !isAbsent(own(record.values, name)))
      problems.push({ code: 'fixed', field: name });
    if (!isNew && field.required && isAbsent(set[name])) problems.push({ code: 'required', field: name });
  }
  for (const name of [...Object.keys(add), ...Object.keys(operation.remove ?? {})]) {
    if (fieldOf(entity, name)?.merge !== 'union') problems.push({ code: 'malformed', field: name });
  }
  const crowded = crowdedField(operation, entity);
  if (crowded !== undefined)
    problems.push({ code: 'tooMany', field: crowded, details: { max: MOST_AT_ONCE } });
  for (const [name, added] of Object.entries(append)) {
    const isForged = (added as ({ by?: unknown } | null)[]).some((entry) => entry?.by !== operation.author);
    if (fieldOf(entity, name)?.merge !== 'append' || isForged)
      problems.push({ code: 'malformed', field: name });
  }
  return problems;
}

/** Attachments bring their small pictures along; so many that the operation grows out of hand are added in several. */
function crowdedField({ add = {} }: Operation, entity: AnyEntity): string | undefined {
  const names = Object.keys(add).filter((name) => fieldOf(entity, name)?.kind === 'attachments');
  const count = names.reduce((sum, name) => sum + (own(add, name)?.length ?? 0), 0);
  return count > MOST_AT_ONCE ? names.at(-1) : undefined;
}

/** What says nothing of the contents carries none: rights to share, to withdraw or to merge are not rights to write. */
const isBare = (kind: Operation['kind']): boolean =>
  isPlacing(kind) || isPairing(kind) || kind === 'withdraw' || kind === 'restore';

const strayParts = ({ set, add, remove, append, settles }: Operation): readonly Problem[] =>
  [...new Set([...Object.keys({ ...set, ...add, ...remove, ...append }), ...(settles ?? [])])].map(
    (field) => ({ code: 'malformed', field }),
  );

/** Sets are checked as they are after joining and leaving: least and most members count for the whole set. */
function problemsOfSets(after: RecordState, operation: Operation, entity: AnyEntity): readonly Problem[] {
  const names = new Set([...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})]);
  return [...names].flatMap((name) => {
    const field = fieldOf(entity, name);
    if (!field) return [];
    return problemsIn({ [name]: own(after.values, name) }, valuesSchema(alone(name, field), 'whole'));
  });
}

/** The same one for the same field, so that its schema is made once. */
function alone(name: string, field: AnyField): FieldMap {
  const known = madeAlone.get(field);
  if (known && name in known) return known;
  const made: FieldMap = { [name]: field };
  madeAlone.set(field, made);
  return made;
}

const madeAlone = new WeakMap<AnyField, FieldMap>();

/** Days after the author's own day, in entries and rows as well; nobody is born tomorrow. */
function problemsOfDays(operation: Operation, entity: AnyEntity, today: string): readonly Problem[] {
  const problems = daysIn(entity.fields as Fields, operation.set ?? {}, today, '');
  for (const [name, added] of Object.entries(operation.append ?? {})) {
    const field = fieldOf(entity, name);
    if (field?.kind !== 'entries') continue;
    for (const [index, entry] of added.entries()) {
      const values = (entry as { values?: Values } | null)?.values ?? {};
      problems.push(...daysIn(field.fields as Fields, values, today, `${name}.${index}.values.`));
    }
  }
  return problems;
}

/** Kinds that say a day, or hold fields that may. */
const DATED: ReadonlySet<AnyField['kind']> = new Set(['date', 'dateTime', 'identityDocument', 'rows']);

function daysIn(fields: Fields, values: Values, today: string, place: string): Problem[] {
  return Object.entries(values).flatMap(([name, value]): Problem[] => {
    const field = own(fields, name);
    if (!field || isAbsent(value) || !DATED.has(field.kind)) return [];
    if (!field.schema.safeParse(value).success) return [];
    if (field.kind === 'date' || field.kind === 'dateTime') {
      const isLate = field.notAfterToday && String(value).slice(0, 10) > today;
      return isLate ? [{ code: 'futureDate', field: place + name }] : [];
    }
    if (field.kind === 'identityDocument') {
      const isUnborn = (birthdayOf(value as IdentityDocument) ?? '') > today;
      return isUnborn ? [{ code: 'documentDate', field: `${place}${name}.number` }] : [];
    }
    if (field.kind !== 'rows') return [];
    return (value as readonly Values[]).flatMap((row, index) =>
      daysIn(field.fields as Fields, row, today, `${place}${name}.${index}.`),
    );
  });
}

const fieldOf = (entity: AnyEntity, name: string): AnyField | undefined => own(entity.fields as Fields, name);

const isOfficial = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || 'official' in value;

/** Stages that moved, archived records, withdrawals that the author had seen. */
function refusalOfState(
  record: RecordState,
  operation: Operation,
  entity: AnyEntity,
  basis: number,
): Refusal | undefined {
  const isSeen = (writer: Writer): boolean =>
    operation.after.includes(writer.operation) || (writer.seq !== null && writer.seq <= basis);
  const { withdrawn, merged } = record;
  // Neither sharing nor merging is an edit that could bring it back; a share is taken back and a merge undone at any time.
  const isOpen = ['restore', 'withdraw', 'unshare', 'unmerge'].includes(operation.kind);
  const isNoEdit = isPlacing(operation.kind) || isPairing(operation.kind);
  if (withdrawn && !isOpen && (isNoEdit || isSeen(withdrawn))) return { code: 'withdrawn' };
  const isAllowed = ['unshare', 'merge', 'unmerge'].includes(operation.kind);
  if (merged && !isAllowed && isSeen(merged)) return { code: 'merged' };

  const stages = stagesOf(entity);
  if (!stages || entity.stageField === undefined) return undefined;
  const stage = String(record.values[entity.stageField]);
  const writes = Object.keys({ ...operation.set, ...operation.add, ...operation.remove });
  const settles = operation.settles ?? [];
  const isAdvance = operation.kind === 'advance';
  if (
    stages.stages[stage]?.closed &&
    !isAdvance &&
    (operation.kind === 'withdraw' ||
      operation.kind === 'move' ||
      operation.kind === 'merge' ||
      writes.some((name) => !settles.includes(name)))
  ) {
    return { code: 'rule', rule: 'archived', problems: [{ code: 'archived', field: '' }] };
  }
  if (!isAdvance) return undefined;
  const { from = '', to = '' } = operation;
  if (!own(stages.stages, from)?.next.includes(to))
    return { code: 'schema', problems: [{ code: 'unknownChoice', field: entity.stageField }] };
  const isThere = reachable(stages, to).has(stage);
  return stage !== from && !isThere ? { code: 'stageMoved' } : undefined;
}

export function brokenRule(
  record: RecordState | undefined,
  after: RecordState,
  operation: Operation,
  entity: AnyEntity,
  today: string,
): Refusal | undefined {
  const stageOf = (state: RecordState | undefined): unknown => state?.values[entity.stageField ?? ''];
  // An advance towards a stage that was reached before changes nothing and asks for nothing.
  const isMoved = operation.kind === 'advance' && stageOf(record) !== stageOf(after);
  const stage = isMoved ? stagesOf(entity)?.stages[operation.to ?? ''] : undefined;
  const missing = (stage?.requires ?? []).filter((name) => isAbsent(after.values[name]));
  if (missing.length > 0) {
    return { code: 'schema', problems: missing.map((field): Problem => ({ code: 'required', field })) };
  }
  const reason = stage?.guard?.(after.values);
  if (reason) {
    return {
      code: 'rule',
      rule: `stage.${operation.to}`,
      problems: [{ code: 'notYet', field: '', details: { what: reason.zh } }],
    };
  }
  if (operation.kind === 'unshare' || isPairing(operation.kind)) return undefined;
  const before: Values | undefined = record?.values;
  for (const rule of entity.rules ?? []) {
    const problem = rule.check({ action: actionOf(operation), before, after: after.values, today });
    if (problem) return { code: 'rule', rule: rule.id, problems: [problem] };
  }
  return undefined;
}
