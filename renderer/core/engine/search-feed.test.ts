import { expect, test } from 'vitest';
import type { Desk } from '../desk.ts';
import { AREA } from '../testing/small-registry.ts';
import { registerMatter, twoDesks } from '../testing/two-desks.ts';

const found = (desk: Desk, text: string, limit?: number): readonly string[] =>
  desk.search(text, limit === undefined ? {} : { limit }).map(({ record }) => record.entity);

test('an open search hears of what arrives from the district', async () => {
  const { zhou, chen } = await twoDesks();
  await zhou.sync();
  await chen.sync();
  await registerMatter(zhou.desk, '空调外机滴水');
  const heard: (readonly string[])[] = [];
  chen.desk.subscribe('search', () => heard.push(found(chen.desk, '外机滴水')));
  await zhou.sync();
  await chen.sync();
  await chen.desk.inside.engine.search.settled();
  expect(heard.at(-1)).toEqual(['matter']);
});

test('many of one kind leave room for the other kinds', async () => {
  const { zhou } = await twoDesks();
  await zhou.sync();
  for (const name of ['王伟', '王伟', '王伟', '王伟', '王伟明']) {
    const record = zhou.desk.newId('neighbour');
    await zhou.desk.run({ kind: 'create', entity: 'neighbour', record, area: AREA, values: { name } });
  }
  await registerMatter(zhou.desk, '王伟家漏水');
  expect(found(zhou.desk, '王伟', 4)).toEqual(['neighbour', 'neighbour', 'neighbour', 'matter']);
  expect(found(zhou.desk, '王伟', 6)).toEqual([...Array.from({ length: 5 }, () => 'neighbour'), 'matter']);
});
