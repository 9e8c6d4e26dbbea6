import { describe, expect, test } from 'vitest';
import { registerMatter, change, advance, valuesOf, twoDesks } from '../testing/two-desks.ts';

describe('two people', () => {
  test('S5-2 a pull while the form is open hides no conflict, and one command settles it', async () => {
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

  test('S10-3 a refused step stands in the tray with its followers, hurts nothing else, and goes out again corrected', async () => {
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

  test('S10-3 a refused change is corrected and sent again with what was built on it', async () => {
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
