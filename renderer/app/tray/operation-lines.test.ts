import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { registry } from '../../../shared/modules/index.ts';
import { town } from '../../../shared/testing/town.ts';
import { operationLines, type Naming } from './operation-lines.ts';

const texts: Naming = {
  areaName: (code) => `[${code}]`,
  personName: (id) => `<${id}>`,
  language: 'zh',
  t: (key, values = {}) =>
    `${key}${Object.values(values)
      .map((value) => `(${value})`)
      .join('')}`,
  say: ({ zh }) => zh,
  weekday: String,
};
const operation = (parts: Partial<Operation>): Operation => ({
  v: 1,
  id: 'operation_00000000000000000000000001',
  kind: 'change',
  entity: 'resident',
  version: 1,
  record: 'resident_00000000000000000000000001',
  author: town.people.zhouMin.id,
  device: 'device_00000000000000000000000001',
  at: '2026-11-23T02:00:00.000Z',
  basis: { epoch: 'e1', seq: 1 },
  after: [],
  ...parts,
});
const schema: Refusal = { code: 'schema', problems: [{ code: 'noSuchDate', field: 'birthday' }] };

describe('what somebody wrote and the district sent back', () => {
  const resident = registry.entities.get('resident');

  test('is shown whole, each value under its label, the wrong one with its reason', () => {
    expect(
      operationLines(operation({ set: { name: '王伟', birthday: '1990-02-30' } }), resident, schema, texts),
    ).toEqual([
      { label: '姓名', text: '王伟' },
      { label: '出生日期', text: '1990年2月30日', problem: '没有这一天，请核对日期' },
    ]);
  });

  test('says what was cleared, and keeps values of fields and entities that this build does not know', () => {
    expect(
      operationLines(
        operation({ set: { name: null, ofTomorrow: { a: 1 } } }),
        resident,
        { code: 'access' },
        texts,
      ),
    ).toEqual([
      { label: '姓名', text: 'tray.cleared' },
      { label: 'ofTomorrow', text: '{"a":1}' },
    ]);
    expect(
      operationLines(
        operation({ entity: 'ofTomorrow', set: { words: '原文' } }),
        undefined,
        { code: 'unknownEntity' },
        texts,
      ),
    ).toEqual([{ label: 'words', text: '"原文"' }]);
  });

  test('a refused share says with whom, a refused handing over where to', () => {
    const lines = (parts: Partial<Operation>) =>
      operationLines(operation(parts), resident, { code: 'access' }, texts);
    expect(lines({ kind: 'share', with: { person: 'person_1' } })).toEqual([
      { label: 'tray.with', text: '<person_1>' },
    ]);
    expect(lines({ kind: 'unshare', with: { area: '310104007' } })).toEqual([
      { label: 'tray.with', text: '[310104007]' },
    ]);
    expect(lines({ kind: 'move', area: '310104007002' })).toEqual([
      { label: 'tray.to', text: '[310104007002]' },
    ]);
    expect(lines({ kind: 'create', area: '310104007002', set: { name: '王伟' } })).toEqual([
      { label: '姓名', text: '王伟' },
    ]);
  });
});
