import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayDo, mayRead } from '../core/access.ts';
import type { AnyEntity } from '../core/entity.ts';
import { areaScope } from '../core/scope.ts';
import { checkRegistry } from '../core/testing/registry-laws.ts';
import { areas, people } from '../testing/town.ts';
import { registry, roles } from './index.ts';

test('the registry owes nothing to screens, judge and papers', () => {
  expect(checkRegistry(registry)).toEqual([]);
});

test('every folder here is one module that stands in the registry, under a name of its own', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const index = readFileSync(join(import.meta.dirname, 'index.ts'), 'utf8');
  const imported = [...index.matchAll(/from '[.][/]([^/']+)[/]/g)].map(([, folder]) => folder);
  expect([...new Set(imported)].sort()).toEqual(folders.sort());
  expect(new Set(registry.modules.map(({ name }) => name)).size).toBe(folders.length);
});

const classOf = (entity: AnyEntity | undefined): string =>
  entity && 'class' in entity.scope && typeof entity.scope.class === 'string'
    ? entity.scope.class
    : 'residents';

/** Class and area → who of the town reads there. */
const readers = (area: string, name: string): string[] =>
  Object.values(people)
    .filter((actor) => mayRead(actor, areaScope(area, name), roles))
    .map((actor) => actor.name);

test('ACCESS-2 who reads what: own committee, the street’s courses, everybody’s directory', () => {
  const everybody = Object.values(people).map(({ name }) => name);
  expect({
    residents: readers(areas.jiangnan.code, 'residents'),
    casework: readers(areas.jiangnan.code, 'casework'),
    careRestricted: readers(areas.jiangnan.code, 'careRestricted'),
    petitions: readers(areas.jiangnan.code, 'petitions'),
    legal: readers(areas.xietu.code, 'legal'),
    workforce: readers(areas.fenglin.code, 'workforce'),
    training: readers(areas.xietu.code, 'training'),
    directory: readers(areas.xuhui.code, 'directory'),
  }).toEqual({
    residents: ['周敏', '陈国栋', '沈丽娟', '何建平', '吴桂芳', '陆振华'],
    casework: ['周敏', '陈国栋', '吴桂芳', '陆振华'],
    careRestricted: ['沈丽娟'],
    petitions: ['何建平', '吴桂芳', '陆振华'],
    legal: ['沈一鸣', '陆振华'],
    workforce: ['黄雅琴'],
    training: everybody.filter((name) => !['仇为民', '黄雅琴', '顾卫平', '沈一鸣'].includes(name)),
    directory: everybody,
  });
});

test('who writes what, where', () => {
  const writers = (entity: string, area: string, action: 'create' | 'change'): string[] => {
    const declared = registry.entities.get(entity);
    const name = classOf(declared);
    return Object.values(people)
      .filter((actor) => declared && mayDo(actor, action, declared.access, areaScope(area, name), roles))
      .map((actor) => actor.name);
  };
  expect({
    resident: writers('resident', areas.rihui.code, 'create'),
    registersMediation: writers('mediation', areas.rihui.code, 'create'),
    mediates: writers('mediation', areas.rihui.code, 'change'),
    trains: writers('participation', areas.xietu.code, 'change'),
    appoints: writers('person', areas.xuhui.code, 'change'),
  }).toEqual({
    resident: ['李秀兰', '樊晓燕'],
    registersMediation: ['李秀兰', '樊晓燕'],
    mediates: ['李秀兰'],
    trains: ['周敏'],
    appoints: ['顾卫平'],
  });
});
