import { beforeEach, describe, expect, it } from 'vitest';
import { chen, createChain, createCourt, type Court } from '../testing/court.ts';
import { createMemoryLedger, type MemoryLedger } from '../testing/memory-ledger.ts';
import { villagers } from '../testing/village.ts';
import type { Outcome, Submission } from './submission.ts';

let ledger: MemoryLedger;
let court: Court;
let chain: ReturnType<typeof createChain>;
beforeEach(async () => {
  ledger = createMemoryLedger({ district: 'd', name: '徐汇区', epoch: 'epoch-1' }, {});
  court = await createCourt(ledger);
  chain = createChain();
});

const entry = (title: string, marks: Pick<Submission, 'settled' | 'revoked'> = {}): Submission =>
  chain.link(court.pen.create(title), marks);
const confirmed = ({ id }: Submission, seq: number): Outcome => ({
  kind: 'judged',
  verdict: { id, verdict: 'confirmed', seq },
});
const kindsOf = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map((outcome) =>
      outcome.kind === 'judged'
        ? outcome.verdict.verdict
        : outcome.kind === 'gap'
          ? `gap ${outcome.expects}`
          : 'forked',
    )
    .join(', ');
const end = async () => (await court.transactor.read((reading) => reading.chains(['device-1'])))[0];
const head = async () => (await court.transactor.read((reading) => reading.head())).seq;
const setAside = async () =>
  ((await ledger.snapshot()) as { readonly setAside: readonly { readonly number: number }[] }).setAside;

