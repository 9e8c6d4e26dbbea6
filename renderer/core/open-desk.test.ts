import { describe, expect, test } from 'vitest';
import { diskThatFills } from './testing/full-disk.ts';
import { AREA } from './testing/small-registry.ts';
import { FORMAT, NEWER_STORE } from './store/store.ts';
import { createWorld } from './testing/small-world.ts';
import { ZHOU, registerMatter, change, valuesOf, twoDesks } from './testing/two-desks.ts';

describe('saving', () => {
  test('S1 saved at once, durable through a restart, and at the district with its official number after a turn', async () => {
    const { zhou, chen } = await twoDesks();
    await zhou.sync();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    expect(zhou.desk.get(record)).toMatchObject({
      pending: 1,
      record: { values: { number: { temporary: '临-D1-1' }, subject: '楼上漏水', stage: 'open' } },
    });
    expect(zhou.desk.sync()).toMatchObject({ pending: 1 });

    await zhou.desk.close();
    await zhou.open();
    expect(valuesOf(zhou.desk, record)).toEqual({
      number: { temporary: '临-D1-1' },
      subject: '楼上漏水',
      stage: 'open',
    });

    await zhou.sync();
    const official = { official: `（2026）${AREA}第1号`, temporary: '临-D1-1' };
    expect(zhou.desk.get(record)).toMatchObject({
      pending: 0,
      record: { seq: 1, values: { number: official } },
    });
    expect(zhou.desk.sync()).toEqual({
      pending: 0,
      conflicts: 0,
      attention: 0,
      connection: 'online',
      since: '2026-11-23T01:00:00.000Z',
      lastSync: '2026-11-23T01:00:00.000Z',
    });
    await chen.sync();
    expect(chen.desk.get(record)).toEqual(zhou.desk.get(record));
  });

  test('S1-4 an operation whose IndexedDB writing failed exists, says so, and is written with the next one', async () => {
    const world = createWorld();
    const disk = diskThatFills();
    const zhou = await world.addDesk(ZHOU, { database: disk.database });
    await zhou.sync();
    disk.isFull = true;
    const record = await registerMatter(zhou.desk, '楼道堆物');
    expect(zhou.desk.sync()).toMatchObject({ pending: 1, problem: 'storage', connection: 'problem' });
    disk.isFull = false;
    await registerMatter(zhou.desk, '宠物扰民');
    expect(zhou.disk.tables.get('journal')?.size).toBe(2);
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
  });

  test('S1-4 an append whose answer was lost is found in the journal and not made twice', async () => {
    const world = createWorld();
    let loses = false;
    const zhou = await world.addDesk(ZHOU, {
      bridge: (bridge) => ({
        ...bridge,
        ask: async (name, ...input) => {
          const answer = await bridge.ask(name, ...input);
          if (loses && name === 'journal.append') throw new Error('lost');
          return answer;
        },
      }),
    });
    await zhou.sync();
    loses = true;
    const record = await registerMatter(zhou.desk, '楼上漏水');
    loses = false;
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect((await world.district.district.head()).seq).toBe(1);
  });

  test('S1 a journal that takes nothing is a refusal, not a throw; what was asked goes through once there is room', async () => {
    const world = createWorld();
    const full = new Set<string>();
    const zhou = await world.addDesk(ZHOU, {
      bridge: (bridge) => ({
        ...bridge,
        ask: async (name, ...input) => {
          if (full.has(name)) throw new Error('disk-full');
          return bridge.ask(name, ...input);
        },
      }),
    });
    await zhou.sync();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    const storage = { ok: false, error: { code: 'storage' } };
    const create = {
      kind: 'create',
      entity: 'matter',
      record: zhou.desk.newId('matter'),
      area: AREA,
      values: { subject: '楼道堆物' },
    } as const;
    for (const name of ['append', 'temporaryNumber', 'read', 'resolve']) full.add(`journal.${name}`);
    expect(await zhou.desk.run(create)).toEqual(storage);
    expect(await change(zhou.desk, record, { place: '301室' })).toEqual(storage);
    expect(await zhou.desk.setAside('operation_0')).toEqual(storage);
    expect(zhou.desk.get(create.record)).toBeUndefined();
    expect(valuesOf(zhou.desk, record)).not.toHaveProperty('place');
    expect(zhou.desk.sync()).toMatchObject({ pending: 1, problem: 'storage', connection: 'problem' });
    full.clear();
    expect(await zhou.desk.run(create)).toMatchObject({ ok: true });
    expect(await change(zhou.desk, record, { place: '301室' })).toMatchObject({ ok: true });
    await zhou.sync();
    expect(zhou.desk.sync()).toMatchObject({ pending: 0, connection: 'online' });
    expect(zhou.desk.get(create.record)).toMatchObject({ pending: 0, record: { values: create.values } });
  });

  test('S11-4 a newer app’s store of which nothing can be read is told, set aside by nobody, and holds nothing back', async () => {
    const world = createWorld();
    const asked: string[] = [];
    let held = 0;
    let isStrange = false;
    const zhou = await world.addDesk(ZHOU, {
      hold: async () => {
        held += 1;
        return () => void (held -= 1);
      },
      bridge: (bridge) => ({
        ...bridge,
        ask: (name, ...input) => {
          asked.push(name);
          return bridge.ask(name, ...input);
        },
      }),
      database: (database) => ({
        ...database,
        async *stretches(table) {
          if (isStrange && table === 'blocks') throw new Error('no such table');
          yield* database.stretches(table);
        },
      }),
    });
    await registerMatter(zhou.desk, '楼上漏水');
    await zhou.desk.close();
    const meta = zhou.disk.tables.get('meta');
    const format = { key: 'format', version: FORMAT + 1, scope: '', bytes: new Uint8Array() };
    meta?.set('format', format);
    isStrange = true;
    await expect(zhou.open()).rejects.toThrow(NEWER_STORE);
    expect([held, asked.filter((name) => name === 'store.setAside')]).toEqual([0, []]);
    isStrange = false;
    meta?.set('format', { ...format, version: FORMAT });
    await zhou.open();
    expect(zhou.desk.sync()).toMatchObject({ pending: 1 });
  });

  test('commands that belong together hold or fall together, and what refuses stores nothing', async () => {
    const { zhou } = await twoDesks();
    await zhou.sync();
    const party = zhou.desk.newId('neighbour');
    const record = zhou.desk.newId('matter');
    const create = {
      kind: 'create',
      entity: 'neighbour',
      record: party,
      area: AREA,
      values: { name: '樊晓燕' },
    } as const;
    const refused = await zhou.desk.runAll([
      create,
      { kind: 'create', entity: 'matter', record, area: AREA, values: {} },
    ]);
    expect(refused).toEqual({
      ok: false,
      error: { code: 'schema', problems: [{ code: 'required', field: 'subject' }] },
    });
    expect(zhou.desk.get(party)).toBeUndefined();
    const parties = [{ id: party, title: '樊晓燕' }];
    const saved = await zhou.desk.runAll([
      create,
      { kind: 'create', entity: 'matter', record, area: AREA, values: { subject: '遗产', parties } },
    ]);
    expect(saved).toMatchObject({
      ok: true,
      value: { operations: [expect.any(String), expect.any(String)] },
    });
    const [first, second] = zhou.desk.unconfirmed().map(({ operation }) => operation);
    expect(first?.group).toEqual({ id: second?.group?.id, size: 2 });
    expect(second?.after).toEqual([first?.id]);
    expect(zhou.desk.pointing('matter', 'parties', party).map(({ id }) => id)).toEqual([record]);
  });

  test('a change that changes nothing leaves no trace', async () => {
    const { zhou } = await twoDesks();
    await zhou.sync();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    expect(await change(zhou.desk, record, { subject: '楼上漏水' })).toEqual({
      ok: true,
      value: { record, operations: [] },
    });
    expect(zhou.desk.unconfirmed()).toHaveLength(1);
  });
});

