/** Packages of desks that never meet a network, written and read by the book (`testing/package.ts`), over the whole district. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { CHAIN_START } from '../../shared/protocol/link.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { newReceiver, newSigner, sealBox, bytesOf } from '../testing/desk-keys.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import {
  answerOf,
  readAnswer,
  sourceOf,
  writePackage,
  type Written,
  type WrittenPackage,
} from '../testing/package.ts';
import { JIANGNAN, villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong, liXiulan } = villagers;
const CASEWORK = `${JIANGNAN}/casework`;

let cast: Cast;
let desk: Desk;
let colleague: Desk;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
  colleague = await cast.desk(chenGuodong);
});

const send = async (written: WrittenPackage) => cast.district.importPackage(sourceOf(written.text));
async function exchanged(given: Written) {
  const written = await writePackage(desk, given);
  const imported = valueOf(await send(written));
  return {
    written,
    imported,
    answer: await readAnswer(await answerOf(cast.district, desk.device), desk, written),
  };
}
const asking = { [zhouMin.id]: {} };
const refused = (error: string) => ({ ok: false, error });
const head = async () => (await cast.district.head()).seq;
const codes = async () =>
  (await cast.transactor.read((reading) => reading.alarms(100))).map(({ code }) => code);

it('PACK-1 an import judges like a push, and its answer holds what an online turn would: verdicts, handshake, keys, pages', async () => {
  const theirs = colleague.pen.create('楼道堆物', { author: chenGuodong.id });
  await colleague.push(theirs);
  const own = desk.pen.create('漏水');
  const { imported, answer } = await exchanged({ batches: [[await desk.entry(own)]], asks: asking });
  expect(imported).toEqual({
    device: desk.device,
    id: expect.any(String),
    number: 1,
    madeAt: '2026-11-23T04:00:00.000Z',
    importedAt: expect.any(String),
    confirmed: 1,
    refused: 0,
    held: 0,
    again: false,
    older: false,
    quarantined: false,
    revoked: false,
  });
  expect(answer.isSigned).toBe(true);
  expect(answer.device).toEqual({
    life: { epoch: 'epoch-1', restoredHead: 0 },
    pushes: [
      {
        epoch: 'epoch-1',
        restoredHead: 0,
        verdicts: [{ id: own.id, verdict: 'confirmed', seq: await head(), receipt: expect.any(String) }],
        signature: expect.any(String),
      },
    ],
  });
  const mine = answer.people.get(zhouMin.id)!;
  const online = valueOf(await cast.district.handshake(await desk.asking(), { protocol: PROTOCOL }));
  expect(mine.first.hello).toEqual({ ...online, serverTime: expect.any(String) });
  expect(mine.first.keys?.keys.map(({ scope }) => scope).sort()).toEqual([...online.scopes].sort());
  expect(mine.first.from).toEqual(online.scopes.map((scope) => ({ scope, cursor: 0 })));
  const pulled = await desk.pull(CASEWORK);
  expect(mine.pages.flatMap(({ records }) => records.map(({ id }) => id))).toEqual([
    theirs.record,
    own.record,
  ]);
  expect(mine.pages.at(-1)).toMatchObject({ records: pulled.records, cursor: await head(), more: false });
});

it('PACK-1 the first keys of a scope stay, whoever made them: an offer of the desk, or the district where the desk knew of none', async () => {
  const offered = new Uint8Array(32).fill(7);
  const id = 'k_0123456789abcdef';
  const sealed = await sealBox(offered, desk.enrolled.district.publicKey, 'linli/escrow/1', [
    desk.device,
    CASEWORK,
    id,
  ]);
  const { answer } = await exchanged({
    asks: { [zhouMin.id]: { keys: { offers: [{ scope: CASEWORK, id, sealed }] } } },
  });
  const keysIn = (read: typeof answer) =>
    new Map(read.people.get(zhouMin.id)?.first.keys?.keys.map((key) => [key.scope, key.id]));
  expect(keysIn(answer).get(CASEWORK)).toBe(id);
  const again = await exchanged({ number: 2, asks: asking });
  expect(keysIn(again.answer)).toEqual(keysIn(answer));
  const { exchange } = desk.people.get(zhouMin.id)!;
  const delivered = again.answer.people
    .get(zhouMin.id)
    ?.first.keys?.keys.find(({ scope }) => scope === CASEWORK);
  const bound = [desk.device, zhouMin.id, CASEWORK, id];
  expect(await exchange.open(delivered?.wrapped ?? '', 'linli/scope-key/1', bound)).toEqual(offered);
});

it('PACK-2 pages go on from the cursors of the ask, and from zero where those are of another epoch', async () => {
  await colleague.push(colleague.pen.create('一', { author: chenGuodong.id }));
  const cursor = await head();
  await colleague.push(colleague.pen.create('二', { author: chenGuodong.id }));
  const cursors = [{ scope: CASEWORK, cursor }];
  const titles = async (epoch: string) => {
    const { answer } = await exchanged({ asks: { [zhouMin.id]: { epoch, cursors } } });
    const { pages, first } = answer.people.get(zhouMin.id)!;
    expect(first.from.find(({ scope }) => scope === CASEWORK)?.cursor).toBe(epoch === 'epoch-1' ? cursor : 0);
    return pages.flatMap(({ records }) => records.map(({ values }) => values['title']));
  };
  expect(await titles('epoch-1')).toEqual(['二']);
  expect(await titles('epoch-0')).toEqual(['一', '二']);
});

it('S3 PACK-3 twice, and an older one after a newer one: each operation counts once, notices are told once, answers number on', async () => {
  const [one, two] = [await desk.entry(desk.pen.create('一')), await desk.entry(desk.pen.create('二'))];
  const first = await writePackage(desk, {
    batches: [[one]],
    asks: asking,
    notices: [{ code: 'recovery-sheet-used', at: '2026-11-20T04:00:00.000Z' }],
  });
  const second = await writePackage(desk, { number: 2, batches: [[one, two]], asks: asking });
  expect(valueOf(await send(second))).toMatchObject({ confirmed: 2, again: false, older: false });
  const after = await head();
  expect(valueOf(await send(first))).toMatchObject({ number: 1, confirmed: 1, again: false, older: true });
  expect(valueOf(await send(first))).toMatchObject({ confirmed: 1, again: true });
  expect(await head()).toBe(after);
  expect((await codes()).filter((code) => code === 'recovery-sheet-used')).toHaveLength(1);
  const serials: number[] = [];
  for (let round = 0; round < 2; round++)
    serials.push((await readAnswer(await answerOf(cast.district, desk.device), desk, first)).head.serial);
  expect(serials[1]).toBeGreaterThan(serials[0]!);
});

it('PACK-3 an answer made again later says what holds then: what was held and has moved on, and what has come meanwhile', async () => {
  const creation = desk.pen.create('漏水');
  const change = desk.pen.change(creation.record, { title: '漏水严重' }, { after: [creation.id] });
  const [begun, changed] = [await desk.entry(creation), await desk.entry(change)];
  const { written, answer } = await exchanged({ batches: [[changed]], asks: asking });
  // Its chain begins later than the district's: everything from the first on is asked for.
  expect(answer.device.pushes).toEqual([
    {
      ...{ epoch: 'epoch-1', restoredHead: 0, verdicts: [], expects: 1 },
      ...{ previous: CHAIN_START, signature: expect.any(String) },
    },
  ]);
  await desk.pushEntries([begun, changed]);
  const later = await readAnswer(await answerOf(cast.district, desk.device), desk, written);
  expect(later.people.get(zhouMin.id)?.pages.flatMap(({ records }) => records.map(({ id }) => id))).toEqual([
    creation.record,
  ]);
});

it('S13 PACK-4 everybody of the computer may ask by one package, each sealed for themselves; who has not signed gets nothing', async () => {
  valueOf(await desk.join(liXiulan));
  const asks = { [zhouMin.id]: {}, [liXiulan.id]: {} };
  const { answer } = await exchanged({ asks });
  expect([...answer.people.keys()].sort()).toEqual([zhouMin.id, liXiulan.id].sort());
  expect(answer.people.get(liXiulan.id)?.first.hello?.person.id).toBe(liXiulan.id);
  const stranger = await newSigner();
  const forged = await exchanged({ number: 2, asks, signer: stranger });
  expect([...forged.answer.people.keys()]).toEqual([]);
});

it('S14 PACK-4 a disabled person, a revoked computer and a quarantined one are told so and get nothing else; what they deliver is kept', async () => {
  await cast.district.changePerson(zhouMin.id, { disabled: true });
  const { answer } = await exchanged({ asks: asking });
  expect(answer.people.get(zhouMin.id)).toEqual({
    first: { used: 0, left: [], userKey: false, from: [], problem: 'forbidden' },
    pages: [],
  });
  await cast.district.changePerson(zhouMin.id, { disabled: false });
  await cast.district.administerLocally({ name: 'device.revoke', input: { device: desk.device } });
  const creation = desk.pen.create('漏水');
  const revoked = await exchanged({ number: 2, batches: [[await desk.entry(creation)]], asks: asking });
  expect(revoked.imported).toMatchObject({ revoked: true, held: 1 });
  expect(revoked.answer.device).toMatchObject({
    revoked: { signature: expect.any(String) },
    pushes: [{ verdicts: [{ id: creation.id, verdict: 'held', reason: { code: 'revoked' } }] }],
  });
  expect(revoked.answer.people.get(zhouMin.id)?.first.problem).toBe('revoked');

  const entry = await colleague.entry(colleague.pen.create('一', { author: chenGuodong.id }));
  const forged = {
    ...entry,
    link: { ...entry.link, signature: entry.link.signature.replace(/./, (one) => (one === 'A' ? 'B' : 'A')) },
  };
  const written = await writePackage(colleague, { batches: [[forged]] });
  expect(valueOf(await send(written))).toMatchObject({ quarantined: true, confirmed: 0 });
  const told = await readAnswer(await answerOf(cast.district, colleague.device), colleague, written);
  expect(told.device).toMatchObject({ pushes: [], quarantined: true });
});

describe('PACK-5 what is not this device’s whole package for this district applies nothing, and each has its word', () => {
  const entryOf = async () => desk.entry(desk.pen.create('漏水'));
  const cases: Readonly<Record<string, () => Promise<readonly [string, string]>>> = {
    'another district’s': async () => [
      (await writePackage(desk, { over: { district: 'district-huangpu' } })).text,
      'other-district',
    ],
    'an unknown computer’s': async () => [
      (await writePackage(desk, { over: { device: 'device_01J00000000000000000000999' } })).text,
      'unknown-device',
    ],
    'signed by another computer': async () => {
      const other = await writePackage({ ...desk, deviceKey: colleague.deviceKey }, {});
      return [other.text, 'tampered'];
    },
    'of a newer protocol': async () => [
      (await writePackage(desk, { over: { protocol: 99 } })).text,
      'unsupported-protocol',
    ],
    'sealed to another district': async () => {
      const { publicKey: _, ...district } = desk.enrolled.district;
      const { point } = await newReceiver();
      const elsewhere = {
        ...desk,
        enrolled: { ...desk.enrolled, district: { ...district, publicKey: point } },
      };
      return [(await writePackage(elsewhere, { batches: [[await entryOf()]] })).text, 'not-a-package'];
    },
    'cut after a line': async () => {
      const { text } = await writePackage(desk, { batches: [[await entryOf()]] });
      return [text.split('\n').slice(0, 2).join('\n') + '\n', 'truncated'];
    },
    'cut within a line': async () => {
      const { text } = await writePackage(desk, { batches: [[await entryOf()]] });
      return [text.slice(0, -200), 'truncated'];
    },
    'a character changed': async () => {
      const { text } = await writePackage(desk, { batches: [[await entryOf()]] });
      return [text.replace('"number":1', '"number":2'), 'tampered'];
    },
    'an entry taken out': async () => {
      const { text } = await writePackage(desk, { batches: [[await entryOf()], [await entryOf()]] });
      const lines = text.split('\n');
      return [[...lines.slice(0, 2), ...lines.slice(3)].join('\n'), 'tampered'];
    },
    'something behind its end': async () => {
      const { text } = await writePackage(desk, {});
      return [`${text}{"part":"end"}\n`, 'not-a-package'];
    },
    'an answer': async () => {
      await exchanged({ asks: asking });
      return [await answerOf(cast.district, desk.device), 'not-a-package'];
    },
    'something else altogether': async () => ['%PDF-1.7\nnothing of ours\n', 'not-a-package'],
    'nothing at all': async () => ['', 'not-a-package'],
  };
  for (const [name, make] of Object.entries(cases)) {
    it(`${name}`, async () => {
      const [text, error] = await make();
      const before = await head();
      expect(await cast.district.importPackage(sourceOf(text))).toEqual(refused(error));
      expect(await head()).toBe(before);
    });
  }

  it('hostile files of any form: no throw, nothing applied', async () => {
    const { text } = await writePackage(desk, { batches: [[await entryOf()]], asks: asking });
    const before = await head();
    const bytes = Buffer.from(text);
    const damaged = fc
      .array(fc.tuple(fc.nat(bytes.length - 20), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((places) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of places) copy[at] = value;
        return copy;
      })
      .filter((copy) => !copy.equals(bytes));
    const cut = fc.nat(bytes.length - 2).map((length) => bytes.subarray(0, length));
    const noise = fc.uint8Array({ maxLength: 300 }).map((one) => Buffer.from(one));
    const deep = fc.nat(5000).map((depth) => Buffer.from(`${'['.repeat(depth)}\n{"__proto__":1}\n`));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, cut, noise, deep), async (hostile) => {
        const answered = await cast.district.importPackage(() => [hostile]);
        expect(answered.ok).toBe(false);
      }),
      { numRuns: 150 },
    );
    expect(await head()).toBe(before);
  });

  it('a line without end is given up before it fills the memory', async () => {
    let given = 0;
    function* endless(): Generator<Uint8Array> {
      const piece = new Uint8Array(1024 * 1024).fill(0x20);
      for (;;) {
        given += 1;
        yield piece;
      }
    }
    expect(await cast.district.importPackage(endless)).toEqual(refused('not-a-package'));
    expect(given).toBeLessThan(8);
  });
});

it('nothing in a package or an answer that a finder of the stick could read names a person, a scope or a content', async () => {
  const theirs = colleague.pen.create('楼道堆物', { author: chenGuodong.id });
  await colleague.push(theirs);
  const { written } = await exchanged({
    batches: [[await desk.entry(desk.pen.create('漏水'))]],
    asks: asking,
  });
  const answer = await answerOf(cast.district, desk.device);
  for (const text of [written.text, answer])
    for (const secret of ['漏水', '楼道堆物', zhouMin.name, 'casework', JIANGNAN])
      expect(text).not.toContain(secret);
  expect(bytesOf(answer).length).toBeGreaterThan(1000);
});
