import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import { historyResponse } from '../../shared/protocol/messages.ts';
import { people } from '../../shared/testing/town.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { JIANGNAN, RIHUI, villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong, liXiulan, guAdmin } = villagers;
const wu = { id: people.wuGuifang.id, name: people.wuGuifang.name };

let cast: Cast;
let zhou: Desk;
let secretary: Desk;
beforeEach(async () => {
  cast = await createCast();
  await cast.district.addPerson({ ...wu, grants: [{ role: 'secretary', area: JIANGNAN }] });
  zhou = await cast.desk(zhouMin);
  secretary = await cast.desk(wu);
});

const listed = async (desk: Desk, more: { before?: string; limit?: number } = {}) =>
  valueOf(await cast.district.review(await desk.asking({ path: '/api/review' }), more));
const told = async (desk: Desk) =>
  (await listed(desk)).items.map(({ operation, reason, why, device }) => [
    operation.id,
    reason.code,
    why,
    device,
  ]);
const counted = async (desk: Desk) =>
  valueOf(await cast.district.handshake(await desk.asking(), { protocol: 2 })).review;
const decide = (kind: 'accept' | 'decline', operation: Operation, words?: string): Operation => ({
  ...secretary.pen.change(operation.record, {}, { author: wu.id }),
  kind,
  set: undefined,
  reviews: [operation.id],
  ...(words !== undefined && { words }),
});

describe('what waits for a decision', () => {
  it('S14-2 is read whole by who may decide, newest first, with why it waits, and by nobody else', async () => {
    const matter = zhou.pen.create('漏水');
    await zhou.push(matter);
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    const first = zhou.pen.change(matter.record, { note: '一' });
    const second = zhou.pen.change(matter.record, { note: '二' }, { after: [first.id] });
    const apart = zhou.pen.create('另一件');
    await zhou.push(first, second, apart);
    const label = zhou.enrolled.device.label;
    expect(await told(secretary)).toEqual([
      [apart.id, 'access', 'post', label],
      [second.id, 'depends', undefined, label],
      [first.id, 'access', 'post', label],
    ]);
    expect((await listed(secretary)).items[2]?.operation).toEqual(first);
    expect(await counted(secretary)).toBe(2);
    // A handler of the same committee reads it, too; another committee, the administrator and the author do not.
    expect(await told(await cast.desk(chenGuodong))).toHaveLength(3);
    for (const person of [liXiulan, guAdmin]) expect(await told(await cast.desk(person))).toEqual([]);
    expect([await told(zhou), await counted(zhou)]).toEqual([[], 0]);
  });

  it('S14-8 says that the matter has moved, that the account is disabled, that the computer was revoked', async () => {
    const matter = zhou.pen.create('漏水');
    await zhou.push(matter);
    const chen = await cast.desk(chenGuodong);
    const move = {
      ...chen.pen.change(matter.record, {}, { author: chenGuodong.id, area: RIHUI }),
      kind: 'move',
      set: undefined,
    } as const;
    await chen.push(move);
    const late = zhou.pen.change(matter.record, { note: '不知道已移交' });
    await zhou.push(late);
    const li = await cast.desk(liXiulan);
    expect((await told(li)).map(([id, , why]) => [id, why])).toEqual([[late.id, 'moved']]);
    expect(await told(secretary)).toEqual([]);

    const ofChen = chen.pen.create('停用前写的', { author: chenGuodong.id });
    await cast.district.changePerson(chenGuodong.id, { disabled: true });
    await chen.push(ofChen);
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: zhou.device } });
    const ofZhou = zhou.pen.create('电脑停用前写的');
    const more = zhou.pen.change(ofZhou.record, { note: '又补一句' }, { after: [ofZhou.id] });
    await zhou.push(ofZhou, more);
    expect((await told(secretary)).map(([id, , why]) => [id, why])).toEqual([
      [more.id, 'device'],
      [ofZhou.id, 'device'],
      [ofChen.id, 'disabled'],
    ]);
    expect(await counted(secretary)).toBe(2);
  });

  it('S10-5 handed over by its author, it says why the district had refused it; who names somebody else’s reads nothing of it', async () => {
    const matter = zhou.pen.create('漏水');
    const wrong = zhou.pen.create('');
    await zhou.push(matter, wrong);
    const handed = { ...wrong, id: zhou.pen.id('operation'), corrects: wrong.id, handed: true as const };
    const chen = await cast.desk(chenGuodong);
    const borrowed = chen.pen.change(
      matter.record,
      { note: '请书记定' },
      { author: chenGuodong.id, corrects: wrong.id, handed: true },
    );
    await zhou.push(handed);
    await chen.push(borrowed);
    const items = (await listed(secretary)).items.map(({ operation, why, refused }) => [
      operation.id,
      [why, refused],
    ]);
    expect(Object.fromEntries(items)).toEqual({
      [handed.id]: ['handed', { code: 'schema', problems: [{ code: 'required', field: 'title' }] }],
      [borrowed.id]: ['handed', undefined],
    });
  });

  it('comes page by page', async () => {
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    const written = ['一', '二', '三', '四', '五'].map((title) => zhou.pen.create(title));
    await zhou.push(...written);
    const titles: unknown[] = [];
    let before: string | undefined;
    do {
      const page = await listed(secretary, { limit: 2, ...(before !== undefined && { before }) });
      titles.push(page.items.map(({ operation }) => operation.set?.['title']));
      before = page.next;
    } while (before !== undefined);
    expect(titles).toEqual([['五', '四'], ['三', '二'], ['一']]);
  });

  it('S14-3 the words reach the author, and nobody who asks for them beside', async () => {
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    const late = zhou.pen.create('漏水');
    await zhou.push(late);
    const no = decide('decline', late, '这一户已经由街道在办，不再另立');
    await secretary.push(no);
    const ask = async (desk: Desk) =>
      valueOf(
        await cast.district.reviewWords(await desk.asking({ path: '/api/review/words' }), {
          operations: [late.id, no.id, 'operation_00000000000000000000000001'],
        }),
      ).words;
    expect(await ask(zhou)).toEqual([
      { operation: late.id, by: wu.id, at: no.at, words: '这一户已经由街道在办，不再另立' },
    ]);
    expect(await ask(secretary)).toEqual([]);
    expect(await zhou.push(late)).toEqual([
      { id: late.id, verdict: 'refused', reason: { code: 'declined', operation: no.id } },
    ]);
  });

  it('S14-2 the history names the decision apart from what it let through', async () => {
    const matter = zhou.pen.create('漏水');
    await zhou.push(matter);
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    const late = zhou.pen.change(matter.record, { note: '断网时写的' });
    await zhou.push(late);
    const yes = decide('accept', late);
    await secretary.push(yes);
    const asking = await secretary.asking({ path: `/api/history/${matter.record}` });
    const answer = valueOf(await cast.district.history(asking, matter.record));
    const { operations, decisions } = historyResponse.parse(answer);
    expect(operations.map(({ seq, operation }) => [seq, operation.id])).toEqual([
      [1, matter.id],
      [3, late.id],
    ]);
    expect(decisions).toEqual([{ seq: 2, receivedAt: '2026-11-23T04:00:00.000Z', operation: yes }]);
  });
});
