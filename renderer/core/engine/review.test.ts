import { expect, test } from 'vitest';
import { AREA } from '../testing/small-registry.ts';
import { change, registerMatter, twoDesks, valuesOf, ZHOU } from '../testing/two-desks.ts';

const WU = {
  id: 'person_00000000000000000000000012',
  name: '吴桂芳',
  grants: [{ role: 'secretary', area: AREA }],
};

/** 周敏 writes without a network; her right is gone when she comes back. */
async function heldWork() {
  const { world, zhou, chen } = await twoDesks();
  const wu = await world.addDesk(WU);
  const matter = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.sync();
  await chen.sync();
  await change(zhou.desk, matter, { subject: '楼道堆物，已劝说' });
  await world.district.changePerson(ZHOU.id, []);
  await zhou.sync();
  await wu.sync();
  await wu.desk.askReview();
  const [operation] = wu.desk.review().cases?.[0] ?? [];
  if (!operation) throw new Error('nothing waits');
  return { zhou, wu, chen, matter, operation: operation.operation };
}

test('S14-2 a decision is saved on the reviewer’s desk and takes effect in the author’s name for everybody', async () => {
  const { wu, zhou, chen, matter, operation } = await heldWork();
  expect(wu.desk.sync().toReview).toBe(1);
  expect([zhou.desk.sync().attention, zhou.desk.sync().underReview]).toEqual([0, 1]);
  expect(operation.author).toBe(ZHOU.id);
  const saved = await wu.desk.run({
    kind: 'accept',
    entity: 'matter',
    record: matter,
    reviews: [operation.id],
  });
  expect(saved.ok).toBe(true);
  // Out of the list at once, before the district has heard of it.
  expect([wu.desk.review().cases, wu.desk.sync().toReview]).toEqual([[], undefined]);
  await wu.sync();
  await chen.sync();
  expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物，已劝说' });
  expect(chen.desk.get(matter)?.record.writers['subject']?.by).toBe(ZHOU.id);
  expect(wu.desk.unconfirmed()).toEqual([]);
  await chen.desk.history(matter);
  await chen.sync();
  const history = await chen.desk.history(matter);
  expect(history.map((item) => [item.operation.kind, item.operation.author, item.reviewedBy])).toEqual([
    ['create', ZHOU.id, undefined],
    ['change', ZHOU.id, WU.id],
  ]);
});

test('S14-3 S10-1 declined, it stands in its author’s tray with the reviewer’s words', async () => {
  const { wu, zhou, matter, operation } = await heldWork();
  const decline = (words: string) =>
    wu.desk.run({ kind: 'decline', entity: 'matter', record: matter, reviews: [operation.id], words });
  expect(await decline(' ')).toEqual({
    ok: false,
    error: { code: 'schema', problems: [{ code: 'required', field: 'words' }] },
  });
  expect((await decline('已由街道在办')).ok).toBe(true);
  await wu.sync();
  await zhou.sync();
  await zhou.turn();
  const tray = zhou.desk
    .tray()
    .map((item) => item.kind === 'refused' && [item.reason.code, item.words?.words]);
  expect(tray).toEqual([['declined', '已由街道在办']]);
  expect(zhou.desk.sync().attention).toBe(1);
});

test('S14-4 nobody decides on what the district has not shown them', async () => {
  const { chen, matter, operation } = await heldWork();
  const command = { kind: 'accept', entity: 'matter', record: matter, reviews: [operation.id] } as const;
  expect(await chen.desk.run(command)).toEqual({ ok: false, error: { code: 'access' } });
});

/** 陈国栋's change, with one built on it, meets a fourth party that 周敏 wrote unseen: refused. */
async function refusedWork() {
  const { world, zhou, chen } = await twoDesks();
  const wu = await world.addDesk(WU);
  const ids = [1, 2, 3, 4].map((count) => ({
    id: `neighbour_0000000000000000000000000${count}`,
    title: `${count}号`,
  }));
  const matter = await registerMatter(zhou.desk, '楼上漏水');
  await change(zhou.desk, matter, { parties: ids.slice(0, 1) });
  await zhou.sync();
  await chen.sync();
  await change(zhou.desk, matter, { parties: ids.slice(0, 2) });
  await zhou.sync();
  await change(chen.desk, matter, { parties: [ids[0], ids[2], ids[3]] });
  await change(chen.desk, matter, { place: '301室' });
  await chen.sync();
  const [item] = chen.desk.tray();
  if (item?.kind !== 'refused') throw new Error('nothing was refused');
  return { zhou, wu, chen, matter, ids, refused: item.operation };
}

