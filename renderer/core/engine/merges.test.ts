import { describe, expect, test } from 'vitest';
import type { Command } from '../../../shared/core/command.ts';
import type { Desk } from '../desk.ts';
import { AREA, OTHER_AREA } from '../testing/small-registry.ts';
import { createWorld, type WorldDesk } from '../testing/small-world.ts';
import { CHEN, registerMatter, twoDesks, ZHOU } from '../testing/two-desks.ts';

const LI = { id: 'person_00000000000000000000000003', name: '李秀兰' };
const SHEN = { id: 'person_00000000000000000000000004', name: '沈丽娟' };

async function register(desk: Desk, values: Record<string, unknown>, area = AREA): Promise<string> {
  const record = desk.newId('neighbour');
  const saved = await desk.run({ kind: 'create', entity: 'neighbour', record, area, values });
  if (!saved.ok) throw new Error(saved.error.code);
  return record;
}
const edit = (record: string, values: Record<string, unknown>): Command => ({
  kind: 'change',
  entity: 'neighbour',
  record,
  values,
});
const pair = (kind: 'merge' | 'unmerge' | 'distinguish', record: string, other: string): Command => ({
  kind,
  entity: 'neighbour',
  record,
  other,
});
const names = (desk: Desk) => desk.list({ entity: 'neighbour' }).map(({ id }) => id);
const found = (desk: Desk) =>
  desk.duplicates('neighbour').map(({ records, recognitions }) => ({
    ids: records.map(({ id }) => id),
    why: recognitions.map(({ id }) => id),
  }));
async function settled(...desks: readonly WorldDesk[]): Promise<void> {
  for (const round of [1, 2]) for (const desk of desks) if (round) await desk.sync();
  for (const { desk } of desks) await desk.inside.engine.search.settled();
}

/** The same person, registered by two workers who did not know of each other. */
async function twice() {
  const { world, zhou, chen } = await twoDesks();
  const first = await register(zhou.desk, { name: '王伟', phone: '13812345678', tags: ['quiet'] });
  world.now += 60_000;
  const second = await register(chen.desk, { name: '王伟', phone: '13812345678' });
  const matter = await registerMatter(chen.desk, '楼上漏水');
  await chen.desk.run({
    kind: 'change',
    entity: 'matter',
    record: matter,
    values: { parties: [{ id: second, title: '王伟' }] },
  });
  await settled(zhou, chen);
  return { world, zhou, chen, first, second, matter };
}

