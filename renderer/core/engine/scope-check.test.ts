/** What a scope holds is compared with the district's at the end of every pull (sync.md S7). */
import { expect, test } from 'vitest';
import type { PullResponse } from '../../../shared/protocol/messages.ts';
import type { Fetch } from '../ports.ts';
import { answerOf } from '../testing/district-in-process.ts';
import { AREA } from '../testing/small-registry.ts';
import { createWorld, type World, type WorldDesk } from '../testing/small-world.ts';
import { CHEN, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

const CASEWORK = `${AREA}/casework`;

type Spoil = (page: PullResponse) => PullResponse;

/** 陈国栋 registers; 周敏 reads through a district with a bug. */
async function spoilt(): Promise<{
  readonly world: World;
  readonly chen: WorldDesk;
  readonly zhou: WorldDesk;
  readonly bug: { spoil: Spoil | undefined; pulls: number };
}> {
  const world = createWorld();
  const bug: { spoil: Spoil | undefined; pulls: number } = { spoil: undefined, pulls: 0 };
  const fetch =
    (ask: Fetch): Fetch =>
    async (path, init) => {
      const response = await ask(path, init);
      if (path !== '/api/pull') return response;
      bug.pulls += 1;
      const text = await response.text();
      if (!bug.spoil) return answerOf(response.status, text);
      return answerOf(response.status, JSON.stringify(bug.spoil(JSON.parse(text) as PullResponse)));
    };
  const chen = await world.addDesk(CHEN);
  return { world, chen, zhou: await world.addDesk(ZHOU, { fetch }), bug };
}

const alarmsOf = async ({ district }: World) =>
  (await district.ledger.read((reading) => reading.alarms(10))).map(({ code, operation, person }) => ({
    code,
    operation,
    person,
  }));

test('S7-1 desks that have pulled to the head agree with the district, scope by scope, through edits and restarts', async () => {
  const { chen, zhou, world } = await spoilt();
  const record = await registerMatter(chen.desk, '楼上漏水');
  for (let round = 0; round < 3; round++) {
    await chen.desk.run({ kind: 'change', entity: 'matter', record, values: { place: `${round}室` } });
    await chen.sync();
    await zhou.sync();
    await zhou.open();
    await zhou.sync();
  }
  const { hashOf } = zhou.desk.inside.engine.records;
  expect(hashOf(CASEWORK)).not.toEqual({ high: 0, low: 0 });
  expect(hashOf(CASEWORK)).toEqual(chen.desk.inside.engine.records.hashOf(CASEWORK));
  for (const { desk } of [zhou, chen]) expect([...desk.inside.engine.scopeCheck.seen]).toEqual([]);
  expect(await alarmsOf(world)).toEqual([]);
});

test('S7-2 a record that a page left out is noticed at the head, pulled again, and told to the administrator', async () => {
  const { chen, zhou, world, bug } = await spoilt();
  await zhou.sync();
  const lost = await registerMatter(chen.desk, '楼上漏水');
  await chen.sync();
  bug.spoil = (page) => {
    bug.spoil = undefined;
    return { ...page, records: page.records.filter(({ id }) => id !== lost) };
  };
  await zhou.turn();
  expect(valuesOf(zhou.desk, lost)).toMatchObject({ subject: '楼上漏水' });
  expect(await alarmsOf(world)).toEqual([{ code: 'scopeDiffered', operation: CASEWORK, person: ZHOU.id }]);
  const { pulls } = bug;
  await zhou.turn();
  expect(bug.pulls).toBe(pulls + 1);
  await zhou.open();
  expect(valuesOf(zhou.desk, lost)).toMatchObject({ subject: '楼上漏水' });
});

test('S7-2 a record that this computer lost behind its own back is noticed at the next contact and comes back', async () => {
  const { chen, zhou, bug } = await spoilt();
  const lost = await registerMatter(chen.desk, '楼上漏水');
  await chen.sync();
  await zhou.sync();
  // Every cursor and every count goes on saying that it is there.
  zhou.desk.inside.engine.records.lose(CASEWORK, [lost]);
  expect(zhou.desk.get(lost)).toBeUndefined();
  await zhou.turn();
  expect(valuesOf(zhou.desk, lost)).toMatchObject({ subject: '楼上漏水' });
  expect(bug.pulls).toBeGreaterThan(0);
});

test('S7-3 what still differs after it was pulled again is kept, told once, and not pulled without end', async () => {
  const { chen, zhou, world, bug } = await spoilt();
  const kept = await registerMatter(chen.desk, '楼上漏水');
  await chen.sync();
  await zhou.sync();
  // The district has lost a row of its own, and its hash with it.
  bug.spoil = (page) => ({
    ...page,
    records: page.records.filter(({ id }) => id !== kept),
    ...(page.hashes && { hashes: page.hashes.map((one) => ({ ...one, hash: '0'.repeat(16) })) }),
  });
  for (let turn = 0; turn < 5; turn++) await zhou.turn();
  expect(valuesOf(zhou.desk, kept)).toMatchObject({ subject: '楼上漏水' });
  expect(await alarmsOf(world)).toEqual([
    { code: 'scopeDiffered', operation: CASEWORK, person: ZHOU.id },
    { code: 'scopeDiffers', operation: CASEWORK, person: ZHOU.id },
  ]);
  const { pulls } = bug;
  await zhou.turn();
  expect(bug.pulls).toBe(pulls + 1);
  bug.spoil = undefined;
  await zhou.turn();
  expect(zhou.desk.sync()).toMatchObject({ connection: 'online' });
});
