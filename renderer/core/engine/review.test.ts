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