describe('one person registered twice', () => {
  test('MERGE-10 found on both desks once they know of each other, and not before', async () => {
    const { world, zhou, chen } = await twoDesks();
    const first = await register(zhou.desk, { name: '王伟', phone: '13812345678' });
    world.now += 60_000;
    const second = await register(chen.desk, { name: '王 伟', phone: '13812345678' });
    await zhou.desk.inside.engine.search.settled();
    expect([found(zhou.desk), found(chen.desk)]).toEqual([[], []]);
    await settled(zhou, chen);
    for (const { desk } of [zhou, chen]) {
      expect(found(desk)).toEqual([{ ids: [first, second], why: ['phone'] }]);
      expect(desk.duplicatesOf(second)).toEqual(desk.duplicates('neighbour'));
      expect(desk.tray()).toMatchObject([
        { kind: 'duplicate', duplicate: { recognitions: [{ id: 'phone' }] } },
      ]);
    }
    expect(
      zhou.desk
        .like('neighbour', { name: '王伟', phone: '13812345678' })
        .map(({ record }) => record.id)
        .sort(),
    ).toEqual([first, second].sort());
    expect(
      zhou.desk
        .like('neighbour', { name: '王伟', phone: '13812345678' }, first)
        .map(({ record }) => record.id),
    ).toEqual([second]);
    expect(zhou.desk.like('neighbour', { name: '王伟' })).toEqual([]);
    // Another number on one of them: no pair any more, with no other change.
    await chen.desk.run(edit(second, { phone: '13900000000' }));
    await settled(chen, zhou);
    expect([found(zhou.desk), found(chen.desk)]).toEqual([[], []]);
  });

  test('S5-3 MERGE-1 MERGE-3 merged while the other desk edits: the edit lands, both ids lead to one, nothing is lost', async () => {
    const { zhou, chen, first, second, matter } = await twice();
    await chen.desk.run(edit(second, { phone: '13900000000', tags: ['carer'] }));
    const merged = await zhou.desk.runAll([edit(first, { care: 'open' }), pair('merge', second, first)]);
    expect(merged.ok).toBe(true);
    // At once, before the district knows of it.
    expect([names(zhou.desk), zhou.desk.get(second)?.record.id, found(zhou.desk)]).toEqual([
      [first],
      first,
      [],
    ]);
    await settled(zhou, chen);
    for (const { desk } of [zhou, chen]) {
      expect([names(desk), found(desk), desk.tray()]).toEqual([[first], [], []]);
      const { record, pending } = desk.get(second)!;
      expect([record.id, record.values, pending]).toEqual([
        first,
        { name: '王伟', phone: '13900000000', tags: ['quiet', 'carer'], care: 'open' },
        0,
      ]);
      expect(desk.itself(second)?.values).toEqual({ name: '王伟', phone: '13900000000', tags: ['carer'] });
      expect(desk.absorbed(first).map(({ id }) => id)).toEqual([second]);
      for (const id of [first, second]) {
        expect(desk.pointing('matter', 'parties', id).map((one) => one.id)).toEqual([matter]);
        const query = { entity: 'matter', filter: { parties: [id] } };
        expect(desk.list(query).map((one) => one.id)).toEqual([matter]);
      }
      expect(desk.open(second).seen?.id).toBe(first);
      // What points to it was not rewritten.
      expect(desk.get(matter)?.record.values.parties).toEqual([{ id: second, title: '王伟' }]);
    }
    expect(zhou.desk.get(first)).toEqual(chen.desk.get(first));
  });

  test('S5-3 MERGE-6 undone: both stand for themselves again, with what was written meanwhile', async () => {
    const { zhou, chen, first, second, matter } = await twice();
    await zhou.desk.run(pair('merge', second, first));
    await chen.desk.run(edit(second, { care: 'open' }));
    await settled(zhou, chen);
    await chen.desk.run(pair('unmerge', second, first));
    await settled(chen, zhou);
    for (const { desk } of [zhou, chen]) {
      expect(names(desk).sort()).toEqual([first, second].sort());
      expect([desk.get(second)?.record.id, desk.get(second)?.record.values.care]).toEqual([second, 'open']);
      expect(desk.pointing('matter', 'parties', first)).toEqual([]);
      expect(desk.pointing('matter', 'parties', second).map(({ id }) => id)).toEqual([matter]);
      expect(found(desk).map(({ ids }) => ids)).toEqual([[first, second]]);
    }
  });

  test('the survivor is found by the words of both, and only it', async () => {
    const { zhou, first, second } = await twice();
    await zhou.desk.run(edit(second, { phone: '13900001111' }));
    await zhou.desk.run(pair('merge', second, first));
    await zhou.desk.inside.engine.search.settled();
    for (const question of ['13900001111', '13812345678', '王伟'])
      expect(zhou.desk.search(question, { entity: 'neighbour' }).map(({ record }) => record.id)).toEqual([
        first,
      ]);
  });

  test('MERGE-2 merged in both directions offline: one survivor on both desks', async () => {
    const { zhou, chen, first, second } = await twice();
    await zhou.desk.run(pair('merge', second, first));
    await chen.desk.run(pair('merge', first, second));
    expect([names(zhou.desk), names(chen.desk)]).toEqual([[first], [second]]);
    await settled(chen, zhou, chen);
    for (const { desk } of [zhou, chen]) {
      expect([names(desk), desk.get(first)?.record.id, desk.get(second)?.record.id]).toEqual([
        [second],
        second,
        second,
      ]);
      expect([desk.tray(), desk.unconfirmed()]).toEqual([[], []]);
    }
  });

  test('MERGE-9 found to be two: the pair never comes back, on no desk', async () => {
    const { zhou, chen, first, second } = await twice();
    await chen.desk.run(pair('distinguish', second, first));
    expect(found(chen.desk)).toEqual([]);
    await settled(chen, zhou);
    expect([found(zhou.desk), zhou.desk.duplicatesOf(first), zhou.desk.tray()]).toEqual([[], [], []]);
    await zhou.desk.run(edit(first, { care: 'open' }));
    await zhou.desk.inside.engine.search.settled();
    expect(found(zhou.desk)).toEqual([]);
  });

  test('S1 S5-2 a form that was open, and a desk that was closed, know nothing of it and lose nothing', async () => {
    const { zhou, chen, first, second } = await twice();
    const opened = chen.desk.open(second);
    await zhou.desk.run(edit(first, { name: '王卫' }));
    await zhou.desk.run(pair('merge', second, first));
    await zhou.open();
    expect([names(zhou.desk), zhou.desk.get(second)?.record.id]).toEqual([[first], first]);
    await settled(zhou, chen);
    expect(names(chen.desk)).toEqual([first]);
    const saved = await chen.desk.run(edit(second, { name: '王炜' }), { opened });
    expect(saved.ok).toBe(true);
    const shown = chen.desk.get(first)?.record;
    expect([shown?.values.name, shown?.conflicts?.name?.rivals.map(({ value }) => value)]).toEqual([
      '王炜',
      ['王卫'],
    ]);
    await chen.open();
    expect(chen.desk.get(first)?.record).toEqual(shown);
    await settled(chen, zhou);
    for (const { desk } of [zhou, chen]) {
      expect(desk.get(second)?.record.values.name).toBe('王炜');
      expect(desk.tray()).toMatchObject([{ kind: 'conflict', field: 'name', record: { id: first } }]);
    }
  });

  test('MERGE-5 MERGE-7 whoever reads only one of them sees it closed, and nothing of the other', async () => {
    const world = createWorld();
    const both = [AREA, OTHER_AREA].map((area) => ({ role: 'worker', area }));
    const zhou = await world.addDesk(ZHOU);
    const li = await world.addDesk({ ...LI, grants: [{ role: 'worker', area: OTHER_AREA }] });
    const shen = await world.addDesk({ ...SHEN, grants: both });
    const here = await register(zhou.desk, { name: '王伟', phone: '13812345678' });
    const there = await register(li.desk, { name: '王伟', phone: '13812345678', care: 'open' }, OTHER_AREA);
    await settled(zhou, li, shen);
    expect([found(zhou.desk), found(li.desk)]).toEqual([[], []]);
    expect(found(shen.desk).map(({ ids }) => [...ids].sort())).toEqual([[here, there].sort()]);
    await shen.desk.run(pair('merge', here, there));
    await settled(shen, zhou, li);
    expect([names(zhou.desk), zhou.desk.get(here)?.record.merged?.into, zhou.desk.get(there)]).toEqual([
      [here],
      there,
      undefined,
    ]);
    expect(await zhou.desk.run(edit(here, { phone: '13900000000' }))).toEqual({
      ok: false,
      error: { code: 'merged' },
    });
    // The id of the other one leads to the survivor also where the other one may not be read.
    expect([names(li.desk), li.desk.get(here)?.record.id]).toEqual([[there], there]);
    expect([names(shen.desk), shen.desk.get(here)?.record.id]).toEqual([[there], there]);
    expect(JSON.stringify([...zhou.disk.tables.values()].map((rows) => [...rows.values()]))).not.toContain(
      '"care"',
    );
  });

  test('MERGE-1 a chain leads on over a record that may not be read', async () => {
    const world = createWorld();
    const both = [AREA, OTHER_AREA].map((area) => ({ role: 'worker', area }));
    const zhou = await world.addDesk(ZHOU);
    const shen = await world.addDesk({ ...SHEN, grants: both });
    const [first, last] = [
      await register(zhou.desk, { name: '王伟' }),
      await register(zhou.desk, { name: '王卫' }),
    ];
    const between = await register(shen.desk, { name: '王炜' }, OTHER_AREA);
    await settled(zhou, shen);
    await shen.desk.run(pair('merge', first, between));
    await shen.desk.run(pair('merge', between, last));
    await settled(shen, zhou);
    const leads = [first, between, last].map((id) => zhou.desk.get(id)?.record.id);
    expect([leads, names(zhou.desk), zhou.desk.itself(between)]).toEqual([
      [last, last, last],
      [last],
      undefined,
    ]);
  });

  test('S14 an edit whose author may not write the survivor waits for its author, and nothing of it is lost', async () => {
    const world = createWorld();
    const both = [AREA, OTHER_AREA].map((area) => ({ role: 'worker', area }));
    const zhou = await world.addDesk(ZHOU);
    const shen = await world.addDesk({ ...SHEN, grants: both });
    const here = await register(zhou.desk, { name: '王伟' });
    const there = await register(shen.desk, { name: '王伟' }, OTHER_AREA);
    await settled(zhou, shen);
    await shen.desk.run(pair('merge', here, there));
    await zhou.desk.run(edit(here, { phone: '13900000000' }));
    await settled(shen, zhou);
    expect(zhou.desk.tray()).toMatchObject([{ kind: 'held', reason: { code: 'access' } }]);
    await shen.desk.run(pair('unmerge', here, there));
    await settled(shen, zhou, shen);
    expect([zhou.desk.tray(), zhou.desk.get(here)?.record.values.phone]).toEqual([[], '13900000000']);
    expect(shen.desk.get(there)?.record.values.phone).toBeUndefined();
  });

  test('a colleague at the same computer sees the merge before it was sent', async () => {
    const { zhou } = await twoDesks();
    await zhou.join(CHEN);
    const first = await register(zhou.desk, { name: '王伟', phone: '13812345678' });
    const second = await register(zhou.desk, { name: '王伟', phone: '13812345678' });
    await zhou.sync();
    await zhou.desk.run(pair('merge', second, first));
    await zhou.switchTo(CHEN.id);
    expect([names(zhou.desk), zhou.desk.get(second)?.record.id]).toEqual([[first], first]);
  });
});
