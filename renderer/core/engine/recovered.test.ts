/** A district that forgot, and states that only a desk still has. */
import { expect, test } from 'vitest';
import { AREA } from '../testing/small-registry.ts';
import type { World } from '../testing/small-world.ts';
import { change, CHEN, registerMatter, twoDesks, valuesOf, ZHOU } from '../testing/two-desks.ts';

type Listed = { recovered: { record: string; isWhole: boolean; author: { id: string } }[] };

async function asked<T>(world: World, name: string, input: object = {}): Promise<T> {
  const answer = await world.district.district.administerLocally({ name: name as 'recovered.list', input });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value as T;
}
const listed = async (world: World) => (await asked<Listed>(world, 'recovered.list')).recovered;

test('S8-6 S8-7 states whose author’s computer is gone come back from a colleague’s desk, and are records once they are approved', async () => {
  const { world, zhou, chen } = await twoDesks();
  const old = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.sync();
  const restore = await world.district.backup();
  await change(zhou.desk, old, { place: '301室' });
  const young = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.sync();
  await chen.sync();
  await restore();
  // 周敏's computer never comes back.
  await chen.sync();
  expect(await listed(world)).toMatchObject([
    { record: old, isWhole: false, author: { id: ZHOU.id }, broughtBy: { id: CHEN.id } },
    { record: young, isWhole: true, author: { id: ZHOU.id }, broughtBy: { id: CHEN.id } },
  ]);
  // Nothing takes effect before.
  expect(valuesOf(chen.desk, old)).not.toHaveProperty('place');
  for (const record of [old, young]) await asked(world, 'recovered.approve', { record });
  expect(await listed(world)).toEqual([]);
  const li = await world.addDesk({ id: 'person_00000000000000000000000003', name: '李秀兰' });
  await li.sync();
  await chen.sync();
  for (const desk of [chen, li]) {
    expect(valuesOf(desk.desk, old)).toMatchObject({ subject: '楼上漏水', place: '301室' });
    expect(valuesOf(desk.desk, young)).toMatchObject({ subject: '楼道堆物' });
  }
  expect(chen.desk.get(young)?.record.created).toMatchObject({ by: ZHOU.id });
  // She returns after all: everything is there once, and nothing waits.
  await zhou.sync();
  await chen.sync();
  expect(zhou.desk.sync()).toMatchObject({ pending: 0, attention: 0, conflicts: 0 });
  expect([zhou.desk.get(old), zhou.desk.get(young)]).toEqual([chen.desk.get(old), chen.desk.get(young)]);
  expect(await listed(world)).toEqual([]);
});

test('S8-6 what its author’s journal brings back needs no approval', async () => {
  const { world, zhou, chen } = await twoDesks();
  const restore = await world.district.backup();
  const young = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.sync();
  await chen.sync();
  await restore();
  await chen.sync();
  expect(await listed(world)).toMatchObject([{ record: young }]);
  await zhou.sync();
  expect(await listed(world)).toEqual([]);
  await expect(asked(world, 'recovered.approve', { record: young })).rejects.toThrow('malformed');
});

test('S8-6 S8-7 what a life between two restorations knew comes back too, though the second backup reaches further', async () => {
  const { world, zhou, chen } = await twoDesks();
  const old = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.sync();
  const early = await world.district.backup();
  await change(zhou.desk, old, { place: '301室' });
  for (const subject of ['楼道堆物', '夜间噪声', '停车']) await registerMatter(zhou.desk, subject);
  await zhou.sync();
  const late = await world.district.backup();
  await early();
  // 周敏's computer is gone for good; 李秀兰's with what was written between the two.
  const li = await world.addDesk({ id: 'person_00000000000000000000000003', name: '李秀兰' });
  await li.sync();
  const between = await registerMatter(li.desk, '晾衣滴水');
  await change(li.desk, old, { place: '302室' });
  await li.sync();
  await chen.sync();
  await late();
  await chen.sync();
  expect(new Set((await listed(world)).map(({ record }) => record))).toEqual(new Set([old, between]));
  for (const record of [old, between]) await asked(world, 'recovered.approve', { record });
  await chen.sync();
  expect(valuesOf(chen.desk, between)).toMatchObject({ subject: '晾衣滴水' });
  // What the second backup holds is not overwritten by a life that had forgotten it.
  expect(valuesOf(chen.desk, old)).toMatchObject({ subject: '楼上漏水', place: '301室' });
});

test('S8-7 what was written since the restoration is not overwritten by what comes back', async () => {
  const { world, zhou, chen } = await twoDesks();
  const matter = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.sync();
  const restore = await world.district.backup();
  await change(zhou.desk, matter, { subject: '楼上漏水，吊顶塌了' });
  await zhou.sync();
  await chen.sync();
  await restore();
  await chen.sync();
  await change(chen.desk, matter, { subject: '楼上漏水，已修' });
  await chen.sync();
  await asked(world, 'recovered.approve', { record: matter });
  await chen.sync();
  expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼上漏水，已修' });
  const { conflicts } = chen.desk.get(matter)?.record ?? {};
  expect(conflicts?.['subject']?.rivals.map(({ value }) => value)).toEqual(['楼上漏水，吊顶塌了']);
});

test('S8-8 a matter that the restoration has forgotten keeps its key and its rows on its readers’ desks until it is there again', async () => {
  const { world, zhou, chen } = await twoDesks();
  const restore = await world.district.backup();
  const talk = zhou.desk.newId('talk');
  const readers = [ZHOU, CHEN].map(({ id, name }) => ({ id, title: name }));
  const values = { subject: '家里的事', readers };
  expect((await zhou.desk.run({ kind: 'create', entity: 'talk', record: talk, area: AREA, values })).ok).toBe(
    true,
  );
  await zhou.sync();
  await chen.sync();
  expect(valuesOf(chen.desk, talk)).toMatchObject({ subject: '家里的事' });
  await restore();
  await chen.sync();
  await chen.open();
  expect(valuesOf(chen.desk, talk)).toMatchObject({ subject: '家里的事' });
  await zhou.sync();
  await chen.sync();
  expect(chen.desk.get(talk)).toEqual(zhou.desk.get(talk));
  expect(chen.desk.get(talk)?.record.seq).toBe((await world.district.district.head()).seq);
  // A right that was really lost is lost.
  const without = [{ id: ZHOU.id, title: ZHOU.name }];
  await zhou.desk.run({ kind: 'change', entity: 'talk', record: talk, values: { readers: without } });
  await zhou.sync();
  await chen.sync();
  expect(chen.desk.get(talk)).toBeUndefined();
});