test('each view hears of exactly what it shows', async () => {
  const { zhou } = await twoDesks();
  const first = await registerMatter(zhou.desk, '楼上漏水');
  const second = await registerMatter(zhou.desk, '楼道堆物');
  const heard: string[] = [];
  for (const topic of [first, second, 'matter', 'neighbour', 'sync', 'tray', 'drafts']) {
    zhou.desk.subscribe(topic, () => heard.push(topic));
  }
  await change(zhou.desk, first, { place: '301室' });
  expect(heard.sort()).toEqual([first, 'matter', 'sync', 'tray'].sort());
});

test('a scope that this person may no longer read is let go after its own operations', async () => {
  const { world, zhou } = await twoDesks();
  const record = await registerMatter(zhou.desk, '楼上漏水');
  const party = zhou.desk.newId('neighbour');
  await zhou.desk.run({
    kind: 'create',
    entity: 'neighbour',
    record: party,
    area: AREA,
    values: { name: '樊晓燕' },
  });
  await zhou.sync();
  await change(zhou.desk, record, { place: '301室' });
  const elsewhere = [{ role: 'worker', area: '310104007002' }];
  const other = await world.addDesk({
    id: 'person_00000000000000000000000003',
    name: '李秀兰',
    grants: elsewhere,
  });
  await other.desk.run({
    kind: 'create',
    entity: 'matter',
    record: other.desk.newId('matter'),
    area: '310104007002',
    values: { subject: '停车' },
  });
  await other.sync();
  await world.district.changePerson(ZHOU.id, elsewhere);
  await zhou.turn();
  expect([zhou.desk.get(record)?.pending, zhou.desk.get(party)]).toEqual([1, undefined]);
  await zhou.main.carry();
  await zhou.turn();
  expect(zhou.desk.tray()).toMatchObject([
    { kind: 'held', reason: { code: 'access' }, operation: { record } },
  ]);
  expect(zhou.desk.list({ entity: 'matter' }).map(({ values }) => values.subject)).toEqual(['停车']);
  await zhou.desk.close();
  await zhou.open();
  expect(zhou.desk.list({ entity: 'matter' }).map(({ values }) => values.subject)).toEqual(['停车']);
});

test('a draft whose record was saved before a crash is not offered again, and another one is', async () => {
  const { zhou } = await twoDesks();
  await zhou.sync();
  const creates = zhou.desk.newId('matter');
  const opened = zhou.desk.open(undefined);
  const begun = { entity: 'matter', values: { subject: '楼上漏水' }, opened };
  await zhou.desk.saveDraft({ ...begun, key: 'new/matter', creates });
  await zhou.desk.saveDraft({ ...begun, key: 'new/matter/other', creates: zhou.desk.newId('matter') });
  await zhou.desk.run({
    kind: 'create',
    entity: 'matter',
    record: creates,
    area: AREA,
    values: begun.values,
  });
  await zhou.desk.close();
  await zhou.open();
  expect(zhou.desk.drafts().map(({ key }) => key)).toEqual(['new/matter/other']);
});