test('S10-4 a refusal is handed over with what was built on it: out of its author’s hands, in no record, one case for the supervisor', async () => {
  const { zhou, wu, chen, matter, ids, refused } = await refusedWork();
  const handed = await chen.desk.handOver(refused.id);
  if (!handed.ok) throw new Error(handed.error.code);
  const [first = '', second = ''] = handed.value.operations;
  // Before the district has heard of it, too: neither in the record nor to be done once more.
  expect(valuesOf(chen.desk, matter)).not.toHaveProperty('place');
  expect(chen.desk.tray()).toEqual([]);
  expect(await chen.desk.handOver(refused.id)).toEqual({ ok: false, error: { code: 'recordExists' } });
  await chen.sync();
  expect(chen.desk.tray()).toMatchObject([
    {
      kind: 'held',
      operation: { id: first, handed: true, corrects: refused.id },
      reason: { code: 'handed' },
      dependents: [second],
    },
  ]);
  expect(chen.desk.sync()).toMatchObject({ pending: 0, attention: 0, underReview: 1 });

  await wu.sync();
  await wu.desk.askReview();
  const cases = wu.desk
    .review()
    .cases?.map((items) => items.map(({ operation, why }) => [operation.id, why]));
  expect(cases).toEqual([
    [
      [first, 'handed'],
      [second, 'handed'],
    ],
  ]);
  // There is room for it once one party is gone; then it counts as 陈国栋's.
  await change(zhou.desk, matter, { parties: ids.slice(0, 1) });
  await zhou.sync();
  const reviews = [first, second];
  expect((await wu.desk.run({ kind: 'accept', entity: 'matter', record: matter, reviews })).ok).toBe(true);
  await wu.sync();
  for (const { sync } of [zhou, chen]) await sync();
  for (const { desk } of [zhou, chen]) {
    expect(valuesOf(desk, matter)).toMatchObject({ place: '301室', parties: [ids[0], ids[2], ids[3]] });
    expect(desk.get(matter)?.record.writers['place']?.by).toBe(chen.person.id);
  }
  expect(chen.desk.tray()).toEqual([]);
});

test('S10-4 what was handed over and declined is its author’s again: corrected, it goes out as any other', async () => {
  const { zhou, wu, chen, matter, ids, refused } = await refusedWork();
  const handed = await chen.desk.handOver(refused.id);
  await chen.sync();
  await wu.sync();
  await wu.desk.askReview();
  const reviews = handed.ok ? handed.value.operations : [];
  await wu.desk.run({ kind: 'decline', entity: 'matter', record: matter, reviews, words: '一件最多三方' });
  await wu.sync();
  await chen.sync();
  await chen.turn();
  expect(chen.desk.tray()).toMatchObject([
    {
      kind: 'refused',
      operation: { id: reviews[0], add: refused.add },
      reason: { code: 'declined' },
      words: { words: '一件最多三方' },
      dependents: [reviews[1]],
    },
  ]);
  expect((await chen.desk.correct(reviews[0] ?? '', { parties: ids.slice(0, 3) })).ok).toBe(true);
  await chen.sync();
  await zhou.sync();
  expect(chen.desk.tray()).toEqual([]);
  expect(valuesOf(zhou.desk, matter)).toMatchObject({ place: '301室', parties: ids.slice(0, 3) });
});

test('S14-11 put right by a handler, it counts in the handler’s name; the author’s text comes back whole', async () => {
  const { zhou, wu, chen, matter, operation } = await heldWork();
  await chen.sync();
  await chen.desk.askReview();
  const item = chen.desk.review().cases?.[0]?.[0];
  expect(item?.operation).toEqual(operation);
  const opened = chen.desk.open(matter);
  const takeOver = (subject: string, words: string) =>
    chen.desk.runAll(
      [
        { kind: 'change', entity: 'matter', record: matter, values: { subject } },
        { kind: 'decline', entity: 'matter', record: matter, reviews: [operation.id], words },
      ],
      { opened, corrects: operation.id },
    );
  // Together or not at all: without a word to the author nothing of it is saved.
  expect((await takeOver('楼道堆物，已清走', '')).ok).toBe(false);
  expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物' });
  const saved = await takeOver('楼道堆物，已清走', '改好后入账了');
  if (!saved.ok) throw new Error(saved.error.code);
  expect(chen.desk.review().cases).toEqual([]);
  await chen.sync();
  for (const { sync } of [wu, zhou]) await sync();
  await zhou.turn();
  expect(chen.desk.get(matter)?.record).toMatchObject({
    values: { subject: '楼道堆物，已清走' },
    writers: { subject: { by: chen.person.id } },
  });
  expect(chen.desk.get(matter)?.record.conflicts).toBeUndefined();
  expect(zhou.desk.tray()).toMatchObject([
    { kind: 'refused', operation, reason: { code: 'declined' }, words: { words: '改好后入账了' } },
  ]);
  await wu.desk.history(matter);
  await wu.sync();
  const history = await wu.desk.history(matter);
  expect(history.map(({ operation: one }) => [one.kind, one.author, one.corrects])).toEqual([
    ['create', ZHOU.id, undefined],
    ['change', chen.person.id, operation.id],
    ['decline', chen.person.id, undefined],
  ]);
});