describe('the chain of a device', () => {
  it('S3-1 goes on entry by entry, and the same entry gets the same verdict for ever', async () => {
    const [first, second] = [entry('甲'), entry('乙')];
    expect(await court.send(first, second, second)).toEqual([
      confirmed(first, 1),
      confirmed(second, 2),
      confirmed(second, 2),
    ]);
    expect(await end()).toEqual({ device: 'device-1', number: 2, hash: second.link?.hash, epoch: 'epoch-1' });
    const third = entry('丙');
    expect(await court.send(first, second, third)).toEqual([
      confirmed(first, 1),
      confirmed(second, 2),
      confirmed(third, 3),
    ]);
    const { entry: _, ...link } = third.link ?? {};
    expect((await court.stored(third))?.link).toEqual(link);
  });

  it('S6-3 judges nothing behind a gap, and says from where to send again', async () => {
    const [first, second, third, fourth] = [entry('甲'), entry('乙'), entry('丙'), entry('丁')];
    expect(kindsOf(await court.send(first, third, fourth))).toBe('confirmed, gap 2, gap 2');
    expect(await head()).toBe(1);
    expect(await court.stored(third)).toBeUndefined();
    expect(kindsOf(await court.send(third, second))).toBe('gap 2, confirmed');
    expect(await court.send(second, third, fourth)).toEqual([
      confirmed(second, 2),
      confirmed(third, 3),
      confirmed(fourth, 4),
    ]);
  });

  const isQuarantined = async (): Promise<boolean | undefined> =>
    (await court.transactor.read((reading) => reading.device('device-1')))?.quarantined;

  it('two branches: nothing of the device takes effect, both branches are kept, the administrator is told', async () => {
    const [first, second] = [entry('甲'), entry('乙')];
    const clone = createChain({ number: 1, hash: first.link?.hash ?? '' });
    const other = clone.link(court.pen.create('克隆'));
    const third = entry('丙');
    await court.send(first, second);
    const neighbour = createChain().link(
      court.pen.create('别的电脑', { device: 'device-2', author: villagers.chenGuodong.id }),
    );
    expect(kindsOf(await court.send(first, neighbour, other, third))).toBe(
      'forked, confirmed, forked, forked',
    );
    expect(await head()).toBe(3);
    expect(await isQuarantined()).toBe(true);
    expect(await setAside()).toEqual([
      { at: '2026-11-23T04:00:00.000Z', device: 'device-1', number: 2, text: other.link?.entry },
      { at: '2026-11-23T04:00:00.000Z', device: 'device-1', number: 3, text: third.link?.entry },
    ]);
    expect(await court.transactor.read((reading) => reading.alarms(100))).toEqual([
      {
        at: '2026-11-23T04:00:00.000Z',
        code: 'chainForked',
        operation: other.id,
        device: 'device-1',
        person: villagers.zhouMin.id,
      },
    ]);
    expect(await end()).toEqual({ device: 'device-1', number: 2, hash: second.link?.hash, epoch: 'epoch-1' });
    expect(await court.stored(first)).toMatchObject({ verdict: { verdict: 'confirmed' } });
  });

  it('a next entry that does not go on from the end is another branch, also when it is the first to arrive', async () => {
    await court.send(entry('甲'));
    const clone = createChain({ number: 1, hash: 'another end' });
    expect(kindsOf(await court.send(clone.link(court.pen.create('克隆'))))).toBe('forked');
    expect([await isQuarantined(), await head()]).toEqual([true, 1]);
  });

  it('S8-11 after a restoration the first of another branch is told where the district’s chain ends; the next is a clone', async () => {
    const first = entry('甲');
    await court.send(first);
    const hash = first.link?.hash ?? '';
    const former = { device: 'device-1', number: 1, hash, epoch: 'epoch-0' };
    await court.transactor.transact((writing) => writing.saveChains([former]));
    const clone = createChain().link(court.pen.create('那一世写的'));
    const gap = { kind: 'gap', expects: 2, previous: hash };
    expect(await court.send(clone)).toEqual([gap]);
    expect([await isQuarantined(), await head(), await setAside()]).toEqual([false, 1, []]);
    expect(kindsOf(await court.send(entry('乙')))).toBe('confirmed');
    expect((await end())?.epoch).toBe('epoch-1');
    expect(kindsOf(await court.send(clone))).toBe('forked');
    expect(await isQuarantined()).toBe(true);
  });

  it('S8-11 what was sent to a former life and arrives late is another branch, and no clone', async () => {
    const first = entry('甲');
    await court.send(first);
    const sent = createChain().link(court.pen.create('恢复前发出的'), { late: true });
    expect(kindsOf(await court.send(sent))).toBe('gap 2');
    expect([await isQuarantined(), await head()]).toEqual([false, 1]);
    // Late and right, it is judged like everything.
    const late = chain.link(court.pen.create('晚到'), { late: true });
    expect(kindsOf(await court.send(late))).toBe('confirmed');
  });

  it('S8-11 what has got a new place since, and comes late in its former one, is answered as before', async () => {
    const { hash = '' } = entry('丢了的').link ?? {};
    const operation = court.pen.create('换了位置的');
    const former = chain.link(operation);
    await court.send(createChain().link(operation));
    expect(kindsOf(await court.send(former))).toBe('confirmed');
    expect([await isQuarantined(), await head()]).toEqual([false, 1]);
    // Something new on that branch is a clone's all the same.
    const clone = createChain({ number: 1, hash }).link(court.pen.create('克隆'));
    expect(kindsOf(await court.send(former, clone))).toBe('forked, forked');
  });

  it('a fork inside one batch takes nothing of the batch', async () => {
    const first = entry('甲');
    const clone = chain.clone();
    const [mine, others] = [entry('乙'), clone.link(court.pen.create('克隆'))];
    expect(kindsOf(await court.send(first, mine, others))).toBe('forked, forked, forked');
    expect([await head(), await end(), (await setAside()).length]).toEqual([0, undefined, 3]);
  });

  it('a quarantined device only adds to what is kept, without another alarm', async () => {
    const first = entry('甲');
    await court.send(first);
    await court.send(createChain().link(court.pen.create('克隆')));
    expect(kindsOf(await court.send(first, entry('乙')))).toBe('forked, forked');
    expect((await setAside()).map(({ number }) => number)).toEqual([1, 2]);
    expect((await court.transactor.read((reading) => reading.alarms(100))).length).toBe(1);
  });

  it('a number that is behind must be an operation that the district knows', async () => {
    const first = entry('甲');
    await court.send(first);
    const changed = chain.link({ ...court.pen.create('别的内容'), id: first.id });
    const refused = { id: first.id, verdict: 'refused', reason: { code: 'contentChanged' } };
    expect(await court.send(changed)).toEqual([{ kind: 'judged', verdict: refused }]);
    // It left no operation of its own, and the chain went on over it.
    expect(await court.send(entry('丙'))).toEqual([{ kind: 'judged', verdict: expect.anything() }]);
    expect(await court.send(changed)).toEqual([{ kind: 'judged', verdict: refused }]);
    const stranger = createChain({ number: 1, hash: first.link?.hash ?? '' }).link(court.pen.create('冒充'));
    expect(kindsOf(await court.send(stranger))).toBe('forked');
  });

  it('S10 what its author has dealt with closes the gap, takes no effect and is never judged again', async () => {
    const settled = entry('早已处理', { settled: true });
    const after = entry('乙');
    expect(await court.send(settled, after)).toEqual([
      {
        kind: 'judged',
        verdict: { id: settled.id, verdict: 'refused', reason: { code: 'resolved' } },
      },
      confirmed(after, 1),
    ]);
    await court.wake('registry', 'device:device-1', `person:${villagers.zhouMin.id}`);
    expect(await head()).toBe(1);
    expect(kindsOf(await court.send(settled))).toBe('refused');
    // Marked as settled only now: the verdict that stands is told.
    expect(await court.send({ ...after, settled: true })).toEqual([confirmed(after, 1)]);
  });

  it('S3-3 what was held and its author has given up never wakes, whatever it waited for', async () => {
    const creation = court.pen.create('甲');
    const change = chain.link(court.pen.change(creation.record, { note: '放弃了' }));
    expect(kindsOf(await court.send(change))).toBe('held');
    expect(kindsOf(await court.send({ ...change, settled: true }))).toBe('refused');
    expect(kindsOf(await court.send(chain.link(creation)))).toBe('confirmed');
    expect(await court.verdict(change)).toEqual({
      id: change.id,
      verdict: 'refused',
      reason: { code: 'resolved' },
    });
    expect(await head()).toBe(1);
  });

  it('S3-3 in another name, or from another device, nothing that is held is settled', async () => {
    const change = chain.link(court.pen.change(court.pen.id('matter'), { note: '等着' }));
    await court.send(change);
    const author = villagers.chenGuodong.id;
    for (const claim of [{ author }, { device: 'device-2', link: null }])
      await court.send({ ...change, ...claim, settled: true });
    expect((await court.verdict(change))?.verdict).toBe('held');
    await court.send({ ...change, settled: true });
    expect((await court.verdict(change))?.verdict).toBe('refused');
  });

  it('S3-3 what was held and its author has sent anew counts once, and nobody else ends it', async () => {
    const creation = court.pen.create('甲');
    const change = chain.link(court.pen.change(creation.record, { note: '先写的' }));
    await court.send(change);
    const colleague = { author: villagers.chenGuodong.id, corrects: change.id };
    await court.send(chain.link(court.pen.create('别人的', colleague)));
    expect((await court.verdict(change))?.verdict).toBe('held');
    const anew = court.pen.create('又写的', { corrects: change.id });
    expect(kindsOf(await court.send(chain.link(anew), chain.link(creation)))).toBe('confirmed, confirmed');
    expect((await court.verdict(change))?.verdict).toBe('refused');
    expect(await head()).toBe(3);
  });

  it('what a revoked device still held waits for somebody to look at it, whole groups included', async () => {
    const group = court.pen.group([court.pen.create('甲'), court.pen.create('乙')]);
    const entries = group.map((operation) => chain.link(operation, { revoked: true }));
    const held = (await court.send(...entries)).map(
      (outcome) => outcome.kind === 'judged' && outcome.verdict,
    );
    expect(held).toEqual(group.map(({ id }) => ({ id, verdict: 'held', reason: { code: 'revoked' } })));
    await court.wake('registry', `person:${villagers.zhouMin.id}`, `group:device-1/${group[0]?.group?.id}`);
    expect(await head()).toBe(0);
    await court.wake('device:device-1');
    expect([await court.verdict(entries[0]!), await head()]).toEqual([
      { id: entries[0]?.id, verdict: 'confirmed', seq: 1 },
      2,
    ]);
  });

  it('S4-4 a transaction that fails moves no chain', async () => {
    const first = entry('甲');
    await expect(
      court.transactor.transact(async (writing) => {
        await writing.saveChains([{ device: 'device-1', number: 9, hash: 'x', epoch: 'epoch-1' }]);
        throw new Error('power cut');
      }),
    ).rejects.toThrow('power cut');
    expect(await court.send(first)).toEqual([confirmed(first, 1)]);
  });

  it('what the district submits itself belongs to no chain', async () => {
    const own = court.pen.create('甲', { author: chen.id });
    expect(await court.submit(own, own)).toHaveLength(2);
    expect([await end(), (await court.stored(own))?.link]).toEqual([undefined, null]);
  });
});
