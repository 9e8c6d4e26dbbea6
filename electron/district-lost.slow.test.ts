/**
 * A district whose machine is lost in every way that a cupboard knows: it comes back as it was yesterday or last week, empty, or on another
 * machine. Real server processes and the commands that an administrator types, on both databases; whole desks with real keys and journals.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type Postgres } from '../server/testing/postgres.ts';
import { registry } from '../shared/modules/index.ts';
import { leak } from '../shared/testing/leak.ts';
import { areas, people } from '../shared/testing/town.ts';
import {
  found,
  newFolder,
  realDistrict,
  type Ledger,
  type Place,
  type RealDistrict,
} from './testing/real-district.ts';
import { wholeDesk, type WholeDesk } from './testing/whole-desk.ts';

const { zhouMin, chenGuodong } = people;
const home = areas.jiangnan.code;
/** Answers for the committee, and mediates there herself. */
const wuGuifang = {
  ...people.wuGuifang,
  grants: [...people.wuGuifang.grants, { role: 'mediator', area: home }],
};
let postgres: Postgres;
const folders: string[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  for (const folder of folders) await rm(dirname(folder), { recursive: true, force: true });
});

async function newPlace(engine: 'pglite' | 'postgres'): Promise<Place> {
  const folder = newFolder();
  folders.push(folder);
  return { folder, ...(engine === 'postgres' && { database: await postgres.createDatabase() }) };
}

async function register(desk: WholeDesk, subject: string): Promise<string> {
  const record = desk.desk().newId('mediation');
  const values = { ...leak.registration, subject };
  const saved = await desk.desk().run({ kind: 'create', entity: 'mediation', record, area: home, values });
  if (!saved.ok) throw new Error(saved.error.code);
  return record;
}

async function write(desk: WholeDesk, record: string, values: Record<string, unknown>): Promise<void> {
  const saved = await desk.desk().run({ kind: 'change', entity: 'mediation', record, values });
  if (!saved.ok) throw new Error(saved.error.code);
}

const idsAt = (desk: WholeDesk) =>
  desk
    .desk()
    .list({ entity: 'mediation' })
    .map(({ id }) => id)
    .sort();
