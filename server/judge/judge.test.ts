import { beforeEach, describe, expect, it } from 'vitest';
import { createCast, type Cast } from '../testing/cast.ts';
import type { Desk } from '../testing/desk.ts';
import { JIANGNAN, RIHUI, villagers, XUHUI } from '../testing/village.ts';

const { zhouMin, chenGuodong, liXiulan, guAdmin } = villagers;
const casework = `${JIANGNAN}/casework`;

let cast: Cast;
let zhou: Desk;
beforeEach(async () => {
  cast = await createCast();
  zhou = await cast.desk(zhouMin);
});

const confirmed = (operation: { readonly id: string }, seq: number) => ({
  id: operation.id,
  verdict: 'confirmed',
  seq,
});
const held = (operation: { readonly id: string }, reason: object) => ({
  id: operation.id,
  verdict: 'held',
  reason,
});
const refused = (operation: { readonly id: string }, reason: object) => ({
  id: operation.id,
  verdict: 'refused',
  reason,
});

describe('the judge', () => {
  it('S3-2 raises an alarm when the same id comes with other content, and the first one stands', async () => {
    const creation = zhou.pen.create('漏水');
    await zhou.push(creation);
    const forged = { ...creation, set: { title: '别的内容' } };
    expect(await zhou.push(forged)).toEqual([refused(creation, { code: 'contentChanged' })]);
    expect(await zhou.push(creation)).toEqual([confirmed(creation, 1)]);
    expect((await cast.record(creation.record))?.values['title']).toBe('漏水');
    expect(await cast.transactor.read((reading) => reading.alarms(100))).toEqual([
      {
        at: '2026-11-23T04:00:00.000Z',
        code: 'contentChanged',
        operation: creation.id,
        device: zhou.device,
        person: zhouMin.id,
      },
    ]);
  });

  it('S3-2 sees the other content also inside one batch', async () => {
    const creation = zhou.pen.create('漏水');
    const verdicts = await zhou.push(creation, { ...creation, set: { title: '别的内容' } });
    expect(verdicts).toEqual([confirmed(creation, 1), refused(creation, { code: 'contentChanged' })]);
  });

  it('S4-1 confirms a group whole, or not at all when one of it is refused', async () => {
    const good = zhou.pen.group([zhou.pen.create('甲'), zhou.pen.create('乙')]);
    expect(await zhou.push(...good)).toEqual([confirmed(good[0]!, 1), confirmed(good[1]!, 2)]);
    const bad = zhou.pen.group([zhou.pen.create('丙'), zhou.pen.create(''), zhou.pen.create('丁')]);
    expect(await zhou.push(...bad)).toEqual([
      held(bad[0]!, { code: 'group', operation: bad[1]!.id }),
      refused(bad[1]!, { code: 'schema', problems: [{ code: 'required', field: 'title' }] }),
      held(bad[2]!, { code: 'group', operation: bad[1]!.id }),
    ]);
    expect((await zhou.pull(casework)).records.map(({ values }) => values['title'])).toEqual(['甲', '乙']);
    expect((await cast.district.head()).seq).toBe(2);
  });

  it('S4-2 waits for the rest of a group that arrives in parts', async () => {
    const [first, second] = zhou.pen.group([zhou.pen.create('甲'), zhou.pen.create('乙')]);
    expect(await zhou.push(first!)).toEqual([held(first!, { code: 'group' })]);
    expect((await zhou.pull(casework)).records).toEqual([]);
    expect(await zhou.push(second!)).toEqual([confirmed(second!, 2)]);
    expect(await zhou.push(first!)).toEqual([confirmed(first!, 1)]);
  });

  it('S4-1 gives no number away for a group that falls', async () => {
    await zhou.push(...zhou.pen.group([zhou.pen.create('丙'), zhou.pen.create('')]));
    const creation = zhou.pen.create('甲');
    await zhou.push(creation);
    expect((await cast.record(creation.record))?.values['number']).toEqual({
      temporary: '',
      official: `（2026）${JIANGNAN}第1号`,
    });
  });

  it('S4-2 a group whose member is held comes through whole when that one’s record arrives', async () => {
    const creation = zhou.pen.create('甲');
    const group = zhou.pen.group([zhou.pen.change(creation.record, { note: '一' }), zhou.pen.create('乙')]);
    expect(await zhou.push(...group)).toEqual([
      held(group[0]!, { code: 'unknownRecord' }),
      held(group[1]!, { code: 'group', operation: group[0]!.id }),
    ]);
    await zhou.push(creation);
    expect(await zhou.push(...group)).toEqual([confirmed(group[0]!, 2), confirmed(group[1]!, 3)]);
  });

  it('S10-2 holds what builds on a refused operation, and lets everything else pass', async () => {
    const bad = zhou.pen.create('');
    const follower = zhou.pen.change(bad.record, { note: '跟进' }, { after: [bad.id] });
    const other = zhou.pen.create('无关的事');
    expect(await zhou.push(bad, follower, other)).toEqual([
      refused(bad, { code: 'schema', problems: [{ code: 'required', field: 'title' }] }),
      held(follower, { code: 'depends', operation: bad.id }),
      confirmed(other, 1),
    ]);
  });

  it('S10 a chain that arrives in the wrong order is joined in one go', async () => {
    const creation = zhou.pen.create('甲');
    const first = zhou.pen.change(creation.record, { note: '一' }, { after: [creation.id] });
    const second = zhou.pen.change(creation.record, { note: '二' }, { after: [creation.id, first.id] });
    expect(await zhou.push(second)).toEqual([held(second, { code: 'depends', operation: creation.id })]);
    expect(await zhou.push(first)).toEqual([held(first, { code: 'depends', operation: creation.id })]);
    expect(await zhou.push(creation)).toEqual([confirmed(creation, 1)]);
    expect(await zhou.push(first, second)).toEqual([confirmed(first, 2), confirmed(second, 3)]);
    expect((await cast.record(creation.record))?.values['note']).toBe('二');
  });

  it('S10 the child before the parent in one batch is confirmed in the same answer', async () => {
    const creation = zhou.pen.create('甲');
    const change = zhou.pen.change(creation.record, { note: '一' });
    expect(await zhou.push(change, creation)).toEqual([confirmed(change, 2), confirmed(creation, 1)]);
  });

  it('S5-1 keeps both values that two desks wrote unseen', async () => {
    const chen = await cast.desk(chenGuodong);
    const creation = zhou.pen.create('漏水');
    await zhou.push(creation);
    const basis = { epoch: 'epoch-1', seq: 1 };
    const mine = zhou.pen.change(creation.record, { title: '三楼漏水' }, { basis, was: { title: '漏水' } });
    const theirs = chen.pen.change(
      creation.record,
      { title: '屋顶漏水' },
      { basis, was: { title: '漏水' }, author: chenGuodong.id },
    );
    await zhou.push(mine);
    await chen.push(theirs);
    const record = await cast.record(creation.record);
    expect({ title: record?.values['title'], conflicts: record?.conflicts }).toEqual({
      title: '屋顶漏水',
      conflicts: {
        title: {
          base: '漏水',
          rivals: [
            { value: '三楼漏水', writer: { by: zhouMin.id, at: mine.at, seq: 2, operation: mine.id } },
          ],
        },
      },
    });
  });

  it('refuses the second of two branches, and confirms the same step without effect', async () => {
    const creation = zhou.pen.create('甲');
    const settle = zhou.pen.advance(creation.record, 'settled');
    const again = zhou.pen.advance(creation.record, 'settled');
    const drop = zhou.pen.advance(creation.record, 'dropped');
    expect(await zhou.push(creation, settle, again, drop)).toEqual([
      confirmed(creation, 1),
      confirmed(settle, 2),
      confirmed(again, 3),
      refused(drop, { code: 'stageMoved' }),
    ]);
  });

  it('S14-1 holds what was written under rights that were taken away, and judges it again when they return', async () => {
    const before = zhou.pen.create('权限收回前写的');
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    expect(await zhou.push(before)).toEqual([held(before, { code: 'access' })]);
    expect(await cast.record(before.record)).toBeUndefined();
    await cast.district.changePerson(zhouMin.id, { grants: zhouMin.grants });
    expect(await zhou.push(before)).toEqual([confirmed(before, 1)]);
  });

  it('S14 holds the operations of somebody who was disabled', async () => {
    const before = zhou.pen.create('停用前写的');
    await cast.district.changePerson(zhouMin.id, { disabled: true });
    expect(await zhou.push(before)).toEqual([held(before, { code: 'access' })]);
  });

  it('refuses what the author never had the right to', async () => {
    const elsewhere = zhou.pen.create('别的居委', { area: RIHUI });
    expect(await zhou.push(elsewhere)).toEqual([refused(elsewhere, { code: 'access' })]);
  });

  it('S13-1 judges each operation with its author’s rights, whoever carries it', async () => {
    const shared = await cast.desk(zhouMin);
    await shared.join(liXiulan);
    const hers = shared.pen.create('日晖六村的事', { area: RIHUI, author: liXiulan.id });
    const notHers = shared.pen.create('江南新村的事', { area: JIANGNAN, author: liXiulan.id });
    expect(await shared.push(hers, notHers)).toEqual([
      confirmed(hers, 1),
      refused(notHers, { code: 'access' }),
    ]);
  });

  it('holds what an author who is not enrolled on the device has made, and refuses a device that is not the carrier', async () => {
    const forged = zhou.pen.create('冒名', { author: chenGuodong.id });
    const chen = await cast.desk(chenGuodong);
    const foreign = chen.pen.create('别的电脑', { author: chenGuodong.id });
    expect(await zhou.push(forged, foreign)).toEqual([
      held(forged, { code: 'access' }),
      refused(foreign, { code: 'damaged' }),
    ]);
    // Nothing of it stands in the way of the real one.
    expect(await chen.push(foreign)).toEqual([confirmed(foreign, 1)]);
  });

  it('holds what only a newer build knows: an entity, a shape, a form of operations', async () => {
    const entity = zhou.pen.create('未来', { entity: 'drone', record: zhou.pen.id('drone') });
    const shape = zhou.pen.create('未来', { version: 2 });
    const form = JSON.stringify({ ...zhou.pen.create('未来'), v: 2 });
    const id = zhou.pen.id('operation');
    const entry = await zhou.entry(form, { id, device: zhou.device, author: zhouMin.id });
    const answer = await zhou.pushEntries([entry]);
    expect(await zhou.push(entity, shape)).toEqual([
      held(entity, { code: 'unknownEntity' }),
      held(shape, { code: 'newerVersion' }),
    ]);
    expect(answer).toEqual({
      ok: true,
      value: {
        epoch: 'epoch-1',
        restoredHead: 0,
        verdicts: [held({ id }, { code: 'newerVersion' })],
        signature: expect.any(String),
      },
    });
    expect(await cast.district.judgeWaiting()).toBe(2);
  });

  it('gives official numbers in the order of confirmation, for each area and year, with the area’s short name', async () => {
    const admin = await cast.desk(guAdmin);
    await admin.push(admin.pen.area(JIANGNAN, '江南新村'));
    const lastYear = zhou.pen.create('去年', { at: '2025-12-31T15:59:00.000Z' });
    const newYear = zhou.pen.create('零点过后', { at: '2025-12-31T16:00:00.000Z' });
    const next = zhou.pen.create('再一件', { set: { title: '再一件', number: { temporary: '临-D1-3' } } });
    await zhou.push(lastYear, newYear, next);
    const numbers = await Promise.all(
      [lastYear, newYear, next].map(async ({ record }) => (await cast.record(record))?.values['number']),
    );
    expect(numbers).toEqual([
      { temporary: '', official: '（2025）江南新村第1号' },
      { temporary: '', official: '（2026）江南新村第1号' },
      { temporary: '临-D1-3', official: '（2026）江南新村第2号' },
    ]);
  });

  it('holds an operation whose rule throws, tells us, and goes on with the others', async () => {
    const broken = zhou.pen.create('程序出错');
    const fine = zhou.pen.create('甲');
    expect(await zhou.push(broken, fine)).toEqual([
      held(broken, { code: 'rule', rule: 'judge' }),
      confirmed(fine, 1),
    ]);
    expect(cast.failures).toEqual([broken.id]);
  });

  it('refuses text that is no operation, without values in the reason', async () => {
    const entries = await Promise.all(
      ['hello', '[]', '{"v":1}', '{"v":1,"__proto__":{"author":"x"}}'].map((text) =>
        zhou.entry(text, { id: zhou.pen.id('operation'), device: zhou.device, author: zhouMin.id }),
      ),
    );
    const answer = await zhou.pushEntries(entries);
    const verdicts = answer.ok ? answer.value.verdicts : [];
    expect(verdicts.map((verdict) => verdict.verdict !== 'confirmed' && verdict.reason.code)).toEqual(
      Array(4).fill('schema'),
    );
    expect(JSON.stringify(verdicts)).not.toContain('hello');
  });

  it('refuses a record id of another kind', async () => {
    const creation = zhou.pen.create('甲', { record: zhou.pen.id('resident') });
    expect(await zhou.push(creation)).toEqual([
      refused(creation, { code: 'schema', problems: [{ code: 'malformed', field: 'record' }] }),
    ]);
    expect(XUHUI.length).toBe(6);
  });
});
