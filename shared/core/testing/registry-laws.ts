/** What every declaration owes to the screens, the judge and the papers; a module that forgets something reads here what it is. */
import type { Access, Classes, Role } from '../access.ts';
import type { AnyEntity, RelatedColumn } from '../entity.ts';
import type { FieldMap } from '../field/base.ts';
import type { AnyField, Fields } from '../field/field.ts';
import { reachable } from '../field/stages.ts';
import type { Label } from '../label.ts';
import { own } from '../own.ts';
import type { Registry } from '../registry.ts';
import { RECOGNISED } from '../duplicates.ts';
import { sampleProblems } from './sample-stories.ts';

/** @returns one sentence for each violation: `mediation: section 当事人 names partys, which is no field` */
export function checkRegistry(registry: Registry): string[] {
  const entities = [...registry.entities.values()];
  return [
    ...registry.modules.flatMap(({ name, label }) => inBoth(label, `module ${name}`)),
    ...Object.entries(registry.roles).flatMap(([name, role]) => checkRole(name, role, registry.classes)),
    ...Object.entries(registry.classes).flatMap(([name, label]) => inBoth(label, `class ${name}`)),
    ...entities.flatMap((entity) => checkEntity(entity, registry).map((found) => `${entity.name}: ${found}`)),
    ...sampleProblems(registry),
  ];
}

const checkRole = (name: string, role: Role, classes: Classes): string[] => [
  ...inBoth(role, `role ${name}`),
  ...[...role.reads, ...(role.readsAround ?? [])]
    .filter((read) => !own(classes, read))
    .map((read) => `role ${name} reads ${read}, which is no class`),
];

function checkEntity(entity: AnyEntity, registry: Registry): string[] {
  const fields = entity.fields as Fields;
  return [
    ...(/^[a-z][A-Za-z]{0,31}$/.test(entity.name) ? [] : ['its name cannot be part of an id']),
    ...inBoth(entity.label, 'its label'),
    ...(entity.one ? inBoth(entity.one, 'one of it') : []),
    ...Object.entries(fields).flatMap(([name, field]) => checkField(name, field, registry)),
    ...checkSections(entity, fields),
    ...checkList(entity, fields, registry),
    ...checkAccess(entity, registry),
    ...checkHome(entity, fields, registry),
    ...checkStages(entity, fields),
    ...checkDeadlines(entity),
    ...(entity.kept ?? [])
      .filter((name: string) => !own(fields, name))
      .map((name: string) => noField('kept', name)),
    ...Object.entries(entity.documents ?? {}).flatMap(([name, { label }]) =>
      inBoth(label, `document ${name}`),
    ),
    ...checkDuplicates(entity, fields),
    ...twice((entity.rules ?? []).map(({ id }) => id)).map((id) => `rule ${id} is there twice`),
    ...Array.from({ length: entity.version - 1 }, (_, index) => index + 1)
      .filter((version) => !entity.upcasts?.some(({ from }) => from === version))
      .map((version) => `nothing reads version ${version}`),
  ];
}

function checkField(name: string, field: AnyField, registry: Registry): string[] {
  const inner: FieldMap = field.kind === 'rows' || field.kind === 'entries' ? field.fields : {};
  const isPointing = field.kind === 'reference' || field.kind === 'references';
  return [
    ...(/^[a-z][A-Za-z0-9]{0,63}$/.test(name) ? [] : [`field ${name} has a name that operations refuse`]),
    ...inBoth(field.label, `field ${name}`),
    ...(field.help ? inBoth(field.help, `help of ${name}`) : []),
    ...checkOptions(name, field),
    ...(isPointing && !registry.entities.has(field.entity)
      ? [`field ${name} points to ${field.entity}, which is not there`]
      : []),
    ...Object.entries(inner)
      .filter(([, one]) => one.kind === 'attachments')
      .map(([within]) => `field ${name}.${within} holds attachments: they stand in a record of their own`),
    ...Object.entries(inner).flatMap(([within, one]) => checkField(within, one as AnyField, registry)),
  ];
}

function checkSections({ sections }: AnyEntity, fields: Fields): string[] {
  const named = sections.flatMap((section) => section.fields);
  const missing = Object.entries(fields).filter(
    ([name, { merge }]) => merge !== 'server' && !named.includes(name),
  );
  return [
    ...sections.flatMap(({ label }) => inBoth(label, 'a section')),
    ...sections.flatMap(({ label, fields: names }) =>
      names.filter((name) => !own(fields, name)).map((name) => noField(`section ${label.zh}`, name)),
    ),
    ...missing.map(([name]) => `field ${name} stands in no section`),
    ...twice(named).map((name) => `field ${name} stands in two sections`),
  ];
}

const FILTERS = new Set(['choice', 'choices', 'stages', 'yesNo', 'reference']);

function checkList(entity: AnyEntity, fields: Fields, registry: Registry): string[] {
  const { columns, filters = [], sort } = entity.list;
  return [
    ...columns.flatMap((column) => {
      if (typeof column !== 'string') return checkRelated(entity, column, registry);
      return own(fields, column) ? [] : [noField('the list', column)];
    }),
    ...filters
      .filter((name) => !FILTERS.has(own(fields, name)?.kind ?? ''))
      .map((name) => noField('a filter', name)),
    ...(sort && !own(fields, sort.field) ? [noField('the sorting', sort.field)] : []),
  ];
}

function checkRelated(entity: AnyEntity, column: RelatedColumn, registry: Registry): string[] {
  const other = registry.entities.get(column.entity);
  if (!other) return [`a column shows ${column.entity}, which is not there`];
  const by = own(other.fields as Fields, column.by);
  const isPointing = (by?.kind === 'reference' || by?.kind === 'references') && by.entity === entity.name;
  return [
    ...inBoth(column.label, `column ${column.entity}`),
    ...(isPointing ? [] : [`${column.entity}.${column.by} does not point here`]),
    ...(own(other.fields as Fields, column.shows) ? [] : [noField(`column ${column.entity}`, column.shows)]),
  ];
}

