import { expect, test } from 'vitest';
import type { Roles } from '../access.ts';
import { defineEntity, type AnyEntity } from '../entity.ts';
import { reference, references } from '../field/reference.ts';
import { text } from '../field/text.ts';
import { composeRegistry } from '../registry.ts';
import { classes, errand, roles } from './errand.ts';
import { concern, diary, forms, secret, secretEntry } from './forms.ts';
import { checkRegistry } from './registry-laws.ts';

const LABEL = { zh: '一项', en: 'One' };
const person = defineEntity('person', {
  label: { zh: '人员', en: 'People' },
  scope: { class: 'casework' },
  fields: { name: text({ zh: '姓名', en: 'Name' }, { required: true }) },
  title: ({ name }) => name ?? '',
  sections: [{ label: LABEL, fields: ['name'] }],
  list: { columns: ['name'] },
  access: { create: ['socialWorker'], change: ['socialWorker'] },
  sample: () => ({ values: { name: '樊晓燕' } }),
});
const violationsOf = (...entities: readonly AnyEntity[]): readonly string[] =>
  checkRegistry(composeRegistry([{ name: 'desk', label: LABEL, entities }], roles, classes));

test('REGISTRY-1 a whole declaration is silent', () => {
  expect(violationsOf(person, errand)).toEqual([]);
});

test('REGISTRY-1 gaps are named', () => {
  const lame: AnyEntity = {
    ...person,
    label: { zh: '人员', en: ' ' },
    version: 2,
    fields: { ...person.fields, boss: reference(LABEL, 'boss') },
    sections: [{ label: LABEL, fields: ['name', 'nick'] }],
    list: {
      columns: ['age', { label: LABEL, entity: 'errand', by: 'title', shows: 'tags' }],
      filters: ['name'],
    },
    access: { create: ['careWorker'], change: ['king'] },
    kept: ['phone'],
    deadlines: [{ id: 'D', label: LABEL, basis: '', limit: { days: 3, unit: 'working' }, from: () => [] }],
  };
  expect(violationsOf(lame, errand)).toEqual([
    'person: its label has no label in en',
    'person: field boss points to boss, which is not there',
    'person: section 一项 names nick, which is no field for it',
    'person: field boss stands in no section',
    'person: the list names age, which is no field for it',
    'person: errand.title does not point here',
    'person: a filter names name, which is no field for it',
    'person: role king is not there',
    'person: nobody who may create it may read it',
    'person: nobody who may change it may read it',
    'person: deadline D has no basis',
    'person: kept names phone, which is no field for it',
    'person: nothing reads version 1',
  ]);
});

test('REGISTRY-1 roles and records lie in declared classes', () => {
  const nowhere: AnyEntity = { ...person, scope: { class: 'gossip' } };
  const by: AnyEntity = { ...person, scope: { class: ({ name }) => (name === undefined ? 'x' : 'rumours') } };
  const boss = { ...LABEL, reads: ['casework', 'gossip'], readsAround: ['rumours'] };
  const registryOf = (entity: AnyEntity, more: Roles) =>
    composeRegistry([{ name: 'desk', label: LABEL, entities: [entity] }], { ...roles, ...more }, classes);
  expect(checkRegistry(registryOf(person, { boss }))).toEqual([
    'role boss reads gossip, which is no class',
    'role boss reads rumours, which is no class',
  ]);
  expect(checkRegistry(registryOf(nowhere, {}))).toContain('person: lies in gossip, which is no class');
  expect(checkRegistry(registryOf(by, { boss: { ...LABEL, reads: ['rumours'] } }))).toEqual([
    'role boss reads rumours, which is no class',
    ...Array.from({ length: 12 }, (_, index) => `person: sample ${index} lies in rumours, which is no class`),
  ]);
});

test('REGISTRY-1 what decides a home leads there, and stays', () => {
  const matter = reference(LABEL, 'secret', { required: true });
  const owner = reference(LABEL, 'secret', { required: true, fixed: true });
  const found = violationsOf(
    person,
    errand,
    { ...secret, fields: { ...secret.fields, readers: references(LABEL, 'errand') } },
    { ...secretEntry, fields: { ...secretEntry.fields, matter } },
    { ...diary, fields: { ...diary.fields, owner } },
    { ...concern, scope: { person: 'nobody' } },
  );
  expect(found.filter((one) => /home|scope|name at least/.test(one))).toEqual([
    'secret: field readers does not name at least one person',
    'secretEntry: field matter decides the home: required and fixed',
    'diary: field owner does not lead to a scope',
    'concern: its home names nobody, which is no field for it',
  ]);
  expect(violationsOf(person, errand, ...forms.entities)).toEqual([]);
});

test('REGISTRY-1 samples that the rules refuse, stages that nobody reaches, papers that throw', () => {
  const { stage } = errand.fields;
  const stages = { ...stage.stages, lost: { ...LABEL, next: ['nowhere'] } };
  const gone: AnyEntity = {
    ...errand,
    fields: { ...errand.fields, stage: { ...stage, stages } },
    documents: {
      note: {
        label: LABEL,
        build: () => {
          throw new Error('no paper');
        },
      },
    },
    sample: () => ({ values: { title: '修灯', helpers: [] } }),
  };
  const found = violationsOf(person, gone);
  expect(found.slice(0, 3)).toEqual([
    'errand: stage lost leads to nowhere, which is no stage',
    'errand: no way leads to stage lost',
    'errand: sample 0 is refused: {"code":"schema","problems":[{"code":"required","field":"helpers"}]}',
  ]);
  const throwing = violationsOf(person, { ...gone, sample: errand.sample });
  expect(throwing.at(-1)).toBe('errand: throws: Error: no paper');
});

test('REGISTRY-1 gaps in how duplicates are recognised', () => {
  const lame: AnyEntity = {
    ...errand,
    duplicates: [
      { id: 'one', label: { zh: '', en: 'One' }, by: ['title', 'nick', 'visits'], sounds: ['cost'] },
      { id: 'one', label: LABEL, by: [] },
    ],
  };
  expect(violationsOf(person, lame, { ...errand, name: 'nothing', duplicates: [] })).toEqual([
    'errand: recognition one is there twice',
    'errand: recognition one has no label in zh',
    'errand: recognition one names nick, which is no field for it',
    'errand: recognition one names visits, which is no field for it',
    'errand: sound of recognition one names cost, which is no field for it',
    'errand: recognition one compares nothing',
    'nothing: nothing says how its duplicates are recognised',
  ]);
  expect(
    violationsOf(...forms.entities.map((entity) => ({ ...entity, duplicates: errand.duplicates }))),
  ).toContain('secret: its duplicates would be looked for across people');
});
