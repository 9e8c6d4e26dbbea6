/**
 * Random people, records and operations over any registry, for comparing one judgement of rights with another: the core's with the
 * reference policy, the judge's and the database's with both. The same seed says the same for ever.
 *
 * `triples(registry, seed, count)` → a small world with two districts:
 *   areas    code → code of the area around it (undefined for a district)
 *   people   actors with grants; `isNamed` answers from `readers`
 *   records  in all scope forms that the registry has, with shares; each is what playing its operations yields
 *   readers  record → the people whom it names
 *   triples  { person, record, operation, before, after }: the person tries the operation on the record (`before` is the record,
 *            or undefined at a creation, which makes another one like it); `after` is what playing would make of it
 * Values are only as whole as rights need them: other refusals than `access` are to be expected.
 */
import { seededSource, type SeededSource } from '../../testing/random.ts';
import type { Actor, Grant } from '../access.ts';
import { readersIn, type AnyEntity } from '../entity.ts';
import type { Values } from '../field/base.ts';
import type { AnyField, Fields } from '../field/field.ts';
import type { Reference } from '../field/reference.ts';
import { newId } from '../id.ts';
import type { Operation, SharedWith } from '../operation.ts';
import { isPairing } from '../pairing.ts';
import { play } from '../play.ts';
import type { RecordState } from '../record.ts';
import type { Registry } from '../registry.ts';

export interface Triple {
  readonly person: Actor;
  readonly record: RecordState;
  readonly operation: Operation;
  readonly before: RecordState | undefined;
  readonly after: RecordState;
}

export interface TripleWorld {
  readonly areas: ReadonlyMap<string, string | undefined>;
  readonly people: readonly Actor[];
  readonly records: readonly RecordState[];
  readonly readers: ReadonlyMap<string, readonly string[]>;
  readonly triples: readonly Triple[];
}

const KINDS = [
  ...(['create', 'change', 'advance', 'withdraw', 'restore', 'share', 'unshare', 'move'] as const),
  ...(['merge', 'unmerge', 'distinguish'] as const),
];
const DIGITS = { district: 6, subdistrict: 9, committee: 12 } as const;
const AT = Date.parse('2026-11-23T02:00:00.000Z');
const PEOPLE = 80;
const RECORDS_OF_A_KIND = 40;

export function triples(registry: Registry, seed: number, count: number): TripleWorld {
  const source = seededSource(seed);
  const areas = treeOf(['310104', '310112']);
  const readers = new Map<string, readonly string[]>();
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    personOf(source, registry, areas, readers, index),
  );
  const records: RecordState[] = [];
  const writer: Writing = { source, areas, people, records };
  // Confidential matters first: what belongs to one points to it.
  const entities = [...registry.entities.values()].sort((one, other) => rank(one) - rank(other));
  for (const entity of entities) {
    for (let index = 0; index < RECORDS_OF_A_KIND; index++) {
      const record = recordOf(writer, entity);
      records.push(record);
      readers.set(record.id, readersIn(entity, record.values));
    }
  }
  const tried = Array.from({ length: count }, (): Triple => {
    const record = source.pick(records);
    const entity = registry.entities.get(record.entity) as AnyEntity;
    const near = people.filter((person) => isNear(person, record));
    const person = source.pick(near.length > 0 && source.chance(0.7) ? near : people);
    const operation = operationOn(writer, record, entity, person);
    const before = operation.kind === 'create' ? undefined : record;
    return { person, record, operation, before, after: playOn(before, operation, entity) };
  });
  return { areas, people, records, readers, triples: tried };
}

interface Writing {
  readonly source: SeededSource;
  readonly areas: ReadonlyMap<string, string | undefined>;
  readonly people: readonly Actor[];
  readonly records: readonly RecordState[];
}

/** Two streets in every district, two committees in every street. */
function treeOf(districts: readonly string[]): Map<string, string | undefined> {
  const inside = (area: string): string[] => [`${area}001`, `${area}002`];
  return new Map(
    districts.flatMap((district): (readonly [string, string | undefined])[] => [
      [district, undefined],
      ...inside(district).flatMap((street): (readonly [string, string])[] => [
        [street, district],
        ...inside(street).map((committee) => [committee, street] as const),
      ]),
    ]),
  );
}

function personOf(
  source: SeededSource,
  { roles }: Registry,
  areas: Writing['areas'],
  readers: ReadonlyMap<string, readonly string[]>,
  index: number,
): Actor {
  const id = newId('person', AT, source.bytes);
  const grants: Grant[] = [];
  let area = source.pick([...areas.keys()]);
  // The first has no role at all, the second one that nobody declared.
  if (index === 1) grants.push({ role: 'constructor', area });
  for (let more = index > 1; more; more = source.chance(0.5)) {
    grants.push({ role: source.pick(Object.keys(roles)), area });
    if (source.chance(0.3)) area = source.pick([...areas.keys()]);
  }
  return {
    id,
    grants,
    isNamed: (record) => readers.get(record)?.includes(id) ?? false,
  };
}

