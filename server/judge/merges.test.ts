import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import { people } from '../../shared/testing/town.ts';
import { createCourt, li, zhou, type Court } from '../testing/court.ts';
import { JIANGNAN, RIHUI, XUHUI } from '../testing/village.ts';

/** Works in every committee of the district. */
const shen = { ...zhou, id: people.shenLijuan.id, grants: [{ role: 'worker', area: XUHUI }] };

let court: Court;
let first: Operation;
let second: Operation;
beforeEach(async () => {
  court = await createCourt();
  await court.transactor.transact((writing) => writing.savePerson(shen));
  first = court.pen.create('漏水', { set: { title: '漏水', note: '一楼' } });
  second = court.pen.create('漏水了', { area: RIHUI, author: li.id });
  await court.submit(first, second);
});

type Rest = Partial<Operation>;
const confirmed = ({ id }: Operation, seq: number) => ({ id, verdict: 'confirmed', seq });
const held = ({ id }: Operation, reason: object) => ({ id, verdict: 'held', reason });
const refused = ({ id }: Operation, reason: object) => ({ id, verdict: 'refused', reason });
const seen = (seq: number): Rest => ({ basis: { epoch: 'epoch-1', seq } });
const pair = (
  kind: 'merge' | 'unmerge',
  one: Operation = first,
  other: Operation = second,
  rest: Rest = {},
): Operation => court.pen.pair(kind, one.record, other.record, { author: shen.id, ...seen(99), ...rest });
const edit = ({ record }: Operation, set: Record<string, unknown>, rest: Rest = {}): Operation =>
  court.pen.change(record, set, { author: shen.id, ...seen(2), ...rest });
const stateOf = async ({ record }: Operation) => {
  const { seq, values, merged, absorbed, conflicts } = (await court.record(record))!;
  const { title, note } = values;
  const rivals = conflicts?.['title']?.rivals.map(({ value }) => value);
  return { seq, title, note, into: merged?.into, absorbed, rivals };
};

