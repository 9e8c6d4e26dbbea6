import { describe, expect, test } from 'vitest';
import { createWorld } from '../testing/small-world.ts';
import { change, registerMatter, twoDesks, valuesOf, ZHOU } from '../testing/two-desks.ts';

describe('a district that came back from a backup', () => {
  test('S8 gets back what it has lost of everybody, and every desk shows the same again', async () => {
    const { world, zhou, chen } = await twoDesks();
    const old = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    const restore = await world.district.backup();
    await change(zhou.desk, old, { place: '301室' });
    const young = await registerMatter(zhou.desk, '楼道堆物');
    const his = await registerMatter(chen.desk, '夜里太吵');
    await zhou.sync();
    await chen.sync();
    await zhou.sync();
    // Everything is confirmed and in the records; nothing is pending anywhere.
    expect([zhou.desk.sync().pending, chen.desk.sync().pending]).toEqual([0, 0]);

    await restore();
    expect((await world.district.district.head()).seq).toBe(1);
    await zhou.turn();
    // At once, before anything was sent again: her own work stands on her screen.
    expect(valuesOf(zhou.desk, old)).toMatchObject({ place: '301室' });
    expect(zhou.desk.get(young)).toMatchObject({ pending: 1 });
    for (const desk of [zhou, chen, zhou]) await desk.sync();
    for (const desk of [zhou, chen]) {
      expect(desk.desk.sync()).toMatchObject({ pending: 0, attention: 0, conflicts: 0 });
      expect(
        [old, young, his].map((record) => desk.desk.inside.engine.records.baseOf(record)?.epoch),
      ).toEqual(['epoch_2', 'epoch_2', 'epoch_2']);
    }
    expect(valuesOf(chen.desk, old)).toMatchObject({ subject: '楼上漏水', place: '301室' });
    expect(chen.desk.get(young)).toEqual(zhou.desk.get(young));
    expect(zhou.desk.get(his)).toEqual(chen.desk.get(his));
    expect((await world.district.district.head()).seq).toBe(4);
  });

  test('S8 also where the window was closed, or its IndexedDB gone, while only the carrier spoke', async () => {
    const { world, zhou, chen } = await twoDesks();
    const restore = await world.district.backup();
    const young = await registerMatter(zhou.desk, '楼道堆物');
    await zhou.sync();
    await zhou.desk.close();
    await restore();
    zhou.main.heardLife({ epoch: 'epoch_2', restoredHead: 0 });
    await zhou.main.carry();
    await chen.sync();
    expect(chen.desk.get(young)).toMatchObject({ pending: 0, record: { values: { subject: '楼道堆物' } } });
    for (const table of zhou.disk.tables.values()) table.clear();
    await zhou.open();
    await zhou.sync();
    expect(zhou.desk.get(young)).toEqual(chen.desk.get(young));
    expect(zhou.desk.unconfirmed()).toEqual([]);
  });

  test('S8 a verdict of its former life counts no more, also while the line is cut', async () => {
    const world = createWorld();
    let isCut = false;
    const zhou = await world.addDesk(ZHOU, {
      fetch: (ask) => (path, init) => (isCut ? Promise.reject(new TypeError('cut')) : ask(path, init)),
    });
    const restore = await world.district.backup();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.desk.close();
    await zhou.main.carry();
    await restore();
    zhou.main.heardLife({ epoch: 'epoch_2', restoredHead: 0 });
    isCut = true;
    await zhou.open();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 1 });
    isCut = false;
    await zhou.sync();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
  });

  test('S8 also where its disk went back without a word: the first desk that has seen more makes it notice', async () => {
    const { world, zhou, chen } = await twoDesks();
    const restore = await world.district.backup('unnoticed');
    const young = await registerMatter(zhou.desk, '楼道堆物');
    await zhou.sync();
    await chen.sync();
    await restore();
    expect(await world.district.district.head()).toMatchObject({ seq: 0, epoch: 'epoch_1' });
    for (const desk of [chen, zhou, chen]) await desk.sync();
    const { epoch, seq } = await world.district.district.head();
    expect([epoch === 'epoch_1', seq]).toEqual([false, 1]);
    expect(chen.desk.get(young)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect(chen.desk.get(young)).toEqual(zhou.desk.get(young));
  });

  test('S8 what the carrier has sent anew before the window has heard of it does not wait for ever', async () => {
    const { world, zhou } = await twoDesks();
    const restore = await world.district.backup();
    const young = await registerMatter(zhou.desk, '楼道堆物');
    await zhou.main.carry();
    await restore();
    zhou.main.heardLife({ epoch: 'epoch_2', restoredHead: 0 });
    await zhou.main.carry();
    await zhou.turn();
    expect(zhou.desk.get(young)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect(zhou.desk.unconfirmed()).toEqual([]);
  });
});
