import { expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { stagesOf } from '../../../shared/core/entity.ts';
import { registry } from '../../../shared/modules/index.ts';
import { town } from '../../../shared/testing/town.ts';
import type { HistoryItem, Standing } from '../../core/desk.ts';
import { zh } from '../../texts/kit/zh.ts';
import { inverseOf } from '../feedback/inverse.ts';
import type { KitKey } from '../words.ts';
import { historyWords } from './history-words.ts';
import { pointingTo } from './related.ts';
import { rightsOn } from './rights.ts';
import { stagePath, wayTaken } from './stage-path.ts';

const mediation = registry.entities.get('mediation')!;
const resident = registry.entities.get('resident')!;
const words = {
  language: 'zh' as const,
  say: (label: { readonly zh: string }) => label.zh,
  t: (key: KitKey, given: Readonly<Record<string, string | number>> = {}): string => {
    const [part, name] = key.split('.') as [keyof typeof zh, string];
    const text = (zh[part] as Readonly<Record<string, string>>)[name] ?? key;
    return text.replace(/\{\{(\w+)\}\}/g, (_, hole: string) => String(given[hole] ?? ''));
  },
};
const names = {
  areaName: (code: string) => `[${code}]`,
  personName: (id: string) => `<${id}>`,
};
const given = { ...words, ...names };
const operation = (part: Partial<Operation>): Operation => ({
  v: 1,
  id: 'operation_1',
  kind: 'change',
  entity: 'resident',
  version: 1,
  record: 'resident_1',
  author: 'person_1',
  device: 'device_1',
  at: '2026-11-23T01:00:00.000Z',
  basis: { epoch: 'e', seq: 1 },
  after: [],
  ...part,
});

test('history says what changed in words and never shows an identity number whole', () => {
  const document = { type: '111', number: '310104199001010011' };
  const said = historyWords(operation({ set: { name: '王维', document, nation: null } }), resident, given);
  expect(said.title).toBe('修改了姓名、证件、民族');
  expect(said.lines[0]).toBe('姓名：王维');
  expect(said.lines.at(-1)).toBe('清空了民族');
  expect(said.lines.join()).not.toContain('19900101');
});

test('history names a step by its stages and a log by one of its entries', () => {
  const stages = stagesOf(mediation)!;
  const to = stages.stages[stages.initial]!.next[0]!;
  expect(
    historyWords(
      operation({ kind: 'advance', entity: 'mediation', from: stages.initial, to }),
      mediation,
      given,
    ).title,
  ).toBe(`${stages.stages[stages.initial]!.zh} → ${stages.stages[to]!.zh}`);
  expect(
    historyWords(operation({ entity: 'mediation', append: { sessions: [{}] } }), mediation, given).title,
  ).toBe('添加了一次调解');
});

test('history says with whom a record was shared and where it went', () => {
  const said = (part: Partial<Operation>) => historyWords(operation(part), resident, given).title;
  expect([
    said({ kind: 'share', with: { person: 'person_2' } }),
    said({ kind: 'unshare', with: { area: '310104007002' } }),
    said({ kind: 'move', area: '310104007002' }),
  ]).toEqual(['共享给了<person_2>', '不再共享给[310104007002]', '移交到[310104007002]']);
});

const training = registry.entities.get('trainingEvent')!;
const step = (from: string, to: string, standing: Standing = 'confirmed'): HistoryItem => ({
  operation: operation({ kind: 'advance', entity: 'trainingEvent', from, to }),
  standing,
  seq: null,
});

test('the stage line shows the way that was taken and the usual way on', () => {
  const stages = stagesOf(training)!;
  const past = wayTaken(training, 'open', [step('planned', 'open')]);
  expect(stagePath(stages, { now: 'open', past })).toEqual([
    { stage: 'planned', standing: 'past' },
    { stage: 'open', standing: 'now' },
    { stage: 'held', standing: 'ahead' },
    { stage: 'closed', standing: 'ahead' },
  ]);
  const cancelled = wayTaken(training, 'cancelled', [step('planned', 'open'), step('open', 'cancelled')]);
  expect(stagePath(stages, { now: 'cancelled', past: cancelled })).toEqual([
    { stage: 'planned', standing: 'past' },
    { stage: 'open', standing: 'past' },
    { stage: 'cancelled', standing: 'now' },
  ]);
});

test('a way that is not known whole is not guessed', () => {
  expect(wayTaken(training, 'cancelled', [])).toEqual([]);
  expect(wayTaken(training, 'cancelled', [step('open', 'cancelled')])).toEqual([]);
  expect(wayTaken(training, 'closed', [step('planned', 'open'), step('open', 'held')])).toEqual([]);
  const refused = [step('planned', 'cancelled', 'refused'), step('planned', 'open', 'pending')];
  expect(wayTaken(training, 'open', refused)).toEqual(['planned']);
});

test('a matter that came back shows its way once', () => {
  const back = [step('planned', 'open'), step('open', 'held'), step('held', 'open')];
  expect(wayTaken(training, 'open', back)).toEqual(['planned']);
});

test('what points to a resident: its own kinds first, what a panel shows left out', () => {
  const kinds = pointingTo(registry, 'resident').map(({ entity }) => entity.name);
  expect(kinds.slice(0, 1)).toEqual(['careTag']);
  expect(kinds).toContain('mediation');
  expect(pointingTo(registry, 'trainingEvent', ['participation'])).toEqual([]);
});

test('a closed record takes notes and nothing else; a withdrawn one can only be restored', () => {
  const record = {
    scope: '310104007001/casework',
    values: { stage: 'archived' },
  } as unknown as RecordState;
  const rights = (state: RecordState) => rightsOn(mediation, state, town.people.zhouMin, registry.roles);
  expect(rights(record)).toMatchObject({
    change: false,
    withdraw: false,
    restore: false,
    append: true,
    isClosed: true,
  });
  const withdrawn = { ...record, withdrawn: { by: 'person_1', at: '', seq: 1, operation: 'o' } };
  expect(rights(withdrawn)).toMatchObject({ change: false, advance: false, append: false, restore: true });
});

test('taking back writes what was there before, and clears what was not', () => {
  const before = { values: { name: '王伟' } } as unknown as RecordState;
  const command = {
    kind: 'change',
    entity: 'resident',
    record: 'resident_1',
    values: { name: '王维', nation: '01' },
  } as const;
  expect(inverseOf(command, before)).toEqual({
    kind: 'change',
    entity: 'resident',
    record: 'resident_1',
    values: { name: '王伟', nation: null },
  });
  expect(inverseOf({ ...command, append: { notes: {} } }, before)).toBeUndefined();
  expect(
    inverseOf({ kind: 'create', entity: 'resident', record: 'resident_1', area: '', values: {} }, undefined),
  ).toEqual({
    kind: 'withdraw',
    entity: 'resident',
    record: 'resident_1',
  });
});
