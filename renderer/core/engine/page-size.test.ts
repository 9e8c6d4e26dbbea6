import { describe, expect, test } from 'vitest';
import { AREA } from '../testing/small-registry.ts';
import { createWorld, type World } from '../testing/small-world.ts';
import { CHEN, ZHOU } from '../testing/two-desks.ts';
import { afterLostPage, afterPage, FIRST_PAGE, WIDEST_PAGE } from './page-size.ts';

const MANY = 600;

async function worldWithMany(): Promise<World> {
  const world = createWorld();
  const zhou = await world.addDesk(ZHOU);
  await zhou.sync();
  for (let count = 0; count < MANY; count += 200) {
    await zhou.desk.runAll(
      Array.from({ length: 200 }, (_, index) => ({
        kind: 'create' as const,
        entity: 'neighbour',
        record: zhou.desk.newId('neighbour'),
        area: AREA,
        values: { name: `住户${count + index}` },
      })),
    );
    await zhou.main.carry();
  }
  return world;
}

const limitIn = (init: RequestInit | undefined): number =>
  (JSON.parse(init?.body as string) as { limit: number }).limit;

describe('pages on a poor line', () => {
  test('S4-5 a line that loses every page of more than 40 records brings all of them in smaller ones, once each', async () => {
    const world = await worldWithMany();
    const limits: number[] = [];
    const chen = await world.addDesk(CHEN, {
      fetch: (ask) => async (path, init) => {
        if (path !== '/api/pull') return ask(path, init);
        limits.push(limitIn(init));
        return limitIn(init) > 40 ? Promise.reject(new TypeError('cut')) : ask(path, init);
      },
    });
    const held = [chen.desk.list({ entity: 'neighbour' }).length];
    for (let turns = 0; turns < 200 && held.at(-1) !== MANY; turns++) {
      expect(chen.desk.sync()).toMatchObject({ connection: 'offline', problem: 'network' });
      await chen.turn();
      held.push(chen.desk.list({ entity: 'neighbour' }).length);
    }
    // Never less than before, and every one of them.
    expect(held).toEqual([...held].sort((one, other) => one - other));
    expect(held.at(-1)).toBe(MANY);
    expect(new Set(chen.desk.list({ entity: 'neighbour' }).map(({ id }) => id)).size).toBe(MANY);
    expect(limits.slice(0, 5)).toEqual([FIRST_PAGE, 125, 62, 31, 62]);
  });

  test('S4-5 a first download that is cut ten times goes on where it was, also through restarts, and is usable after its first page', async () => {
    const world = await worldWithMany();
    let pages = 0;
    let records = 0;
    const chen = await world.addDesk(CHEN, {
      fetch: (ask) => async (path, init) => {
        if (path !== '/api/pull') return ask(path, init);
        pages += 1;
        // Every second page, ten times: cut on its way back.
        const answer = await ask(path, init);
        if (pages % 2 === 0 && pages <= 20) return new Response((await answer.text()).slice(0, -40));
        const text = await answer.text();
        records += (JSON.parse(text) as { records: unknown[] }).records.length;
        return new Response(text, { status: answer.status });
      },
    });
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(FIRST_PAGE);
    expect(chen.desk.search('住户0', { entity: 'neighbour' })).not.toEqual([]);
    for (let restarts = 0; restarts < 10; restarts++) {
      await chen.desk.close();
      await chen.open();
    }
    await chen.turn();
    expect(chen.desk.list({ entity: 'neighbour' })).toHaveLength(MANY);
    // No record that had arrived came a second time.
    expect(records).toBe(MANY);
  });

  test('a page that takes long makes the next one smaller, a quick one larger, within bounds', () => {
    expect([0, 1_999, 2_000, 8_000, 8_001].map((took) => afterPage(100, took))).toEqual([
      200, 200, 100, 100, 50,
    ]);
    expect([afterPage(WIDEST_PAGE, 0), afterPage(1, 60_000), afterLostPage(1)]).toEqual([WIDEST_PAGE, 1, 1]);
  });

  test('S4-3 the next page is on its way while one is written down, and is never taken where that one could not be', async () => {
    const world = await worldWithMany();
    const steps: string[] = [];
    let isFull = true;
    const chen = await world.addDesk(CHEN, {
      fetch: (ask) => async (path, init) => {
        if (path === '/api/pull') steps.push('asked');
        return ask(path, init);
      },
      database: (database) => ({
        ...database,
        write: async (writings) => {
          const isPage = writings.some(({ table, put = [] }) => table === 'blocks' && put.length > 0);
          if (isPage) steps.push(isFull ? 'full' : 'written');
          if (isPage && isFull) throw new DOMException('full', 'QuotaExceededError');
          await database.write(writings);
        },
      }),
    });
    const held = () => chen.desk.list({ entity: 'neighbour' }).length;
    expect([held(), chen.desk.sync().problem]).toEqual([0, 'storage']);
    expect(steps).toEqual(['asked', 'asked', 'full']);
    steps.length = 0;
    isFull = false;
    await chen.turn();
    expect(steps).toEqual(['asked', 'asked', 'written', 'written']);
    expect(held()).toBe(MANY);
  });
});
