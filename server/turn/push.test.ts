import { beforeEach, describe, expect, it } from 'vitest';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { newSigner } from '../testing/desk-keys.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { FIRST, linkBehind } from '../testing/seal.ts';
import { villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong } = villagers;

let cast: Cast;
let desk: Desk;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
});

const errorOf = (result: { ok: boolean; error?: { error: string } }) =>
  result.ok ? 'ok' : result.error?.error;
const entries = async (...titles: readonly string[]): Promise<PushEntry[]> => {
  const made: PushEntry[] = [];
  for (const title of titles) made.push(await desk.entry(desk.pen.create(title)));
  return made;
};
/** As her desk writes it down when she gives an entry up. */
const settlement = async ({ link }: PushEntry) => {
  const { id: key, sign } = desk.people.get(zhouMin.id)!.signing;
  return { key, signature: await sign(`linli/settled/1|${link.hash}`) };
};
const head = async () => (await cast.district.head()).seq;
const alarms = async () =>
  (await cast.transactor.read((reading) => reading.alarms(100))).map(({ code, device }) => ({
    code,
    device,
  }));
const flipped = (text: string) => `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;

const receipt: unknown = expect.any(String);

describe('a signature that is not its author’s', () => {
  const forgeries: Readonly<Record<string, (given: readonly PushEntry[]) => Promise<readonly PushEntry[]>>> =
    {
      'a flipped bit': async ([one, two, last]) => [
        one!,
        two!,
        { ...last!, link: { ...last!.link, signature: flipped(last!.link.signature) } },
      ],
      'a colleague’s key under her name': async ([one, two, last]) => {
        const his = desk.people.get(chenGuodong.id)!.signing;
        return [one!, two!, { ...last!, link: await linkBehind(two!.link, last!.envelope, his) }];
      },
      'a link that says another id than was signed': async ([one, two, last]) => [
        one!,
        two!,
        { ...last!, envelope: { ...last!.envelope, id: desk.pen.id('operation') } },
      ],
      'another content under the commitment’s link': async ([one, two, last]) => [
        one!,
        two!,
        { ...last!, envelope: { ...last!.envelope, commitment: flipped(last!.envelope.commitment) } },
      ],
    };

  it.each(Object.keys(forgeries))(
    'S13 %s: nothing is applied, the device is quarantined, everything is kept aside',
    async (name) => {
      valueOf(await desk.join(chenGuodong));
      const aside: string[] = [];
      const { transact } = cast.transactor;
      const watched = await createCast(
        {
          ...cast.transactor,
          transact: (work) =>
            transact((writing) =>
              work({
                ...writing,
                setAside: (entry) => {
                  aside.push(entry.text);
                  return writing.setAside(entry);
                },
              }),
            ),
        },
        1,
        cast.keys,
      );
      const given = await forgeries[name]!(await entries('甲', '乙', '丙'));
      const pushed = await watched.district.push(await desk.asking({ as: null }), {
        protocol: 2,
        entries: [...given],
      });
      expect(errorOf(pushed)).toBe('quarantined');
      expect(await head()).toBe(0);
      expect(await alarms()).toEqual([{ code: 'signatureForged', device: desk.device }]);
      expect(aside).toEqual(given.map((entry) => JSON.stringify(entry)));
      expect(errorOf(await desk.pushEntries(await entries('丁')))).toBe('quarantined');
      await cast.district.administerLocally({ name: 'device.release', input: { device: desk.device } });
      const { verdicts } = valueOf(await desk.pushEntries(given.slice(0, 2)));
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed']);
    },
  );

  it('S13-3 a sealed author who is not the one that signed is a forgery', async () => {
    valueOf(await desk.join(chenGuodong));
    const forged = desk.pen.create('冒名', { author: chenGuodong.id });
    const entry = await desk.entry(JSON.stringify(forged), {
      id: forged.id,
      device: desk.device,
      author: zhouMin.id,
    });
    expect(errorOf(await desk.pushEntries([entry]))).toBe('quarantined');
    expect(await head()).toBe(0);
    expect(await alarms()).toEqual([{ code: 'signatureForged', device: desk.device }]);
  });
});

describe('what is no forgery', () => {
  it('her entry under a colleague’s name and signature does not open, and is refused as his', async () => {
    valueOf(await desk.join(chenGuodong));
    const [one, two] = await entries('甲', '乙');
    const envelope = { ...two!.envelope, author: chenGuodong.id };
    const link = await linkBehind(one!.link, envelope, desk.people.get(chenGuodong.id)!.signing);
    const { verdicts } = valueOf(await desk.pushEntries([one!, { envelope, link }]));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['confirmed', 'refused']);
  });

  it('the last signature of a run vouches for the ones before it', async () => {
    const [one, two, last] = await entries('甲', '乙', '丙');
    const unsigned = [one!, two!].map(({ envelope, link }) => ({
      envelope,
      link: { ...link, signature: flipped(link.signature) },
    }));
    const { verdicts } = valueOf(await desk.pushEntries([...unsigned, last!]));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  });

  it('runs of several people in one push, each with the own signature', async () => {
    valueOf(await desk.join(chenGuodong));
    const his = { author: chenGuodong.id };
    const made = [
      desk.pen.create('她的'),
      desk.pen.create('他的', his),
      desk.pen.create('他的二', his),
      desk.pen.create('她的二'),
    ];
    expect((await desk.push(...made)).map(({ verdict }) => verdict)).toEqual(Array(4).fill('confirmed'));
  });

  it('a content that cannot be opened, or is not what was committed to, is refused in its place and stops nobody', async () => {
    const [one, two, three] = await entries('甲', '乙', '丙');
    const damaged = { ...one!, envelope: { ...one!.envelope, content: flipped(one!.envelope.content) } };
    const swapped = {
      ...two!,
      envelope: { ...two!.envelope, forDistrict: flipped(two!.envelope.forDistrict) },
    };
    const { verdicts } = valueOf(await desk.pushEntries([damaged, swapped, three!]));
    expect(verdicts).toEqual([
      { id: one!.envelope.id, verdict: 'refused', reason: { code: 'damaged' }, receipt },
      { id: two!.envelope.id, verdict: 'refused', reason: { code: 'damaged' }, receipt },
      { id: three!.envelope.id, verdict: 'confirmed', seq: 1, receipt },
    ]);
    expect(await alarms()).toEqual([]);
  });

  it('a content that is not what its author committed to is refused, though it opens', async () => {
    const [one] = await entries('甲');
    const envelope = { ...one!.envelope, commitment: 'B'.repeat(43) };
    const link = await linkBehind(FIRST, envelope, desk.people.get(zhouMin.id)!.signing);
    expect(valueOf(await desk.pushEntries([{ envelope, link }])).verdicts).toEqual([
      { id: envelope.id, verdict: 'refused', reason: { code: 'damaged' }, receipt },
    ]);
  });

  it('an entry behind a gap has no verdict; the answer says from where to send', async () => {
    const [one, two, three] = await entries('甲', '乙', '丙');
    valueOf(await desk.pushEntries([one!]));
    expect(valueOf(await desk.pushEntries([three!]))).toMatchObject({
      ...{ verdicts: [], expects: 2 },
      previous: one!.link.hash,
    });
    const settled = await settlement(two!);
    const closed = valueOf(await desk.pushEntries([{ ...two!, settled }, three!]));
    expect(closed.verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'confirmed']);
    expect(closed.expects).toBeUndefined();
  });

  it('nobody but the author says that an entry is dealt with', async () => {
    const [one] = await entries('甲');
    const stranger = await newSigner();
    const forged = {
      ...(await settlement(one!)),
      signature: await stranger.sign(`linli/settled/1|${one!.link.hash}`),
    };
    expect(errorOf(await desk.pushEntries([{ ...one!, settled: forged }]))).toBe('quarantined');
    expect(await head()).toBe(0);
  });

  it('a settlement with a key that the district does not know waits, and takes nothing away', async () => {
    const [one] = await entries('甲');
    const unknown = { ...(await settlement(one!)), key: 'A'.repeat(22) };
    const answer = valueOf(await desk.pushEntries([{ ...one!, settled: unknown }]));
    expect(answer.verdicts).toEqual([{ id: one!.envelope.id, verdict: 'held', reason: { code: 'access' } }]);
    expect(valueOf(await desk.pushEntries([one!])).verdicts[0]?.verdict).toBe('confirmed');
  });

  it('a cloned disk: two entries with one number quarantine the device, and the first stands', async () => {
    const [one, two] = await entries('甲', '乙');
    valueOf(await desk.pushEntries([one!, two!]));
    const other = await desk.entry(desk.pen.create('克隆盘上写的'));
    const signer = desk.people.get(zhouMin.id)!.signing;
    const link = await linkBehind(one!.link, other.envelope, signer);
    expect(errorOf(await desk.pushEntries([{ envelope: other.envelope, link }]))).toBe('quarantined');
    expect(await head()).toBe(2);
    expect(await alarms()).toEqual([{ code: 'chainForked', device: desk.device }]);
  });
});

it('S9 a desk’s clock set back ten years changes nothing: tokens, proofs, order', async () => {
  const old = desk.pen.create('十年前？', { at: '2016-11-23T04:00:00.000Z' });
  const fresh = desk.pen.create('现在');
  expect((await desk.push(fresh, old)).map((one) => one.verdict === 'confirmed' && one.seq)).toEqual([1, 2]);
});
