import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { isWithin, mayDo, mayRead, type Access, type Actor } from './access.ts';
import { areaScope, parseScope, scopeName } from './scope.ts';
import { roles } from './testing/errand.ts';

const COMMITTEE = '310104007001';
const casework = areaScope(COMMITTEE, 'casework');
const access: Access = {
  create: ['socialWorker'],
  change: ['socialWorker', 'mediator'],
  withdraw: ['careWorker'],
};

test('ACCESS-1 the tree of areas is their prefixes', () => {
  expect([
    isWithin(COMMITTEE, '310104'),
    isWithin(COMMITTEE, COMMITTEE),
    isWithin('310104', COMMITTEE),
    isWithin(COMMITTEE, '310104008'),
  ]).toEqual([true, true, false, false]);
  expect(parseScope(scopeName(casework))).toEqual(casework);
});

test('ACCESS-2 roles read inside their area, and some classes around it', () => {
  const street: Actor = { id: 'p', grants: [{ role: 'socialWorker', area: '310104007' }] };
  const reads = (area: string, name: string): boolean => mayRead(street, areaScope(area, name), roles);
  expect([
    reads(COMMITTEE, 'casework'),
    reads('310104', 'casework'),
    reads('310104008001', 'casework'),
    reads('310104', 'directory'),
    reads('310104007', 'directory'),
    reads(COMMITTEE, 'directory'),
    reads('310104008', 'directory'),
    reads(COMMITTEE, 'careRestricted'),
  ]).toEqual([true, false, false, true, true, false, false, false]);
});

test('ACCESS-3 writing needs the role over the area and the right to read', () => {
  const may = (actor: Actor): boolean => mayDo(actor, 'create', access, casework, roles);
  expect([may(people.zhouMin), may(people.liXiulan), may(people.qiuWeimin), may(people.guAdmin)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  // 沈丽娟's role may withdraw, but reads nothing here.
  expect(mayDo(people.shenLijuan, 'withdraw', access, casework, roles)).toBe(false);
});

test('ACCESS-4 undeclared roles grant nothing', () => {
  for (const role of ['constructor', '__proto__', 'toString', 'boss']) {
    const actor: Actor = { id: 'p', grants: [{ role, area: '' }] };
    expect(mayRead(actor, casework, roles)).toBe(false);
    expect(mayDo(actor, 'create', { create: [role], change: [] }, casework, roles)).toBe(false);
  }
});

test('ACCESS-5 advancing and withdrawing follow changing where nothing else is said', () => {
  const mediator: Actor = { id: 'p', grants: [{ role: 'mediator', area: COMMITTEE }] };
  const { withdraw: _own, ...plain } = access;
  expect([
    mayDo(mediator, 'advance', access, casework, roles),
    mayDo(mediator, 'withdraw', access, casework, roles),
    mayDo(mediator, 'withdraw', plain, casework, roles),
    mayDo(mediator, 'create', access, casework, roles),
  ]).toEqual([true, false, true, false]);
});