describe('the judge and records that were registered twice', () => {
  it('gives every record that an operation touches a sequence of its own, so that no reader misses one', async () => {
    const merge = pair('merge');
    const late = edit(first, { note: '已联系' });
    expect(await court.submit(merge, late)).toEqual([confirmed(merge, 3), confirmed(late, 5)]);
    expect([await stateOf(first), await stateOf(second)]).toEqual([
      { seq: 5, title: '漏水', note: '已联系', into: second.record, absorbed: undefined, rivals: undefined },
      {
        seq: 6,
        title: '漏水了',
        note: '已联系',
        into: undefined,
        absorbed: [first.record],
        rivals: undefined,
      },
    ]);
    expect((await court.transactor.read((reading) => reading.head())).seq).toBe(6);
    const undo = pair('unmerge');
    expect(await court.submit(undo)).toEqual([confirmed(undo, 7)]);
    expect([await stateOf(first), await stateOf(second)]).toEqual([
      { seq: 7, title: '漏水', note: '已联系', into: undefined, absorbed: undefined, rivals: undefined },
      { seq: 8, title: '漏水了', note: '已联系', into: undefined, absorbed: undefined, rivals: undefined },
    ]);
  });

  it('lands along a chain that it has to look up, as a conflict where the survivor says otherwise', async () => {
    const third = court.pen.create('水管漏水');
    await court.submit(third, pair('merge'), pair('merge', second, third));
    const late = edit(first, { title: '漏水严重' }, { was: { title: '漏水' } });
    const verdicts = await court.submit(late);
    expect(verdicts).toEqual([confirmed(late, 8)]);
    expect([await stateOf(first), await stateOf(second), await stateOf(third)]).toMatchObject([
      { seq: 8, title: '漏水严重', rivals: undefined },
      { seq: 9, title: '漏水严重', rivals: ['漏水了'] },
      { seq: 10, title: '漏水严重', rivals: ['水管漏水'] },
    ]);
  });

  it('S3 S4 confirms what was picked together with the merge, or neither', async () => {
    const picked = edit(second, { note: '一楼' }, seen(2));
    const merge = pair('merge', first, second, { after: [picked.id] });
    const group = court.pen.group([picked, merge]);
    expect(await court.submit(...group)).toEqual([confirmed(picked, 3), confirmed(merge, 4)]);
    expect(await court.submit(...group)).toEqual([confirmed(picked, 3), confirmed(merge, 4)]);
    const third = court.pen.create('另一件');
    await court.submit(third);
    const other = court.pen.group([edit(third, { note: '一楼' }, seen(9)), pair('merge', first, third)]);
    expect(await court.submit(...other)).toEqual([
      held(other[0]!, { code: 'group', operation: other[1]!.id }),
      refused(other[1]!, { code: 'merged' }),
    ]);
    expect((await stateOf(third)).note).toBeUndefined();
  });

  it('A→B and B→A in one batch: the first counts, and what was picked for the second lands on the survivor', async () => {
    const there = pair('merge');
    const picked = edit(first, { title: '漏水严重' }, { ...seen(2), was: { title: '漏水' } });
    const back = pair('merge', second, first, { ...seen(2), after: [picked.id] });
    const group = court.pen.group([picked, back]);
    expect(await court.submit(there, ...group)).toEqual([
      confirmed(there, 3),
      confirmed(picked, 5),
      confirmed(back, 7),
    ]);
    expect([await stateOf(first), await stateOf(second)]).toMatchObject([
      { title: '漏水严重', into: second.record },
      { title: '漏水严重', into: undefined, rivals: ['漏水了'] },
    ]);
  });

  it('holds a merge until the other record has arrived', async () => {
    const late = court.pen.create('晚到的');
    const merge = pair('merge', first, late);
    expect(await court.submit(merge)).toEqual([held(merge, { code: 'unknownRecord' })]);
    await court.submit(late);
    expect(await court.verdict(merge)).toEqual(confirmed(merge, 4));
    expect((await stateOf(first)).into).toBe(late.record);
  });

  it('S14 holds an edit whose author has no right over the survivor, and takes it once the merge is undone', async () => {
    const merge = pair('merge');
    const hers = edit(first, { note: '周敏写的' }, { author: zhou.id });
    expect(await court.submit(merge, hers)).toEqual([confirmed(merge, 3), held(hers, { code: 'access' })]);
    expect([(await stateOf(first)).note, (await stateOf(second)).note]).toEqual(['一楼', undefined]);
    const undo = pair('unmerge');
    await court.submit(undo);
    expect(await court.verdict(hers)).toEqual(confirmed(hers, 7));
    expect([(await stateOf(first)).note, (await stateOf(second)).note]).toEqual(['周敏写的', undefined]);
  });

  it('refuses a merge by somebody who never had a right over both', async () => {
    const merge = pair('merge', first, second, { author: zhou.id });
    const back = pair('merge', second, first, { author: zhou.id });
    expect(await court.submit(merge, back)).toEqual([
      refused(merge, { code: 'access' }),
      refused(back, { code: 'access' }),
    ]);
  });

  it('S14 holds a merge whose author has lost the other record, and takes it when the right comes back', async () => {
    const grants = [...zhou.grants, { role: 'worker', area: RIHUI }];
    const save = (one: typeof zhou) => court.transactor.transact((writing) => writing.savePerson(one));
    await save({ ...zhou, former: [{ role: 'worker', area: RIHUI }] });
    const merge = pair('merge', first, second, { author: zhou.id });
    expect(await court.submit(merge)).toEqual([held(merge, { code: 'access' })]);
    await save({ ...zhou, grants });
    await court.wake(`person:${zhou.id}`);
    expect(await court.verdict(merge)).toEqual(confirmed(merge, 3));
  });

  it('refuses an edit by somebody who saw the merge', async () => {
    await court.submit(pair('merge'));
    const late = edit(first, { note: '已联系' }, seen(3));
    expect(await court.submit(late)).toEqual([refused(late, { code: 'merged' })]);
  });

  it('leaves the places of both where they were', async () => {
    await court.submit(pair('merge'));
    const places = await court.transactor.read((reading) => reading.records([first.record, second.record]));
    expect(places.map(({ scopes }) => scopes)).toEqual([[`${JIANGNAN}/casework`], [`${RIHUI}/casework`]]);
  });
});
