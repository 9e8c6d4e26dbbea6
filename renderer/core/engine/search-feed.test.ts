import { expect, test, vi } from 'vitest';
import type { Desk } from '../desk.ts';
import { AREA } from '../testing/small-registry.ts';
import { change, registerMatter, twoDesks } from '../testing/two-desks.ts';

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

test('what arrives is parsed once, with its page: the index reads what came, the newest of it, and own changes', async () => {
  const { zhou, chen } = await twoDesks();
  await zhou.sync();
  await chen.sync();
  const records: string[] = [];
  for (let count = 0; count < 60; count++)
    records.push(await registerMatter(zhou.desk, `空调外机滴水${count}号`));
  await zhou.sync();
  const parse = vi.spyOn(JSON, 'parse');
  const texts = (): number => parse.mock.calls.filter(([text]) => text.startsWith('{"id":"matter_')).length;
  try {
    await chen.sync();
    await chen.desk.inside.engine.search.settled();
    expect(texts()).toBe(0);
  } finally {
    parse.mockRestore();
  }
  expect(found(chen.desk, '外机滴水59号')).toEqual(['matter']);
  const [first = '', second = ''] = records;
  await change(zhou.desk, first, { subject: '楼上装修' });
  await zhou.sync();
  await change(chen.desk, second, { subject: '地下室积水' });
  await chen.sync();
  await chen.desk.inside.engine.search.settled();
  expect(
    ['楼上装修', '地下室积水', '滴水0号', '滴水1号'].map((text) => found(chen.desk, text).length),
  ).toEqual([1, 1, 0, 0]);
});
