import { expect, test } from 'vitest';
import { FORMAT } from '../store/store.ts';
import { AREA } from '../testing/small-registry.ts';
import { createWorld } from '../testing/small-world.ts';
import { CHEN, change, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

test('S11-4 what a newer app has written is read, searched and said, and nothing is registered, fetched or touched', async () => {
  const world = createWorld();
  const asked: string[] = [];
  const zhou = await world.addDesk(ZHOU, {
    fetch: (ask) => async (path, init) => {
      asked.push(path);
      return ask(path, init);
    },
    bridge: (bridge) => ({
      ...bridge,
      ask: (name, ...input) => {
        asked.push(name);
        return bridge.ask(name, ...input);
      },
    }),
  });
  const chen = await world.addDesk(CHEN);
  const sent = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.sync();
  const refused = await registerMatter(zhou.desk, '宠物扰民');
  const waiting = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.desk.close();

  const meta = zhou.disk.tables.get('meta');
  const format = { key: 'format', version: FORMAT + 1, scope: '', bytes: new Uint8Array() };
  meta?.set('format', format);
  // Of a kind that this app has never heard of, in a place that it reads.
  const strange = { key: 'matter_9', version: 9, scope: 'k_9', bytes: new Uint8Array([9, 9, 9]) };
  zhou.disk.tables.get('changes')?.set(strange.key, strange);
  const dump = () =>
    JSON.stringify([...zhou.disk.tables].map(([table, rows]) => [table, [...rows.values()]]));
  const before = dump();
  asked.length = 0;
  await zhou.open();
  const { desk } = zhou;
  const news = await registerMatter(chen.desk, '电梯故障');
  await chen.sync();
  await zhou.turn();

  expect(desk.sync()).toMatchObject({
    newerApp: true,
    connection: 'problem',
    problem: 'newer-app',
    pending: 2,
  });
  const subjects = desk.list({ entity: 'matter' }).map(({ values }) => values['subject']);
  expect(subjects.sort()).toEqual(['宠物扰民', '楼上漏水', '楼道堆物'].sort());
  await desk.inside.engine.search.settled();
  expect(desk.search('堆物').map(({ record }) => record.id)).toEqual([waiting]);
  expect((await desk.history(sent)).map(({ standing }) => standing)).toEqual(['confirmed']);

  const newer = { ok: false, error: { code: 'newerApp' } };
  const record = desk.newId('matter');
  const create = {
    kind: 'create',
    entity: 'matter',
    area: AREA,
    values: { subject: '噪声' },
    record,
  } as const;
  expect(await desk.run(create)).toEqual(newer);
  expect(await change(desk, sent, { place: '301室' })).toEqual(newer);
  const [operation = ''] = desk.unconfirmed().map((item) => item.operation.id);
  expect(await desk.correct(operation, { subject: '噪声' })).toEqual(newer);
  expect(await desk.setAside(operation)).toEqual(newer);
  const draft = {
    key: 'new/matter',
    entity: 'matter',
    values: { subject: '噪声' },
    opened: desk.open(undefined),
  };
  await expect(desk.saveDraft(draft)).rejects.toThrow('newer-store');
  await desk.dropDraft(draft.key);

  // What waits is the main process's to send: its verdict is heard, and shown out of the journal alone.
  await zhou.main.carry();
  await zhou.turn();
  expect([desk.sync().pending, desk.get(refused)?.pending, desk.get(waiting)?.pending]).toEqual([0, 0, 0]);
  expect(desk.get(news)).toBeUndefined();
  const writes = /^\/api\/|^journal\.(append|resolve|temporaryNumber)$|^scopes\.|^store\.(counted|setAside)$/;
  expect(asked.filter((name) => writes.test(name))).toEqual([]);
  await desk.close();
  expect(dump()).toBe(before);

  // The newer app comes back and finds everything: here it is the same one, and its rows are its own again.
  meta?.set('format', { ...format, version: FORMAT });
  await zhou.open();
  await zhou.sync();
  expect([record, news].map((id) => valuesOf(zhou.desk, id)?.['subject'])).toEqual([undefined, '电梯故障']);
  expect(zhou.desk.sync()).not.toHaveProperty('newerApp');
  expect(zhou.desk.get(waiting)).toMatchObject({ pending: 0 });
});

test('S11-4 what the journal has lost is shown out of a newer app’s store, and left for that app to give back', async () => {
  const world = createWorld();
  const asked: string[] = [];
  const zhou = await world.addDesk(ZHOU, {
    bridge: (bridge) => ({
      ...bridge,
      ask: (name, ...input) => {
        asked.push(name);
        return bridge.ask(name, ...input);
      },
    }),
  });
  const record = await registerMatter(zhou.desk, '楼上漏水');
  await zhou.turn();
  await zhou.desk.close();
  const meta = zhou.disk.tables.get('meta');
  meta?.set('format', { key: 'format', version: FORMAT + 1, scope: '', bytes: new Uint8Array() });
  zhou.main.loseEnd(1);
  asked.length = 0;
  await zhou.open();
  expect(valuesOf(zhou.desk, record)).toMatchObject({ subject: '楼上漏水' });
  expect(asked.filter((name) => name === 'journal.append')).toEqual([]);
});
