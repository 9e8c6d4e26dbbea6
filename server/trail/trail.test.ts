import { beforeEach, describe, expect, it } from 'vitest';
import type { TrailResponse } from '../../shared/protocol/trail.ts';
import type { StoredOperation, Transactor } from '../ledger/transactor.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { newSigner } from '../testing/desk-keys.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { village, villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong } = villagers;
const DAY = 86_400_000;

/** What somebody has done to the database: how a row reads from now on. */
type Tampering = (stored: StoredOperation) => StoredOperation | undefined;

let tampering: Tampering;
let cast: Cast;
let hers: Desk;
let matter: string;

/** A ledger whose confirmed operations read as somebody with the database in their hands wants them to. */
function tampered(ledger: Transactor): Transactor {
  const changed = (rows: readonly StoredOperation[]) => rows.flatMap((row) => tampering(row) ?? []);
  return {
    ...ledger,
    read: (work) =>
      ledger.read((reading) =>
        work({
          ...reading,
          history: async (record) => changed(await reading.history(record)),
          confirmed: async (...asked) => changed(await reading.confirmed(...asked)),
        }),
      ),
  };
}

beforeEach(async () => {
  tampering = (stored) => stored;
  const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };
  cast = await createCast(tampered(createMemoryLedger(head, village.roles)));
  hers = await cast.desk(zhouMin);
  valueOf(await hers.join(chenGuodong));
  const create = hers.pen.create('楼上漏水');
  matter = create.record;
  await hers.push(create, hers.pen.change(matter, { title: '楼上漏水，已看过' }));
});

const checked = async (): Promise<TrailResponse> =>
  valueOf(await cast.district.checkTrail(await hers.asking(), matter));
const everything = async () => {
  const answered = await cast.district.administerLocally({ name: 'trail.check', input: {} });
  return answered.ok ? (answered.value as TrailResponse) : answered;
};

describe('TRAIL-1 what its authors have signed', () => {
  it('TRAIL-1 is sound as they left it', async () => {
    expect(await checked()).toEqual({ operations: 2, own: 0, faults: [] });
    expect(await everything()).toEqual({ operations: 2, own: 0, faults: [] });
  });

  const last =
    (work: (stored: StoredOperation) => StoredOperation | undefined): Tampering =>
    (stored) =>
      stored.seq === 2 ? work(stored) : stored;
  const inLink = (over: Partial<NonNullable<StoredOperation['link']>>): Tampering =>
    last((stored) => ({ ...stored, link: { ...stored.link!, ...over } }));

  it.each<[string, Tampering, string]>([
    ['another text', last((one) => ({ ...one, text: one.text.replace('已看过', '没看过') })), 'content'],
    [
      'another text with its digest',
      last((one) => {
        const text = one.text.replace('已看过', '没看过');
        return { ...one, text, digest: cast.keys.hash(text) };
      }),
      'content',
    ],
    ['no salt, as if the law had erased it', inLink({ salt: null }), 'content'],
    ['another author', last((one) => ({ ...one, author: chenGuodong.id })), 'content'],
    ['a link that goes on from nowhere', inLink({ previous: 'B'.repeat(43) }), 'content'],
    ['a key that nobody knows', inLink({ key: 'C'.repeat(22) }), 'signature'],
    ['another signature', inLink({ signature: `A${'b'.repeat(85)}` }), 'signature'],
  ])('TRAIL-1 %s is found', async (_, given, what) => {
    tampering = given;
    const found = await checked();
    expect(found).toEqual({ operations: 2, own: 0, faults: [{ what, at: expect.any(String) }] });
    expect(await everything()).toEqual(found);
  });

  it('TRAIL-1 a whole new link under a forged key is found by the link behind it', async () => {
    const forger = await newSigner();
    tampering = (one) => {
      if (one.seq !== 1) return one;
      return { ...one, link: { ...one.link!, previous: 'B'.repeat(43), key: forger.id } };
    };
    expect((await checked()).faults).toEqual([{ what: 'content', at: expect.any(String) }]);
  });

  it('TRAIL-1 whoever may not read the record is told nothing of its trail', async () => {
    const asking = await hers.asking({ as: null });
    expect(await cast.district.checkTrail(asking, matter)).toMatchObject({ ok: false });
    expect(await cast.district.checkTrail(await hers.asking(), 'matter_unknown')).toEqual({
      ok: false,
      error: { error: 'not-found' },
    });
  });
});

describe('TRAIL-2 the daily head', () => {
  const anchors = () => cast.transactor.read((reading) => reading.anchors());

  it('TRAIL-2 is made once a day, and not on days on which nothing happened', async () => {
    await cast.district.anchor();
    await hers.push(hers.pen.create('第二件'));
    await cast.district.anchor();
    expect((await anchors()).map(({ seq }) => seq)).toEqual([2]);
    cast.clock.now += DAY;
    await cast.district.anchor();
    cast.clock.now += DAY;
    await cast.district.anchor();
    expect((await anchors()).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await everything()).toEqual({
      ...{ operations: 3, own: 0, faults: [] },
      anchored: { day: '2026-11-24', seq: 3 },
    });
    expect(await checked()).toMatchObject({ anchored: { seq: 3 } });
  });

  it.each<[string, Tampering]>([
    ['an operation that was taken away', (one) => (one.seq === 1 ? undefined : one)],
    ['two that changed places', (one) => ({ ...one, seq: one.seq === null ? null : 3 - one.seq })],
  ])('TRAIL-2 %s breaks the day', async (_, given) => {
    await cast.district.anchor();
    const [{ day = '' } = {}] = await anchors();
    tampering = given;
    const found = (await everything()) as TrailResponse;
    expect(found.faults[0]).toEqual({ what: 'anchor', at: day });
  });
});
