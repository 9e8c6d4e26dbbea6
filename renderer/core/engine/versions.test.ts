/** Desks and districts of different ages (sync.md S11). */
import { expect, test } from 'vitest';
import { defineEntity } from '../../../shared/core/entity.ts';
import { text } from '../../../shared/core/field/text.ts';
import { composeRegistry, type Registry } from '../../../shared/core/registry.ts';
import type { Fetch } from '../ports.ts';
import { answerOf } from '../testing/district-in-process.ts';
import { AREA, smallRegistry } from '../testing/small-registry.ts';
import { createWorld } from '../testing/small-world.ts';
import { CHEN, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

const label = { zh: '告示', en: 'Notice' };
const common = {
  label,
  scope: { class: 'casework', level: 'committee' },
  sections: [{ label, fields: ['title'] }],
  list: { columns: ['title'] },
  access: { create: ['worker'], change: ['worker'] },
  title: ({ title }: { readonly title?: string }) => title ?? '',
  sample: () => ({ values: {} }),
} as const;
const title = text(label, { required: true });
const composed = (...entities: ReturnType<typeof defineEntity>[]): Registry =>
  composeRegistry([...smallRegistry.modules, { name: 'notices', label, entities }], smallRegistry.roles);

const older = composed(defineEntity('notice', { ...common, fields: { title } }));
const newer = composed(
  defineEntity('notice', { ...common, fields: { title, colour: text(label) } }),
  defineEntity('bench', { ...common, fields: { title } }),
);

test('S11-3 what a build does not know stays on its disk, passes through its edits, and is there after the upgrade', async () => {
  const world = createWorld({ registry: newer });
  const build = { registry: older };
  const withMark: Fetch = async (path, init) => {
    const response = await zhouAsks(path, init);
    if (path !== '/api/pull') return response;
    return answerOf(
      response.status,
      (await response.text()).replaceAll('"version":1', '"version":1,"mark":"明"'),
    );
  };
  let zhouAsks: Fetch = () => Promise.reject(new Error('not yet'));
  const chen = await world.addDesk(CHEN);
  const zhou = await world.addDesk(ZHOU, {
    registry: () => build.registry,
    fetch: (ask) => {
      zhouAsks = ask;
      return withMark;
    },
  });
  const [notice, bench] = [chen.desk.newId('notice'), chen.desk.newId('bench')];
  const area = AREA;
  await chen.desk.run({
    kind: 'create',
    entity: 'notice',
    record: notice,
    area,
    values: { title: '停水', colour: '红' },
  });
  await chen.desk.run({ kind: 'create', entity: 'bench', record: bench, area, values: { title: '长椅' } });
  await chen.sync();
  await zhou.sync();
  await zhou.open();
  const { records } = zhou.desk.inside.engine;
  expect(JSON.parse(records.baseOf(bench)?.text ?? '')).toMatchObject({
    values: { title: '长椅' },
    mark: '明',
  });
  expect(JSON.parse(records.baseOf(notice)?.text ?? '')).toMatchObject({
    values: { colour: '红' },
    mark: '明',
  });

  await zhou.desk.run({ kind: 'change', entity: 'notice', record: notice, values: { title: '停电' } });
  expect(valuesOf(zhou.desk, notice)).toEqual({ title: '停电', colour: '红' });
  await zhou.sync();
  await chen.sync();
  expect(valuesOf(chen.desk, notice)).toEqual({ title: '停电', colour: '红' });

  build.registry = newer;
  await zhou.open();
  expect(zhou.desk.list({ entity: 'bench' }).map(({ id }) => id)).toEqual([bench]);
});

test('S11-2 a desk that is newer than its district works on its own data, and goes on once the district is upgraded', async () => {
  const world = createWorld();
  const district = { speaks: true };
  const refused = answerOf(426, '{"error":"unsupported-protocol","retry":false}');
  const zhou = await world.addDesk(ZHOU, {
    fetch: (ask) => async (path, init) => (district.speaks ? ask(path, init) : refused),
    push: (send) => async (request) => (district.speaks ? send(request) : refused),
  });
  await zhou.sync();
  district.speaks = false;
  const record = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.sync();
  expect(zhou.desk.sync()).toMatchObject({ pending: 1, problem: 'newer-protocol', connection: 'problem' });
  await zhou.open();
  expect(valuesOf(zhou.desk, record)).toMatchObject({ subject: '楼上漏水' });
  district.speaks = true;
  await zhou.sync();
  expect(zhou.desk.sync()).toMatchObject({ pending: 0, connection: 'online' });
});
