import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import {
  isWithin,
  mayDo,
  mayDoTo,
  mayRead,
  mayReadRecord,
  type Access,
  type Action,
  type Actor,
} from './access.ts';
import { areaScope, leaseDaysOf, parseScope, scopeName } from './scope.ts';
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

test('ACCESS-5 advancing, withdrawing, sharing and moving follow changing where nothing else is said', () => {
  const mediator: Actor = { id: 'p', grants: [{ role: 'mediator', area: COMMITTEE }] };
  const { withdraw: _own, ...plain } = access;
  expect([
    mayDo(mediator, 'advance', access, casework, roles),
    mayDo(mediator, 'withdraw', access, casework, roles),
    mayDo(mediator, 'withdraw', plain, casework, roles),
    mayDo(mediator, 'create', access, casework, roles),
    mayDo(mediator, 'share', access, casework, roles),
    mayDo(mediator, 'move', { ...access, move: ['careWorker'] }, casework, roles),
  ]).toEqual([true, false, true, false, true, false]);
});

test('ACCESS-6 a person’s scope is that person’s, a matter’s scope its named readers’', () => {
  const { zhouMin, guAdmin } = people;
  const own = parseScope(`person/${zhouMin.id}`)!;
  const matter = parseScope('readers/errand_00000000000000000000000001')!;
  const named: Actor = { ...zhouMin, isNamed: (record) => record === 'errand_00000000000000000000000001' };
  expect([mayRead(zhouMin, own, roles), mayRead(guAdmin, own, roles)]).toEqual([true, false]);
  expect([mayRead(zhouMin, matter, roles), mayRead(named, matter, roles)]).toEqual([false, true]);
  // Named, and a role that may write: held anywhere.
  const elsewhere: Actor = { ...named, grants: [{ role: 'mediator', area: '310112' }] };
  const without: Actor = { ...named, grants: [] };
  expect([named, elsewhere, without].map((actor) => mayDo(actor, 'change', access, matter, roles))).toEqual([
    true,
    true,
    false,
  ]);
});

test('ACCESS-7 a record is read and written through any of its scopes, and shared through its home alone', () => {
  const { zhouMin, liXiulan, qiuWeimin } = people;
  const record = { scope: scopeName(casework), shares: ['310104007002/casework', `person/${qiuWeimin.id}`] };
  const plain = { create: access.create, change: access.change };
  const may = (action: Action) =>
    [zhouMin, liXiulan, qiuWeimin].map((actor) => mayDoTo(actor, action, plain, record, roles));
  expect([zhouMin, liXiulan, qiuWeimin].map((actor) => mayReadRecord(actor, record, roles))).toEqual([
    true,
    true,
    true,
  ]);
  expect(mayReadRecord(liXiulan, { scope: record.scope }, roles)).toBe(false);
  expect([may('change'), may('withdraw'), may('share'), may('move')]).toEqual([
    [true, true, true],
    [true, true, true],
    [true, false, false],
    [true, false, false],
  ]);
});

test('SCOPE-1 a scope’s name reads back, and nothing else is one', () => {
  const names = [
    '310104007001/casework',
    '310104/directory',
    `person/${people.zhouMin.id}`,
    'readers/errand_00000000000000000000000001',
  ];
  expect(names.map((name) => scopeName(parseScope(name)!))).toEqual(names);
  const bad = [
    '',
    'casework',
    '/casework',
    '3101/casework',
    '310104007001/',
    '310104007001/__proto__',
    'person/x',
  ];
  const foreign = ['person/errand_00000000000000000000000001', 'readers/', 'readers/x', 'reader/310104'];
  expect([...bad, ...foreign].filter((name) => parseScope(name))).toEqual([]);
  expect(names.map((name) => leaseDaysOf(parseScope(name)!))).toEqual([30, 30, 30, 14]);
});
