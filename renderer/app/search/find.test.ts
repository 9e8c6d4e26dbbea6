import { describe, expect, test } from 'vitest';
import type { RecordState } from '../../../shared/core/record.ts';
import { registry } from '../../../shared/modules/index.ts';
import { town } from '../../../shared/testing/town.ts';
import type { Desk, Draft, Hit } from '../../core/desk.ts';
import type { Texts } from '../../texts/use-texts.ts';
import { findAll } from './find.ts';

const { zhouMin, guAdmin } = town.people;
const texts: Texts = {
  language: 'zh',
  t: (key, values = {}) => [key, ...Object.values(values)].join(' '),
  say: ({ zh }) => zh,
  weekday: String,
};
const resident = registry.entities.get('resident');
if (!resident) throw new Error('the town has residents');

const record = (tail: number, values: Record<string, unknown>): RecordState => ({
  id: `resident_${String(tail).padStart(26, '0')}`,
  entity: 'resident',
  version: 1,
  area: '310104007001',
  scope: '310104007001/residents',
  seq: tail,
  values,
  created: { by: zhouMin.id, at: '2026-11-23T02:00:00.000Z', seq: tail, operation: `operation_${tail}` },
  writers: {},
});
const hit = (one: RecordState, field: string): Hit => ({ record: one, entity: resident, field });
const deskOf = (me: Desk['me']): Desk =>
  ({ registry, me, get: () => undefined, places: () => [] }) as unknown as Desk;
const desk = deskOf({ id: zhouMin.id, name: zhouMin.name, grants: zhouMin.grants });
const wangWei = record(1, { name: '王伟', sex: '1', phones: [{ number: '13812345678', owner: 'self' }] });
const child = record(2, {
  name: '沈子涵',
  guardian: '王文静',
  phones: [{ number: '13987655678', owner: 'self' }],
});

describe('what the box finds', () => {
  test('a person of that name first, then the one whose guardian has it, with the reason', () => {
    const guardian = Object.keys(resident.fields).find((name) =>
      resident.fields[name].label.zh.includes('监护人'),
    );
    expect(guardian).toBeDefined();
    const other = record(2, { name: '沈子涵', [guardian ?? '']: '王文静' });
    const found = findAll({
      text: 'wangw',
      hits: [hit(other, guardian ?? ''), hit(wangWei, 'name')],
      drafts: [],
      desk,
      texts,
    });
    expect(found.map(({ title, detail }) => [title, detail?.split(' ').at(-1)])).toEqual([
      ['王伟', expect.any(String)],
      ['沈子涵', '王文静'],
    ]);
  });

  test('numbers stay masked, by whatever they were found', () => {
    const found = findAll({
      text: '5678',
      hits: [hit(wangWei, 'phones'), hit(child, 'name')],
      drafts: [],
      desk,
      texts,
    });
    expect(found).toHaveLength(2);
    expect(JSON.stringify(found)).not.toMatch(/13812345678|13987655678/);
    expect(JSON.stringify(found)).toContain('138****5678');
  });

  test('drafts and pages too; only what this person may register is offered', () => {
    const draft: Draft = {
      key: 'new/resident',
      entity: 'resident',
      values: { name: '乔一文' },
      opened: { seen: undefined, basis: { epoch: 'e1', seq: 0 }, after: [] },
      savedAt: '2026-11-23T02:00:00.000Z',
    };
    expect(findAll({ text: '一文', hits: [], drafts: [draft], desk, texts })).toEqual([
      {
        id: 'draft new/resident',
        group: 'drafts',
        title: '乔一文',
        label: 'search.draft',
        target: { path: '/new/resident' },
      },
    ]);
    const targets = (me: Desk['me']): readonly unknown[] =>
      findAll({ text: '', hits: [], drafts: [], desk: deskOf(me), texts }).map(({ target }) =>
        'path' in target ? target.path : target.action,
      );
    expect(targets(desk.me)).toEqual(
      expect.arrayContaining(['/new/resident', '/list/resident', '/tray', 'sync', 'lock']),
    );
    const administrator = targets({ id: guAdmin.id, name: guAdmin.name, grants: guAdmin.grants });
    expect(administrator).not.toContain('/new/mediation');
  });
});
