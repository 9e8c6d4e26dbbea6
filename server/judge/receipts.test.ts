/** A district that forgot, and desks that bring back its own words. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { PushEntry, Verdict } from '../../shared/protocol/messages.ts';
import { newLife } from '../ledger/new-life.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { isSigned, base64url, bytesOf, sha256 } from '../testing/desk-keys.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { createMemoryLedger, type MemoryLedger } from '../testing/memory-ledger.ts';
import { village, villagers } from '../testing/village.ts';

let ledger: MemoryLedger;
let cast: Cast;
let zhou: Desk;
/** 周敏 at another computer. */
let other: Desk;
beforeEach(async () => {
  ledger = createMemoryLedger(
    { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
    village.roles,
  );
  cast = await createCast(ledger);
  zhou = await cast.desk(villagers.zhouMin);
  other = await cast.desk(villagers.zhouMin);
});

const pushed = async (desk: Desk, ...entries: readonly PushEntry[]): Promise<readonly Verdict[]> =>
  valueOf(await desk.pushEntries(entries)).verdicts;

/** Entries with their receipts, as the journal offers them again. */
async function said(desk: Desk, ...operations: readonly Operation[]): Promise<readonly PushEntry[]> {
  const entries: PushEntry[] = [];
  for (const operation of operations) entries.push(await desk.entry(operation));
  const verdicts = await pushed(desk, ...entries);
  return entries.map((entry, index) => {
    const verdict = verdicts[index];
    const earlier = verdict && 'receipt' in verdict ? verdict.receipt : undefined;
    return earlier === undefined ? entry : { ...entry, earlier };
  });
}

let lives = 1;
async function restore(to: unknown): Promise<void> {
  await ledger.restore(to);
  await ledger.transact(async (writing) =>
    writing.saveHead(newLife(await writing.lockHead(), `epoch-${++lives}`)),
  );
}

const official = async (record: string): Promise<unknown> =>
  ((await cast.record(record))?.values['number'] as { official?: string } | undefined)?.official;
const now = (seq: number) => ({ epoch: `epoch-${lives}`, seq });
/** Who wrote what last, and what is unsettled: all but the sequences, which are those of this life. */
const told = (record: RecordState | undefined): unknown => ({
  writers: Object.entries(record?.writers ?? {})
    .map(([field, { operation }]) => [field, operation])
    .sort(),
  rivals: Object.entries(record?.conflicts ?? {}).map(([field, { rivals }]) => [
    field,
    rivals.map(({ writer }) => writer.operation),
  ]),
});
const plain = (verdicts: readonly Verdict[]): readonly unknown[] =>
  verdicts.map((verdict) => ('receipt' in verdict ? { ...verdict, receipt: undefined } : verdict));

describe('S8 receipts', () => {
  it('S8-1 what was confirmed is confirmed again, with the very number that it had', async () => {
    const backup = await ledger.snapshot();
    const first = zhou.pen.create('楼道堆物');
    const second = other.pen.create('夜间噪声');
    const [zhous, others] = [await said(zhou, first), await said(other, second)];
    const numbers = [await official(first.record), await official(second.record)];
    await restore(backup);
    // In another order than before.
    expect(plain(await pushed(other, ...others))).toEqual([{ id: second.id, verdict: 'confirmed', seq: 1 }]);
    expect(plain(await pushed(zhou, ...zhous))).toEqual([{ id: first.id, verdict: 'confirmed', seq: 2 }]);
    expect([await official(first.record), await official(second.record)]).toEqual(numbers);
    const third = zhou.pen.create('宠物扰民');
    await zhou.push(third);
    expect(await official(third.record)).toBe('（2026）310104007001第3号');
  });

  it('S8-2 a number is never given twice: where somebody new has it, what was confirmed is held for a person', async () => {
    const backup = await ledger.snapshot();
    const old = zhou.pen.create('楼道堆物');
    const entries = await said(zhou, old);
    await restore(backup);
    const fresh = other.pen.create('夜间噪声');
    await other.push(fresh);
    expect(await pushed(zhou, ...entries)).toEqual([
      { id: old.id, verdict: 'held', reason: { code: 'restored', because: 'numberTaken' } },
    ]);
    expect(await official(fresh.record)).toBe('（2026）310104007001第1号');
  });

  it('S8-2 S8-5 a reviewer lets it through all the same, under the next number that nobody has', async () => {
    const chen = await cast.desk(villagers.chenGuodong);
    const backup = await ledger.snapshot();
    const old = zhou.pen.create('楼道堆物');
    const entries = await said(zhou, old);
    await restore(backup);
    const fresh = other.pen.create('夜间噪声');
    await other.push(fresh);
    await pushed(zhou, ...entries);
    const asked = valueOf(await cast.district.review(await chen.asking({ path: '/api/review' }), {}));
    expect(asked.items).toMatchObject([
      { operation: { id: old.id }, why: 'restored', reason: { code: 'restored', because: 'numberTaken' } },
    ]);
    const decision = {
      ...chen.pen.change(old.record, {}, { author: villagers.chenGuodong.id }),
      kind: 'accept' as const,
      set: undefined,
      reviews: [old.id],
    };
    expect(await chen.push(decision)).toMatchObject([{ verdict: 'confirmed' }]);
    expect(plain(await pushed(zhou, ...entries))).toEqual([{ id: old.id, verdict: 'confirmed', seq: 3 }]);
    expect([await official(fresh.record), await official(old.record)]).toEqual([
      '（2026）310104007001第1号',
      '（2026）310104007001第2号',
    ]);
  });

  it('S8-3 S8-5 a decision of a former life is confirmed again, before or after what it decided on', async () => {
    const chen = await cast.desk(villagers.chenGuodong);
    const backup = await ledger.snapshot();
    const old = zhou.pen.create('楼道堆物');
    const entries = await said(zhou, old);
    await restore(backup);
    await other.push(other.pen.create('夜间噪声'));
    await pushed(zhou, ...entries);
    const decision = {
      ...chen.pen.change(old.record, {}, { author: villagers.chenGuodong.id }),
      kind: 'accept' as const,
      set: undefined,
      reviews: [old.id],
    };
    const decided = await said(chen, decision);
    // Her journal keeps the newest receipt.
    const [again] = await pushed(zhou, ...entries);
    const earlier = again && 'receipt' in again ? again.receipt : undefined;
    const back = entries.map((entry) => ({ ...entry, ...(earlier !== undefined && { earlier }) }));
    const number = await official(old.record);
    for (const order of [
      [chen, decided, zhou, back],
      [zhou, back, chen, decided],
    ] as const) {
      await restore(backup);
      const [first, one, second, two] = order;
      await pushed(first, ...one);
      await pushed(second, ...two);
      const verdicts = [...(await pushed(chen, ...decided)), ...(await pushed(zhou, ...back))];
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed']);
      expect(await official(old.record)).toBe(number);
    }
  });

  it('S8-3 what was confirmed and does not fit any more is held, never refused', async () => {
    const matter = zhou.pen.create('楼道堆物');
    await zhou.push(matter);
    const backup = await ledger.snapshot();
    const settled = zhou.pen.advance(matter.record, 'settled', { after: [matter.id] });
    const entries = await said(zhou, settled);
    await restore(backup);
    await other.push(other.pen.advance(matter.record, 'dropped', { after: [matter.id] }));
    expect(await pushed(zhou, ...entries)).toEqual([
      { id: settled.id, verdict: 'held', reason: { code: 'restored', because: 'stageMoved' } },
    ]);
    // Without its receipt it would have been thrown back at its author.
    const bare = other.pen.advance(matter.record, 'settled', { after: [matter.id] });
    expect((await other.push(bare))[0]).toMatchObject({ verdict: 'refused', reason: { code: 'stageMoved' } });
  });

  it('S8-10 three desks that had seen each other end as they were, in whatever order they return', async () => {
    const chen = await cast.desk(villagers.chenGuodong);
    const third = await cast.desk(villagers.chenGuodong);
    const matter = zhou.pen.create('楼道堆物');
    await zhou.push(matter);
    const backup = await ledger.snapshot();
    const basis = (seq: number) => ({ basis: { epoch: 'epoch-1', seq } });
    const write = (desk: Desk, set: object, seq: number, author: string = villagers.zhouMin.id) =>
      desk.pen.change(matter.record, { ...set }, { author, ...basis(seq) });
    const a = await said(zhou, write(zhou, { title: '楼道堆物，三楼', note: '先去看看' }, 1));
    const b = await said(chen, write(chen, { title: '三楼堆物' }, 2, villagers.chenGuodong.id));
    // Has not seen 陈国栋's title.
    const c = await said(other, write(other, { title: '杂物', note: '约了周三' }, 2));
    const before = await cast.record(matter.record);
    expect(before).toMatchObject({ values: { title: '杂物', note: '约了周三' } });
    expect(before?.conflicts?.['title']?.rivals.map(({ value }) => value)).toEqual(['三楼堆物']);
    const offers = [
      [zhou, a],
      [chen, b],
      [other, c],
    ] as const;
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const order of orders) {
      await restore(backup);
      for (const place of order) {
        const [desk, entries] = offers[place] as (typeof offers)[number];
        expect((await pushed(desk, ...entries)).map(({ verdict }) => verdict)).toEqual(['confirmed']);
      }
      const after = await cast.record(matter.record);
      expect([order, after?.values, told(after)]).toEqual([order, before?.values, told(before)]);
    }
    // Somebody who writes now comes behind all of them, also where one of them is late.
    await restore(backup);
    await pushed(other, ...c);
    await third.push(
      third.pen.change(
        matter.record,
        { note: '已经搬走' },
        { author: villagers.chenGuodong.id, basis: now(2) },
      ),
    );
    await pushed(zhou, ...a);
    expect((await cast.record(matter.record))?.values).toMatchObject({ title: '杂物', note: '已经搬走' });
  });

  it('S3-5 a refusal is the same refusal in every life, also where the district still held it', async () => {
    const matter = zhou.pen.create('楼道堆物');
    const waiting = zhou.pen.advance(matter.record, 'settled');
    await zhou.push(waiting);
    const backup = await ledger.snapshot();
    await zhou.push(matter);
    expect((await said(zhou, waiting))[0]?.earlier).toBeDefined();
    const refused = zhou.pen.create('');
    const entries = await said(zhou, refused);
    const [before] = await pushed(zhou, ...entries);
    await restore(backup);
    // The rule that refused it is gone with the rest; the word is not.
    const again = await pushed(zhou, await zhou.entry(matter), ...entries);
    expect(plain(again)[1]).toEqual(plain([before as Verdict])[0]);
    // And its receipt is the same one: it tells of the life in which it was said.
    expect(again[1]).toEqual(before);
  });

  it('S8-4 a receipt is believed for its own operation alone', async () => {
    const backup = await ledger.snapshot();
    const matter = zhou.pen.create('楼道堆物');
    const [mine] = await said(zhou, matter);
    const refused = zhou.pen.create('');
    const [theirs] = await said(zhou, refused);
    await restore(backup);
    const [one, two] = [mine as PushEntry, theirs as PushEntry];
    const swapped = [
      { ...one, earlier: two.earlier as string },
      { ...two, earlier: `${one.earlier?.slice(0, -1)}${one.earlier?.endsWith('A') ? 'B' : 'A'}` },
    ];
    expect((await pushed(zhou, ...swapped)).map(({ verdict }) => verdict)).toEqual(['confirmed', 'refused']);
  });

  it('S13-4 the answer to a push is signed for this device, this body and these verdicts', async () => {
    const entry = await zhou.entry(zhou.pen.create('楼道堆物'));
    const answer = valueOf(await zhou.pushEntries([entry]));
    const { epoch, restoredHead, verdicts, signature = '' } = answer;
    const hash = async (text: string) => base64url(await sha256(bytesOf(text)));
    const empty = await hash('');
    const words = async (said: readonly Verdict[], device = zhou.device) =>
      [
        ...['linli/verdicts/2', device, empty, epoch, restoredHead, '', ''],
        await hash(JSON.stringify(said)),
      ].join('\n');
    const { signingKey } = zhou.enrolled.district;
    expect(await isSigned(signingKey, await words(verdicts), signature)).toBe(true);
    const forged = [{ id: entry.envelope.id, verdict: 'confirmed' as const, seq: 7 }];
    expect(await isSigned(signingKey, await words(forged), signature)).toBe(false);
    expect(await isSigned(signingKey, await words(verdicts, other.device), signature)).toBe(false);
  });
});
