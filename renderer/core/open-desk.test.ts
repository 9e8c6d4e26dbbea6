import { describe, expect, test } from 'vitest';
import type { RecordState } from '../../shared/core/record.ts';
import type { Desk } from './desk.ts';
import { createWorld, type World, type WorldDesk } from './testing/small-world.ts';
import { AREA } from './testing/small-registry.ts';
import { emptyDisk } from './testing/memory-database.ts';

const ZHOU = { id: 'person_00000000000000000000000001', name: '周敏' };
const CHEN = { id: 'person_00000000000000000000000002', name: '陈国栋' };

async function registerMatter(desk: Desk, subject: string): Promise<string> {
  const record = desk.newId('matter');
  const saved = await desk.run({ kind: 'create', entity: 'matter', record, area: AREA, values: { subject } });
  expect(saved.ok).toBe(true);
  return record;
}

const change = (desk: Desk, record: string, values: Record<string, unknown>, opened = desk.open(record)) =>
  desk.run({ kind: 'change', entity: 'matter', record, values }, { opened });

const advance = (desk: Desk, record: string, to: string) =>
  desk.run({ kind: 'advance', entity: 'matter', record, to });

const valuesOf = (desk: Desk, record: string): RecordState['values'] | undefined =>
  desk.get(record)?.record.values;