/** What the district holds in its present life; what it lacks a desk goes on showing beside it. */
const shown = (desk: WholeDesk) =>
  desk
    .desk()
    .list({ entity: 'mediation' })
    .filter(({ id }) => desk.desk().inside.engine.records.baseOf(id)?.epoch === lifeOf(desk))
    .map(({ id, values, seq }) => ({ id, values, seq }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
const numbersIn = (found: readonly { readonly values: Readonly<Record<string, unknown>> }[]) =>
  found
    .flatMap(({ values }) => (values['number'] as { official?: string } | undefined)?.official ?? [])
    .sort();
const isMissing = ({ records }: Ledger, id: string): boolean => !records.some((one) => one.id === id);
const lifeOf = (desk: WholeDesk): string => desk.desk().inside.engine.state.epoch;

/** Turns at every desk until all of them show the same, and nobody waits for the district. */
async function settled(desks: readonly WholeDesk[], isDone: () => boolean = () => true): Promise<void> {
  for (let round = 0; ; round++) {
    for (const desk of desks) {
      await desk.settled();
      // Whoever waits out a line that failed is told that it is there again.
      await desk.bridge.ask('carrier.push');
    }
    await wait(50);
    for (const desk of desks) await desk.settled();
    const sights = new Set(desks.map((desk) => JSON.stringify(shown(desk))));
    const isQuiet = desks.every(
      (desk) => desk.desk().sync().pending === 0 && desk.desk().sync().connection === 'online',
    );
    if (sights.size === 1 && isQuiet && isDone()) return;
    if (round > 100)
      throw new Error(JSON.stringify([...sights, ...desks.map((desk) => desk.desk().sync())], undefined, 1));
  }
}

describe.each(['pglite', 'postgres'] as const)('a district on %s that its machine has lost', (engine) => {
  let place: Place;
  let district: RealDistrict;
  let zhou: WholeDesk;
  let chen: WholeDesk;
  /** Registers what the lost district had numbered already. */
  let wu: WholeDesk;
  let old = '';
  let before: Ledger;
  const copy = (name: string): string => join(dirname(place.folder), name);
  const theirs = () => [zhou, chen] as const;
  const anotherLife = (than: string) => () => [zhou, chen].every((desk) => lifeOf(desk) !== than);

  /** What they write next, signed with the key of their new enrolment, vouches for what they signed with the former one. */
  const vouch = (desk: WholeDesk, difficulty: string) => write(desk, old, { difficulty });

  beforeAll(async () => {
    place = await newPlace(engine);
    district = await realDistrict(place);
    // Last week.
    await district.serve(7);
    await found(district, [zhouMin, chenGuodong, wuGuifang]);
    zhou = await wholeDesk(registry);
    chen = await wholeDesk(registry);
    await zhou.enrol({ address: district.url, code: await district.code(zhouMin) });
    await chen.enrol({ address: district.url, code: await district.code(chenGuodong) });
    old = await register(zhou, '上周的漏水');
    await settled(theirs());
    await district.npm('district:backup', '--to', copy('week'));
    await district.stop();
    // Yesterday.
    await district.serve(1);
    await write(chen, old, { requests: '把吊顶修好' });
    await register(chen, '昨天的噪声');
    await settled(theirs());
    await district.npm('district:backup', '--to', copy('day'));
    await district.stop();
    // Today.
    await district.serve();
    await register(zhou, '今天的楼道');
    await register(chen, '今天的晾衣');
    await settled(theirs());
    await write(zhou, old, { subject: '漏水，又塌了一块' });
    await settled(theirs());
    await district.stop();
    before = await district.ledger();
    expect([before.confirmed.length, before.others, numbersIn(before.records).length]).toEqual([6, [], 4]);
  }, 240_000);
  afterAll(async () => {
    await district.stop();
    await zhou.close();
    await chen.close();
    await wu?.close();
  });

  it('S8 S8-1 comes back as it was yesterday: everything that was confirmed is there again, once, under its number', async () => {
    await district.npm('district:restore', '--from', copy('day'), '--replace');
    expect((await district.ledger()).confirmed).toHaveLength(3);
    await district.serve();
    await settled(theirs(), anotherLife(before.epoch));
    await district.stop();
    const after = await district.ledger();
    expect([[...after.confirmed].sort(), after.others]).toEqual([[...before.confirmed].sort(), []]);
    expect(numbersIn(after.records)).toEqual(numbersIn(before.records));
    expect([shown(zhou), numbersIn(shown(zhou))]).toEqual([shown(chen), numbersIn(before.records)]);
  }, 240_000);

  it('S8-2 S8-3 comes back as it was last week, and somebody registers before the others return: nothing is numbered twice, refused or lost', async () => {
    const [epoch] = [lifeOf(zhou)];
    await district.npm('district:restore', '--from', copy('week'), '--replace');
    await district.serve();
    wu = await wholeDesk(registry);
    await wu.enrol({ address: district.url, code: await district.code(wuGuifang) });
    await settled([wu]);
    const fresh = await register(wu, '书记接待的纠纷');
    await settled([wu]);
    await settled([...theirs(), wu], anotherLife(epoch));
    await district.stop();
    const without = await district.ledger();
    // The creation that had this number, alone, waits for a person.
    expect(without.others).toEqual([expect.stringMatching(/^held .*numberTaken/)]);
    const back = before.confirmed.filter((id) => without.confirmed.includes(id));
    expect([back.length, without.confirmed.length]).toEqual([5, 6]);
    await district.serve();
    const [held = ''] = before.confirmed.filter((id) => !without.confirmed.includes(id));
    const [record = ''] = before.records.map(({ id }) => id).filter((id) => isMissing(without, id));
    await wu.desk().askReview();
    const yes = { kind: 'accept', entity: 'mediation', record, reviews: [held] } as const;
    expect(await wu.desk().run(yes)).toMatchObject({ ok: true });
    await settled([...theirs(), wu], () => shown(wu).some(({ id }) => id === record));
    await district.stop();
    const after = await district.ledger();
    expect([after.others, before.confirmed.filter((id) => !after.confirmed.includes(id))]).toEqual([[], []]);
    const numbers = numbersIn(after.records);
    expect([new Set(numbers).size, numbers.length]).toEqual([5, 5]);
    expect(isMissing(after, fresh)).toBe(false);
  }, 240_000);

  it('S8 S8-3 is emptied: desks keep everything and show no false 已同步, and the copy on another machine brings it back', async () => {
    const [sight, epoch] = [idsAt(zhou), lifeOf(zhou)];
    const whole = await district.ledger();
    const empty = await newPlace(engine);
    district.moveTo(empty);
    // Nothing at all: another district with keys of its own, at the old address.
    await district.serve();
    await write(zhou, old, { requests: '换一块吊顶' });
    for (const desk of theirs()) await desk.settled();
    expect(zhou.desk().sync()).toMatchObject({ pending: 1 });
    expect([zhou, chen].map((desk) => desk.desk().sync().connection === 'online')).toEqual([false, false]);
    expect(idsAt(zhou)).toEqual(sight);
    await district.stop();
    expect((await district.ledger()).confirmed).toEqual([]);
    if (engine === 'postgres') {
      // The database is there, the folder is gone: without its keys the district starts no guess.
      district.moveTo({ ...place, folder: newFolder() });
      await expect(district.serve()).rejects.toThrow('keys/');
    }
    district.moveTo(empty);
    await district.npm('district:restore', '--from', copy('week'), '--replace');
    await district.serve();
    // She came to the district after the copy was made: it does not know her computer until she is let in again.
    await wu.settled();
    expect(wu.desk().sync()).toMatchObject({ connection: 'problem', problem: 'access' });
    await wu.enrol({ address: district.url, code: await district.code(wuGuifang) });
    await vouch(wu, 'simple');
    await settled([...theirs(), wu], () => anotherLife(epoch)() && shown(wu).length === sight.length);
    await district.stop();
    const after = await district.ledger();
    expect([whole.confirmed.filter((id) => !after.confirmed.includes(id)), after.others]).toEqual([[], []]);
    const numbers = numbersIn(after.records);
    expect(new Set(numbers).size).toBe(numbers.length);
    place = empty;
  }, 240_000);

  it('S8 loses its database and has no copy: with its keys it is founded anew, and who is let in again and writes on brings everything back, once', async () => {
    const epoch = lifeOf(zhou);
    const sight = idsAt(zhou);
    const whole = await district.ledger();
    if (engine === 'postgres') place = { ...place, database: await postgres.createDatabase() };
    else await rm(join(place.folder, 'pglite'), { recursive: true });
    district.moveTo(place);
    await found(district, [zhouMin, chenGuodong, wuGuifang]);
    await district.serve();
    const everybody = [
      { desk: zhou, person: zhouMin, values: { requests: '从头再来' } },
      { desk: chen, person: chenGuodong, values: { difficulty: 'complex' } },
      { desk: wu, person: wuGuifang, values: { subject: '漏水，从头再来' } },
    ];
    for (const { desk, person, values } of everybody) {
      await desk.enrol({ address: district.url, code: await district.code(person) });
      await write(desk, old, values);
    }
    await settled([zhou, chen, wu], () => anotherLife(epoch)() && shown(zhou).length === sight.length);
    await district.stop();
    const after = await district.ledger();
    const missing = whole.confirmed.filter((id) => !after.confirmed.includes(id));
    expect([missing, after.others]).toEqual([[], []]);
  }, 240_000);
});