function recordOf(writing: Writing, entity: AnyEntity): RecordState {
  const { source } = writing;
  let record = playOn(undefined, creationOf(writing, entity, source.pick(writing.people)), entity);
  while (source.chance(0.3)) {
    const shared = { kind: 'share', with: targetOf(writing, record), set: {} } as const;
    record = playOn(record, { ...stampOf(writing, record, source.pick(writing.people)), ...shared }, entity);
  }
  return record;
}

function operationOn(writing: Writing, record: RecordState, entity: AnyEntity, person: Actor): Operation {
  const { source, areas } = writing;
  const isByValues = 'class' in entity.scope && typeof entity.scope.class !== 'string';
  // What may give a record another class is tried more often.
  const kind = isByValues && source.chance(0.6) ? 'change' : source.pick(KINDS);
  if (kind === 'create') {
    const made = creationOf(writing, entity, person);
    // A note on the matter at hand, or a matter of one's own: without these hardly any creation would be allowed.
    return source.chance(0.7)
      ? { ...made, area: record.area, set: { ...made.set, ...likely(record, person, entity) } }
      : made;
  }
  const stamp = stampOf(writing, record, person);
  if (kind === 'share' || kind === 'unshare') return { ...stamp, kind, with: targetOf(writing, record) };
  if (kind === 'move') return { ...stamp, kind, area: source.pick([...areas.keys()]) };
  if (isPairing(kind)) return { ...stamp, kind, other: otherThan(writing, record) };
  if (kind !== 'change') return { ...stamp, kind };
  const choices = Object.entries(entity.fields as Fields).filter(([, field]) => field.kind === 'choice');
  const chosen = choices.length > 0 ? [source.pick(choices)] : [];
  return {
    ...stamp,
    kind,
    set: Object.fromEntries(chosen.flatMap(([name, field]) => valueOf(writing, name, field))),
  };
}

const otherThan = ({ source, records }: Writing, { entity }: RecordState): string =>
  source.pick(records.filter((one) => one.entity === entity)).id;

function likely(record: RecordState, { id }: Actor, { scope }: AnyEntity): Values {
  if ('readersOf' in scope) return { [scope.readersOf]: record.values[scope.readersOf] };
  if ('readers' in scope) return { [scope.readers]: [{ id, title: '本人' }] };
  return 'person' in scope ? { [scope.person]: { id, title: '本人' } } : {};
}

function creationOf(writing: Writing, entity: AnyEntity, { id: author }: Actor): Operation {
  const { source, areas } = writing;
  const level = entity.scope.level;
  const fitting = [...areas.keys()].filter((area) => !level || area.length === DIGITS[level]);
  const fields = Object.entries(entity.fields as Fields);
  const set = Object.fromEntries(fields.flatMap(([name, field]) => valueOf(writing, name, field)));
  const record = { id: newId(entity.name, AT, source.bytes), entity: entity.name, version: entity.version };
  return {
    ...stampOf(writing, record, { id: author, grants: [] }),
    kind: 'create',
    area: source.pick(fitting),
    set,
  };
}

function stampOf(
  { source }: Writing,
  { id, entity, version }: Pick<RecordState, 'id' | 'entity' | 'version'>,
  { id: author }: Actor,
): Omit<Operation, 'kind'> {
  const at = new Date(AT).toISOString();
  const basis = { epoch: 'epoch-1', seq: 1 };
  const operation = newId('operation', AT, source.bytes);
  return {
    v: 1,
    id: operation,
    entity,
    version,
    record: id,
    author,
    device: 'device-1',
    at,
    basis,
    after: [],
  };
}

function targetOf({ source, areas, people }: Writing, record: RecordState): SharedWith {
  const known = (record.shares ?? []).flatMap((name) => name.split('/').slice(0, 1));
  const [first] = known;
  if (first !== undefined && first !== 'person' && source.chance(0.5)) return { area: first };
  return source.chance(0.5) ? { person: source.pick(people).id } : { area: source.pick([...areas.keys()]) };
}

/** One entry of values, or none. */
function valueOf(writing: Writing, name: string, field: AnyField): [string, unknown][] {
  const { source, people, records } = writing;
  const referTo = (entity: string): Reference[] => {
    const known = entity === 'person' ? people : records.filter((record) => record.entity === entity);
    return known.length > 0 ? [{ id: source.pick<{ readonly id: string }>(known).id, title: '某' }] : [];
  };
  if (field.kind === 'choice' && source.chance(0.8)) return [[name, source.pick(Object.keys(field.options))]];
  if (field.kind === 'text' && field.required) return [[name, '某']];
  if (field.kind === 'reference') return referTo(field.entity).map((one) => [name, one]);
  if (field.kind !== 'references') return [];
  return [[name, [...referTo(field.entity), ...referTo(field.entity)]]];
}

const rank = ({ scope }: AnyEntity): number => ('readers' in scope ? 0 : 1);

function isNear({ id, grants, isNamed }: Actor, { area, scope, shares = [] }: RecordState): boolean {
  if (!/^\d/.test(scope))
    return scope === `person/${id}` || (isNamed?.(scope.slice('readers/'.length)) ?? false);
  return [area, ...shares].some(
    (name) => name === `person/${id}` || grants.some((grant) => name.startsWith(grant.area)),
  );
}

const playOn = (record: RecordState | undefined, operation: Operation, entity: AnyEntity): RecordState =>
  play(record, operation, { entity, seq: 1, basis: 1 });