function checkAccess({ access, scope }: AnyEntity, { roles }: Registry): string[] {
  const named = (Object.keys(access) as (keyof Access)[]).flatMap((action) => access[action] ?? []);
  const reads = (role: string): boolean =>
    !('class' in scope) ||
    typeof scope.class !== 'string' ||
    (own(roles, role)?.reads.includes(scope.class) ?? false);
  const isBlind = (list: readonly string[]): boolean => list.length > 0 && !list.some(reads);
  return [
    ...[...new Set(named)].filter((role) => !own(roles, role)).map((role) => `role ${role} is not there`),
    ...(isBlind(access.create) ? ['nobody who may create it may read it'] : []),
    ...(isBlind(access.change) ? ['nobody who may change it may read it'] : []),
  ];
}

/** What decides the home scope is there from the creation on; only a class may change. */
function checkHome({ scope }: AnyEntity, fields: Fields, { entities, classes }: Registry): string[] {
  if ('class' in scope) {
    const isMissing = typeof scope.class === 'string' && !own(classes, scope.class);
    return isMissing ? [`lies in ${String(scope.class)}, which is no class`] : [];
  }
  const name = 'person' in scope ? scope.person : 'readers' in scope ? scope.readers : scope.readersOf;
  const field = own(fields, name);
  if (!field) return [noField('its home', name)];
  if ('readers' in scope) {
    const isNaming = field.kind === 'references' && field.entity === 'person' && field.min > 0;
    return isNaming ? [] : [`field ${name} does not name at least one person`];
  }
  const target = field.kind === 'reference' ? entities.get(field.entity) : undefined;
  const leads = 'person' in scope ? target?.name === 'person' : target && 'readers' in target.scope;
  return [
    ...(leads ? [] : [`field ${name} does not lead to a scope`]),
    ...(field.required && field.fixed ? [] : [`field ${name} decides the home: required and fixed`]),
  ];
}

/** What is confidential, or one's own, is never laid beside anything else. */
function checkDuplicates({ duplicates, scope }: AnyEntity, fields: Fields): string[] {
  if (!duplicates) return [];
  return [
    ...('class' in scope ? [] : ['its duplicates would be looked for across people']),
    ...(duplicates.length > 0 ? [] : ['nothing says how its duplicates are recognised']),
    ...twice(duplicates.map(({ id }) => id)).map((id) => `recognition ${id} is there twice`),
    ...duplicates.flatMap(({ id, label, by, sounds = [] }) => [
      ...inBoth(label, `recognition ${id}`),
      ...(by.length > 0 ? [] : [`recognition ${id} compares nothing`]),
      ...by
        .filter((name) => !RECOGNISED.has(own(fields, name)?.kind ?? ''))
        .map((name) => noField(`recognition ${id}`, name)),
      ...sounds
        .filter((name) => !by.includes(name) || own(fields, name)?.kind !== 'text')
        .map((name) => noField(`sound of recognition ${id}`, name)),
    ]),
  ];
}

function checkStages({ stageField }: AnyEntity, fields: Fields): string[] {
  const field = stageField === undefined ? undefined : own(fields, stageField);
  if (field?.kind !== 'stages') return [];
  const { stages, initial } = field;
  if (!own(stages, initial)) return [`stages begin with ${initial}, which is no stage`];
  const reached = reachable(field, initial);
  return Object.entries(stages).flatMap(([name, stage]) => [
    ...inBoth(stage, `stage ${name}`),
    ...(stage.step ? inBoth(stage.step, `step to ${name}`) : []),
    ...stage.next
      .filter((next) => !own(stages, next))
      .map((next) => `stage ${name} leads to ${next}, which is no stage`),
    ...(reached.has(name) ? [] : [`no way leads to stage ${name}`]),
    ...[...(stage.requires ?? []), ...(stage.offers ?? [])]
      .filter((wanted) => !own(fields, wanted))
      .map((wanted) => noField(`stage ${name}`, wanted)),
  ]);
}

function checkDeadlines({ deadlines = [] }: AnyEntity): string[] {
  return [
    ...twice(deadlines.map(({ id }) => id)).map((id) => `deadline ${id} is there twice`),
    ...deadlines.flatMap(({ id, label, basis, limit }) => [
      ...inBoth(label, `deadline ${id}`),
      ...(basis.trim() === '' ? [`deadline ${id} has no basis`] : []),
      ...(limit.days >= 0 && (limit.months ?? 0) >= 0 ? [] : [`deadline ${id} ends before it begins`]),
    ]),
  ];
}

function checkOptions(name: string, field: AnyField): string[] {
  if (field.kind !== 'choice' && field.kind !== 'choices') return [];
  const initial = field.kind === 'choice' ? field.initial : undefined;
  return [
    ...Object.entries(field.options).flatMap(([option, label]) => inBoth(label, `option ${name}.${option}`)),
    ...(Object.keys(field.options).length > 0 ? [] : [`field ${name} has no options`]),
    ...(initial !== undefined && !own(field.options, initial)
      ? [`field ${name} begins with ${initial}, which is no option`]
      : []),
  ];
}

const inBoth = (label: Label, what: string): string[] =>
  (['zh', 'en'] as const)
    .filter((language) => (label[language] ?? '').trim() === '')
    .map((language) => `${what} has no label in ${language}`);

const noField = (where: string, name: string): string => `${where} names ${name}, which is no field for it`;
const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
