/**
 * A registry of two small entities for the tests of judge and ledger: enough for stages, groups, official numbers and merging,
 * independent of what the modules say this month. People and areas are the town's.
 */
import type { Roles } from '../../shared/core/access.ts';
import { defineEntity } from '../../shared/core/entity.ts';
import { attachments } from '../../shared/core/field/attachments.ts';
import { officialNumber } from '../../shared/core/field/official-number.ts';
import { stages } from '../../shared/core/field/stages.ts';
import { text } from '../../shared/core/field/text.ts';
import { newId, type RandomBytes } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { composeRegistry } from '../../shared/core/registry.ts';
import { areas, people } from '../../shared/testing/town.ts';

const label = { zh: '事项', en: 'Matter' };

const matter = defineEntity('matter', {
  label,
  scope: { class: 'casework', level: 'committee' },
  fields: {
    number: officialNumber(
      { zh: '编号', en: 'Number' },
      ({ year, ordinal, area }) => `（${year}）${area}第${ordinal}号`,
    ),
    title: text({ zh: '标题', en: 'Title' }, { required: true, merge: 'ask' }),
    note: text({ zh: '备注', en: 'Note' }),
    scans: attachments({ zh: '扫描件', en: 'Scans' }),
    stage: stages(
      { zh: '环节', en: 'Stage' },
      {
        initial: 'open',
        stages: {
          open: { zh: '办理中', en: 'Open', next: ['settled', 'dropped'] },
          settled: { zh: '已办结', en: 'Settled', next: [], closed: true },
          dropped: { zh: '不办', en: 'Dropped', next: [], closed: true },
        },
      },
    ),
  },
  title: ({ title }) => title ?? '',
  sections: [{ label, fields: ['title', 'note', 'scans'] }],
  list: { columns: ['title'] },
  access: { create: ['worker'], change: ['worker'] },
  duplicates: [{ id: 'title', label, by: ['title'] }],
  rules: [
    {
      id: 'matter.throws',
      check: ({ after }) => {
        if (after['title'] === '程序出错') throw new Error('a bug in a rule');
        return undefined;
      },
    },
  ],
  sample: () => ({ values: {} }),
});

const area = defineEntity('area', {
  label,
  scope: { class: 'directory', level: 'district' },
  fields: { code: text(label, { required: true }), shortName: text(label, { required: true }) },
  title: ({ shortName }) => shortName ?? '',
  sections: [{ label, fields: ['code', 'shortName'] }],
  list: { columns: ['code'] },
  access: { create: ['administrator'], change: ['administrator'] },
  sample: () => ({ values: {} }),
});

const villageRoles: Roles = {
  worker: { zh: '社区工作者', en: 'Worker', reads: ['casework'], readsAround: ['directory'] },
  secretary: {
    zh: '居民区书记',
    en: 'Secretary',
    reads: ['casework'],
    readsAround: ['directory'],
    supervises: true,
  },
  administrator: { zh: '管理员', en: 'Administrator', reads: ['directory'], administers: true },
};

export const village = composeRegistry([{ name: 'village', label, entities: [matter, area] }], villageRoles);

export const JIANGNAN = areas.jiangnan.code;
export const RIHUI = areas.rihui.code;
export const XUHUI = areas.xuhui.code;

/** 周敏 and 陈国栋 in one committee, 李秀兰 in the next, 顾卫平 over the district's directory. */
export const villagers = {
  zhouMin: { id: people.zhouMin.id, name: people.zhouMin.name, grants: [{ role: 'worker', area: JIANGNAN }] },
  chenGuodong: {
    id: people.chenGuodong.id,
    name: people.chenGuodong.name,
    grants: [{ role: 'worker', area: JIANGNAN }],
  },
  liXiulan: { id: people.liXiulan.id, name: people.liXiulan.name, grants: [{ role: 'worker', area: RIHUI }] },
  guAdmin: {
    id: people.guAdmin.id,
    name: people.guAdmin.name,
    grants: [{ role: 'administrator', area: XUHUI }],
  },
} as const;

/** Random bytes that are the same in every run. */
export function countedBytes(seed = 1): RandomBytes {
  let state = seed;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      bytes[index] = state >>> 16;
    }
    return bytes;
  };
}

export const NOON = Date.parse('2026-11-23T04:00:00.000Z');

/** Writes operations as a desk would: only what differs from the usual is said. */
export function createPen(device: string, seed = 7) {
  const random = countedBytes(seed);
  const id = (kind: string): string => newId(kind, NOON, random);
  const write = (kind: Operation['kind'], record: string, rest: Partial<Operation>): Operation => ({
    v: 1,
    id: id('operation'),
    kind,
    entity: 'matter',
    version: 1,
    record,
    author: villagers.zhouMin.id,
    device,
    at: new Date(NOON).toISOString(),
    basis: { epoch: 'epoch-1', seq: 0 },
    after: [],
    ...rest,
  });
  return {
    id,
    create: (title: string, rest: Partial<Operation> = {}): Operation =>
      write('create', id('matter'), { area: JIANGNAN, set: { title }, ...rest }),
    change: (record: string, set: Record<string, unknown>, rest: Partial<Operation> = {}): Operation =>
      write('change', record, { set, ...rest }),
    pair: (
      kind: 'merge' | 'unmerge' | 'distinguish',
      record: string,
      other: string,
      rest: Partial<Operation> = {},
    ): Operation => write(kind, record, { other, ...rest }),
    advance: (record: string, to: string, rest: Partial<Operation> = {}): Operation =>
      write('advance', record, { from: 'open', to, ...rest }),
    group: (operations: readonly Operation[], size = operations.length): Operation[] => {
      const group = { id: id('group'), size };
      return operations.map((operation) => ({ ...operation, group }));
    },
    area: (code: string, shortName: string): Operation =>
      write('create', id('area'), {
        entity: 'area',
        author: villagers.guAdmin.id,
        area: XUHUI,
        set: { code, shortName },
      }),
  };
}
