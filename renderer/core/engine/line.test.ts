import { describe, expect, test } from 'vitest';
import { AREA } from '../testing/small-registry.ts';
import { createWorld } from '../testing/small-world.ts';
import { ZHOU, CHEN, registerMatter, twoDesks } from '../testing/two-desks.ts';

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
    {
      name: 'a stranger whom the main process has recognised',
      answer: () => new Response('{"error":"not-the-district"}', { status: 502 }),
      problem: 'not-the-district',
      connection: 'problem',
    },
    {
      name: 'another district that the main process has recognised',
      answer: () => new Response('{"error":"other-district"}', { status: 502 }),
      problem: 'other-district',
      connection: 'problem',
    },
    {
      name: 'the district’s word that this computer is revoked',
      answer: () => new Response('{"error":"revoked","retry":false}', { status: 401 }),
      problem: 'revoked',
      connection: 'problem',
    },
    {
      name: 'the district’s word that this computer’s chain has two branches',
      answer: () => new Response('{"error":"quarantined","retry":false}', { status: 409 }),
      problem: 'quarantined',
      connection: 'problem',
    },
    {
      name: 'a line that the main process found dead',
      answer: () => new Response('{"error":"unreachable"}', { status: 502 }),
      problem: 'network',
      connection: 'offline',
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

  test('a computer that is revoked says so at once, and nothing that is open disappears by itself', async () => {
    const { zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    zhou.main.emit({ kind: 'revoked' });
    expect(zhou.desk.sync()).toMatchObject({ connection: 'problem', problem: 'revoked', pending: 1 });
    expect(zhou.desk.get(record)).toMatchObject({ pending: 1 });
  });

  test('S3-4 verdicts that come twice, late or not at all change nothing', async () => {
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
    expect(chen.desk.sync()).toMatchObject({ connection: 'offline', progress: { done: 250, total: 2500 } });
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(250);
    await chen.desk.close();
    await chen.open();
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(2500);
    expect(chen.desk.sync()).not.toHaveProperty('progress');
    expect(asked[2]).toContainEqual({ scope: `${AREA}/residents`, cursor: 250 });
    expect(
      chen.desk.search('住户2499', { entity: 'neighbour' }).map(({ record }) => record.values.name),
    ).toEqual(['住户2499']);
  });
});