async function twoDesks(): Promise<{ world: World; zhou: WorldDesk; chen: WorldDesk }> {
  const world = createWorld();
  return { world, zhou: await world.addDesk(ZHOU), chen: await world.addDesk(CHEN) };
}

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

  test('S1 an operation whose IndexedDB writing failed exists, says so, and is written with the next one', async () => {
    const world = createWorld();
    let isFull = false;
    const zhou = await world.addDesk(ZHOU, {
      database: (database) => ({
        ...database,
        write: async (writings) => {
          if (isFull) throw new DOMException('full', 'QuotaExceededError');
          await database.write(writings);
        },
      }),
    });
    await zhou.sync();
    isFull = true;
    const record = await registerMatter(zhou.desk, '楼道堆物');
    expect(zhou.desk.sync()).toMatchObject({ pending: 1, problem: 'storage', connection: 'problem' });
    isFull = false;
    await registerMatter(zhou.desk, '宠物扰民');
    expect(zhou.disk.tables.get('journal')?.size).toBe(2);
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
  });

  test('S1 an append whose answer was lost is found in the journal and not made twice', async () => {
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

describe('two people', () => {
  test('S5 a pull while the form is open hides no conflict, and one command settles it', async () => {
    const { zhou, chen } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await chen.sync();
    const opened = chen.desk.open(record);
    await change(zhou.desk, record, { subject: '三楼漏水' });
    await zhou.sync();
    await chen.sync();
    expect(valuesOf(chen.desk, record)?.subject).toBe('三楼漏水');
    await change(chen.desk, record, { subject: '五楼漏水' }, opened);
    await chen.sync();
    await zhou.sync();
    for (const { desk } of [zhou, chen]) {
      expect(desk.tray()).toMatchObject([
        {
          kind: 'conflict',
          field: 'subject',
          record: {
            values: { subject: '五楼漏水' },
            conflicts: { subject: { base: '楼上漏水', rivals: [{ value: '三楼漏水' }] } },
          },
        },
      ]);
      expect(desk.sync().conflicts).toBe(1);
    }
    await zhou.desk.run({
      kind: 'change',
      entity: 'matter',
      record,
      values: { subject: '三楼漏水' },
      settles: ['subject'],
    });
    await zhou.sync();
    await chen.sync();
    expect(chen.desk.tray()).toEqual([]);
    expect(valuesOf(chen.desk, record)?.subject).toBe('三楼漏水');
    expect(chen.desk.get(record)).toEqual(zhou.desk.get(record));
  });

  test('S10 a refused step stands in the tray with its followers, hurts nothing else, and goes out again corrected', async () => {
    const { zhou, chen } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await chen.sync();
    await advance(zhou.desk, record, 'rejected');
    await zhou.sync();
    await advance(chen.desk, record, 'accepted');
    await change(chen.desk, record, { place: '301室' });
    const other = await registerMatter(chen.desk, '楼道堆物');
    await chen.sync();

    expect(chen.desk.get(other)).toMatchObject({ pending: 0 });
    expect(valuesOf(chen.desk, record)).toMatchObject({ stage: 'rejected' });
    const [item] = chen.desk.tray();
    if (item?.kind !== 'refused') throw new Error('nothing was refused');
    expect(item.reason).toEqual({ code: 'stageMoved' });
    expect(item.dependents).toHaveLength(1);
    expect(chen.desk.sync()).toMatchObject({ pending: 0, attention: 1 });

    // A rejected matter is archived: the same step cannot go out again.
    expect(await chen.desk.correct(item.operation.id, {})).toEqual({
      ok: false,
      error: { code: 'stageMoved' },
    });
    await chen.desk.setAside(item.operation.id);
    expect(chen.desk.tray()).toMatchObject([{ kind: 'held', operation: { id: item.dependents[0] } }]);
    await chen.desk.setAside(item.dependents[0] ?? '');
    expect(chen.desk.tray()).toEqual([]);
    await chen.desk.close();
    await chen.open();
    expect(chen.desk.tray()).toEqual([]);
  });

  test('S10 a refused change is corrected and sent again with what was built on it', async () => {
    const { zhou, chen } = await twoDesks();
    const ids = [1, 2, 3, 4].map((count) => ({
      id: `neighbour_0000000000000000000000000${count}`,
      title: `${count}号`,
    }));
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await change(zhou.desk, record, { parties: ids.slice(0, 1) });
    await zhou.sync();
    await chen.sync();
    await change(zhou.desk, record, { parties: ids.slice(0, 2) });
    await zhou.sync();
    await change(chen.desk, record, { parties: [ids[0], ids[2], ids[3]] });
    await change(chen.desk, record, { place: '301室' });
    await chen.sync();

    const [item] = chen.desk.tray();
    if (item?.kind !== 'refused') throw new Error('nothing was refused');
    expect(item.reason).toEqual({
      code: 'schema',
      problems: [{ code: 'tooMany', field: 'parties', details: { max: '3' } }],
    });
    const sent = await chen.desk.correct(item.operation.id, { parties: ids.slice(0, 3) });
    expect(sent).toMatchObject({
      ok: true,
      value: { record, operations: [expect.any(String), expect.any(String)] },
    });
    expect(chen.desk.tray()).toEqual([]);
    await chen.sync();
    expect(chen.desk.get(record)).toMatchObject({
      pending: 0,
      record: { values: { place: '301室', parties: ids.slice(0, 3) } },
    });
    expect(await chen.desk.correct(item.operation.id, {})).toEqual({
      ok: false,
      error: { code: 'recordExists' },
    });
  });

  test('the history shows own operations at once and everybody’s when the district has answered, also later without it', async () => {
    const { zhou, chen } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await chen.sync();
    await change(chen.desk, record, { place: '301室' });
    const read = async () =>
      (await chen.desk.history(record)).map(({ operation, standing }) => [operation.kind, standing]);
    expect(await read()).toEqual([['change', 'pending']]);
    const heard = new Promise<void>((resolve) => chen.desk.subscribe(record, resolve));
    await heard;
    expect(await read()).toEqual([
      ['create', 'confirmed'],
      ['change', 'pending'],
    ]);
    await chen.desk.close();
    await chen.open();
    expect(await read()).toEqual([
      ['create', 'confirmed'],
      ['change', 'pending'],
    ]);
  });
});

describe('the line', () => {
  const page = '<!doctype html><title>欢迎使用本酒店网络</title>';
  const cases = [
    {
      name: 'a login portal with status 200',
      answer: () => new Response(page),
      problem: 'not-the-district',
      connection: 'problem',
    },
    {
      name: 'a body cut short',
      answer: () => new Response('{"epoch":"epoch_1","records":[{"id":"ma'),
      problem: 'network',
      connection: 'offline',
    },
    {
      name: 'junk',
      answer: () => new Response('{"records":"all"}'),
      problem: 'not-the-district',
      connection: 'problem',
    },
    {
      name: 'silence',
      answer: () => Promise.reject(new TypeError('failed')),
      problem: 'network',
      connection: 'offline',
    },
    {
      name: 'a failing district',
      answer: () => new Response('{"error":"internal","retry":true}', { status: 500 }),
      problem: 'server',
      connection: 'problem',
    },
    {
      name: 'a newer protocol',
      answer: () => new Response('{"error":"unsupported-protocol","retry":false}', { status: 426 }),
      problem: 'newer-protocol',
      connection: 'problem',
    },
    {
      name: 'another district',
      answer: () => new Response('{"error":"wrong-district","retry":false}', { status: 409 }),
      problem: 'other-district',
      connection: 'problem',
    },
  ] as const;
  for (const { name, answer, problem, connection } of cases) {
    test(`${name} in place of a page applies nothing and moves no cursor`, async () => {
      const world = createWorld();
      let isBroken = false;
      const chen = await world.addDesk(CHEN, {
        fetch: (ask) => async (path, init) => (isBroken && path === '/api/pull' ? answer() : ask(path, init)),
      });
      const zhou = await world.addDesk(ZHOU);
      const record = await registerMatter(zhou.desk, '楼上漏水');
      await zhou.sync();
      const before = chen.desk.inside.engine.state.cursors;
      isBroken = true;
      await chen.turn();
      expect(chen.desk.sync()).toMatchObject({ connection, problem });
      expect(chen.desk.inside.engine.state.cursors).toEqual(before);
      expect(chen.desk.get(record)).toBeUndefined();
      isBroken = false;
      await chen.turn();
      expect(chen.desk.sync()).toMatchObject({ connection: 'online' });
      expect(chen.desk.get(record)?.record.values.subject).toBe('楼上漏水');
    });
  }

  test('S3 verdicts that come twice, late or not at all change nothing', async () => {
    const { world, zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    const verdicts = zhou.main.lines.filter(({ kind }) => kind === 'verdict');
    zhou.main.emit({ kind: 'verdicts', entries: verdicts });
    await zhou.sync();
    zhou.main.emit({ kind: 'verdicts', entries: [] });
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect((await world.district.district.head()).seq).toBe(1);
  });

  test('S9 a clock that is ten years off is told, and never spreads', async () => {
    const { zhou } = await twoDesks();
    zhou.skew = 10 * 365 * 86_400_000;
    await zhou.turn();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    expect(zhou.desk.unconfirmed()[0]?.operation.at).toBe('2026-11-23T01:00:00.000Z');
    expect(zhou.desk.sync().clockAhead).toBe(zhou.skew);
    await zhou.sync();
    expect(zhou.desk.get(record)?.pending).toBe(0);
  });

  test('a first download of 2 500 records is usable after its first page and resumes where it was cut', async () => {
    const world = createWorld();
    const zhou = await world.addDesk(ZHOU);
    await zhou.sync();
    for (let count = 0; count < 2500; count += 100) {
      const made = await zhou.desk.runAll(
        Array.from({ length: 100 }, (_, index) => ({
          kind: 'create',
          entity: 'neighbour',
          record: zhou.desk.newId('neighbour'),
          area: AREA,
          values: { name: `住户${count + index}` },
        })),
      );
      expect(made.ok).toBe(true);
      await zhou.main.carry();
    }
    await zhou.sync();
    let pages = 0;
    const asked: unknown[] = [];
    const chen = await world.addDesk(CHEN, {
      fetch: (ask) => async (path, init) => {
        if (path === '/api/pull') {
          asked.push((JSON.parse(init?.body as string) as { cursors: unknown }).cursors);
          if (++pages === 2) return Promise.reject(new TypeError('cut'));
        }
        return ask(path, init);
      },
    });
    expect(chen.desk.sync()).toMatchObject({ connection: 'offline', progress: { done: 1000, total: 2500 } });
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(1000);
    await chen.desk.close();
    await chen.open();
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(2500);
    expect(chen.desk.sync()).not.toHaveProperty('progress');
    expect(asked[2]).toContainEqual({ scope: `${AREA}/residents`, cursor: 1000 });
    expect(
      chen.desk.search('住户2499', { entity: 'neighbour' }).map(({ record }) => record.values.name),
    ).toEqual(['住户2499']);
  });
});

describe('the disk', () => {
  test('S1 a discarded IndexedDB is built again from journal and pull, with nothing lost', async () => {
    const { zhou } = await twoDesks();
    const known = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    const own = await registerMatter(zhou.desk, '楼道堆物');
    await zhou.desk.close();
    zhou.disk.tables.clear();
    for (const [name, rows] of emptyDisk().tables) zhou.disk.tables.set(name, rows);
    await zhou.open();
    expect(zhou.desk.get(known)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect(zhou.desk.get(own)).toMatchObject({ pending: 1 });
    await zhou.sync();
    expect(zhou.desk.get(own)).toMatchObject({ pending: 0, record: { seq: 2 } });
  });

  test('S1 a journal file that lost its end gets back what IndexedDB still holds', async () => {
    const { world, zhou } = await twoDesks();
    await zhou.sync();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.turn();
    await zhou.desk.close();
    zhou.main.loseEnd(1);
    await zhou.open();
    expect(zhou.main.pendingIds()).toHaveLength(1);
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect((await world.district.district.head()).seq).toBe(1);
  });

  test('a block whose seal is broken is pulled again', async () => {
    const { zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await zhou.desk.close();
    const changes = zhou.disk.tables.get('changes');
    for (const [key, row] of changes ?? []) changes?.set(key, { ...row, bytes: row.bytes.slice(0, 9) });
    await zhou.open();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
  });

  test('drafts come back with what their author had seen', async () => {
    const { zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    const opened = zhou.desk.open(record);
    await zhou.desk.saveDraft({
      key: `edit/${record}`,
      entity: 'matter',
      record,
      values: { place: '301室' },
      opened,
    });
    await zhou.desk.close();
    await zhou.open();
    expect(zhou.desk.draft(`edit/${record}`)).toEqual({
      key: `edit/${record}`,
      entity: 'matter',
      record,
      values: { place: '301室' },
      opened,
      savedAt: '2026-11-23T01:00:00.000Z',
    });
    await zhou.desk.dropDraft(`edit/${record}`);
    expect(zhou.desk.drafts()).toEqual([]);
  });

  test('S8 a restored district loses nothing of one’s own: it is offered again and played meanwhile', async () => {
    const { zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await change(zhou.desk, record, { place: '301室' });
    await zhou.main.carry();
    const hello = zhou.desk.inside.engine;
    expect(hello.own.all()).toHaveLength(1);
    hello.state = { ...hello.state, epoch: 'epoch_0' };
    await zhou.turn();
    expect(valuesOf(zhou.desk, record)).toMatchObject({ place: '301室' });
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
  await world.district.district.changePerson(ZHOU.id, { grants: elsewhere });
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
