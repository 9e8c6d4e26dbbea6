import { describe, expect, test } from 'vitest';
import { emptyDisk } from '../testing/memory-database.ts';
import { registerMatter, change, valuesOf, twoDesks } from '../testing/two-desks.ts';

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
