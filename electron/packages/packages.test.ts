/** Whole desks that reach their district by files alone, against the district's own code. */
import type { AddressInfo } from 'node:net';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { keysOf, newPrivateKey } from '../../server/keys.ts';
import type { PackageHead } from '../../shared/protocol/package.ts';
import { answerForDeviceOf } from '../../shared/protocol/sealed-box.ts';
import { packageAnswerText } from '../../shared/protocol/signing.ts';
import { thorough } from '../../shared/testing/thorough.ts';
import { createCast, type Cast } from '../../server/testing/cast.ts';
import { valueOf, type Desk } from '../../server/testing/desk.ts';
import { answerOf, sourceOf } from '../../server/testing/package.ts';
import { JIANGNAN, village, villagers } from '../../server/testing/village.ts';
import { wholeDesk, type WholeDesk } from '../testing/whole-desk.ts';

const { zhouMin, chenGuodong } = villagers;
let cast: Cast;
let colleague: Desk;
let usb: WholeDesk;
const open: { readonly close: () => Promise<unknown> }[] = [];
const opened = async (): Promise<WholeDesk> => {
  const desk = await wholeDesk(village);
  open.push(desk);
  return desk;
};

beforeEach(async () => {
  // The wall clock of this machine stands in the desks' entries.
  cast = await createCast();
  cast.clock.now = Date.now();
  colleague = await cast.desk(chenGuodong);
  usb = await opened();
  await usb.enrol({ answer: answerEnrolment(zhouMin.id) });
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const answerEnrolment =
  (person: string) =>
  async (request: Uint8Array): Promise<Uint8Array> => {
    const input = { person, request: JSON.parse(Buffer.from(request).toString()) };
    const done = valueOf(await cast.district.administerLocally({ name: 'enrolment.answer', input }));
    return Buffer.from(JSON.stringify((done as { file: unknown }).file));
  };
const create = (desk: WholeDesk, title: string) =>
  desk.desk().run({
    kind: 'create',
    entity: 'matter',
    record: desk.desk().newId('matter'),
    area: JIANGNAN,
    values: { title },
  });
const titles = (desk: WholeDesk) =>
  desk
    .desk()
    .list({ entity: 'matter' })
    .map(({ values }) => values['title'])
    .sort();
async function carried(text: string): Promise<string> {
  valueOf(await cast.district.importPackage(sourceOf(text)));
  const { device } = JSON.parse(text.slice(0, text.indexOf('\n'))) as { device: string };
  return answerOf(cast.district, device);
}
const theirs = (title: string) => colleague.push(colleague.pen.create(title, { author: chenGuodong.id }));
const flipped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

it('S3 PACK-7 two walks: verdicts, official numbers and a colleague’s records arrive by files alone; 已同步 is never said', async () => {
  await theirs('楼道堆物');
  valueOf(await create(usb, '漏水'));
  expect(titles(usb)).toEqual(['漏水']);
  expect(usb.desk().sync()).toMatchObject({ pending: 1, connection: 'offline' });
  const first = await usb.exportPackage();
  expect(await usb.importAnswer(await carried(first))).toEqual({
    ok: true,
    value: {
      number: 1,
      confirmed: 1,
      refused: 0,
      held: 0,
      forMe: true,
      others: [],
      quarantined: false,
      isMissing: false,
    },
  });
  expect(titles(usb)).toEqual(['楼道堆物', '漏水']);
  const [own] = usb
    .desk()
    .list({ entity: 'matter' })
    .filter(({ values }) => values['title'] === '漏水');
  expect(own?.values['number']).toEqual({ temporary: '临-D2-1', official: `（2026）${JIANGNAN}第2号` });
  expect(usb.desk().sync()).toMatchObject({
    pending: 0,
    connection: 'offline',
    problem: 'network',
    lastSyncBy: 'file',
    lastSync: new Date(cast.clock.now).toISOString(),
  });

  await theirs('门禁坏了');
  valueOf(await create(usb, '漏水严重'));
  const second = await usb.exportPackage();
  const answer = await carried(second);
  // Only what is new: one record each way.
  expect(second.split('\n').filter((line) => line.includes('"part":"entries"'))).toHaveLength(1);
  await usb.importAnswer(answer);
  expect(titles(usb)).toEqual(['楼道堆物', '漏水', '漏水严重', '门禁坏了'].sort());
  expect(await readdir(join(usb.profile, 'inbox'))).toEqual([]);
});

it('PACK-8 nothing is exported less because it was exported before: until the answer comes, everything goes again, and counts once', async () => {
  valueOf(await create(usb, '一'));
  const first = await usb.exportPackage();
  valueOf(await create(usb, '二'));
  const second = await usb.exportPackage();
  const state = await usb.bridge.ask('packages.state');
  expect(state).toMatchObject({ entries: 2, exported: { number: 2, entries: 2, isAnswered: false } });
  await carried(second);
  const answer = await carried(first);
  expect(await usb.importAnswer(answer)).toMatchObject({ ok: true, value: { number: 1, confirmed: 1 } });
  expect(await usb.bridge.ask('packages.state')).toMatchObject({
    entries: 1,
    exported: { isAnswered: false },
  });
  expect(await usb.importAnswer(await carried(second))).toMatchObject({ ok: true, value: { confirmed: 2 } });
  expect(usb.desk().sync().pending).toBe(0);
  expect(titles(usb)).toEqual(['一', '二']);
});

it('PACK-8 an answer twice, and an older one after a newer one, change nothing and are told', async () => {
  await theirs('一');
  const old = await carried(await usb.exportPackage());
  await theirs('二');
  const fresh = await carried(await usb.exportPackage());
  expect(await usb.importAnswer(fresh)).toMatchObject({ ok: true });
  const reached = usb.desk().reached();
  expect(await usb.importAnswer(fresh)).toEqual({ ok: false, error: 'again' });
  expect(await usb.importAnswer(old)).toEqual({ ok: false, error: 'overtaken' });
  expect(usb.desk().reached()).toEqual(reached);
  expect(titles(usb)).toEqual(['一', '二']);
});

describe('PACK-9 what is not the pinned district’s own answer to this computer applies nothing, and has a word of its own', () => {
  it('another computer’s, a package, a cut one, a changed one, another district’s, something else', async () => {
    await theirs('一');
    const other = await opened();
    await other.enrol({ answer: answerEnrolment(chenGuodong.id) });
    const forOther = await carried(await other.exportPackage());
    valueOf(await create(usb, '漏水'));
    const out = await usb.exportPackage();
    const answer = await carried(out);
    const before = [usb.desk().reached(), usb.desk().sync().pending];
    const lines = answer.split('\n');
    const wrong = {
      'other-computer': forOther,
      'a-package': out,
      truncated: `${lines.slice(0, -2).join('\n')}\n`,
      tampered: flipped(answer, answer.indexOf('"sealed"') + 400),
      'other-district': answer.replace(/district_?[\w-]+/, 'district-huangpu'),
      'not-an-answer': '%PDF-1.7\n',
    };
    for (const [error, text] of Object.entries(wrong)) {
      expect(await usb.importAnswer(text)).toEqual({ ok: false, error });
      expect([usb.desk().reached(), usb.desk().sync().pending]).toEqual(before);
    }
    expect(await readdir(join(usb.profile, 'inbox'))).toEqual([]);
    expect(await usb.importAnswer(answer)).toMatchObject({ ok: true });
  });

  it('one that a stranger has sealed to this very computer and signed with another key: no verdict of it counts', async () => {
    valueOf(await create(usb, '漏水'));
    const out = await usb.exportPackage();
    const { reply, id, number, device } = JSON.parse(out.slice(0, out.indexOf('\n'))) as PackageHead;
    const entry = out.split('\n').find((line) => line.includes('"part":"entries"')) ?? '{}';
    const { entries } = JSON.parse(entry) as { entries: { envelope: { id: string } }[] };
    const stranger = keysOf({ exchange: newPrivateKey(), signing: newPrivateKey() });
    const verdicts = entries.map(({ envelope }) => ({ id: envelope.id, verdict: 'confirmed', seq: 9 }));
    const life = { epoch: 'epoch-1', restoredHead: 0 };
    const said = { life, pushes: [{ ...life, verdicts }] };
    const head = {
      ...{ kind: 'linli-package-answer', v: 1, district: 'district-xuhui', device, package: { id, number } },
      ...{ serial: 99, epoch: 'epoch-1', at: new Date().toISOString() },
    };
    const box = stranger.sealBox(Buffer.from(JSON.stringify(said)), reply, answerForDeviceOf(device, id, 99));
    const lines = [head, { part: 'device', sealed: box }].map((line) => `${JSON.stringify(line)}\n`).join('');
    const signature = stranger.sign(packageAnswerText(stranger.hash(lines)));
    const forged = `${lines}${JSON.stringify({ part: 'end', signature })}\n`;
    expect(await usb.importAnswer(forged)).toEqual({ ok: false, error: 'tampered' });
    expect(usb.journal.pendingCount()).toBe(1);
  });

  it('hostile files: no throw, nothing applied', async () => {
    await theirs('一');
    const answer = Buffer.from(await carried(await usb.exportPackage()));
    const reached = usb.desk().reached();
    const damaged = fc
      .array(fc.tuple(fc.nat(answer.length - 20), fc.nat(255)), { minLength: 1, maxLength: 3 })
      .map((places) => {
        const copy = Buffer.from(answer);
        for (const [at, value] of places) copy[at] = value;
        return copy;
      })
      .filter((copy) => !copy.equals(answer));
    const cut = fc.nat(answer.length - 2).map((length) => answer.subarray(0, length));
    const noise = fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.from(one));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, cut, noise), async (hostile) => {
        const outcome = await usb.importAnswer(hostile.toString('latin1'));
        expect(outcome?.ok).toBe(false);
      }),
      { numRuns: thorough(40, 15) },
    );
    expect(usb.desk().reached()).toEqual(reached);
  });
});

it('S13 PACK-10 a colleague’s part waits, sealed, until that colleague unlocks; entries of everybody went along', async () => {
  await theirs('一');
  valueOf(await create(usb, '周敏的'));
  await usb.exportPackage();
  await usb.enrol({ answer: answerEnrolment(chenGuodong.id) });
  valueOf(await create(usb, '陈国栋的'));
  const answer = await carried(await usb.exportPackage());
  expect(await usb.importAnswer(answer)).toMatchObject({
    ok: true,
    value: { confirmed: 2, forMe: true, others: [zhouMin.name] },
  });
  expect(titles(usb)).toEqual(['一', '周敏的', '陈国栋的'].sort());
  expect(await readdir(join(usb.profile, 'inbox'))).toHaveLength(1);
  await usb.unlock(zhouMin.id);
  await usb.settled();
  expect(titles(usb)).toEqual(['一', '周敏的', '陈国栋的'].sort());
  expect(usb.desk().sync()).toMatchObject({ pending: 0, lastSyncBy: 'file' });
  expect(await readdir(join(usb.profile, 'inbox'))).toEqual([]);
});

it('S6 PACK-11 a store that lost what a file begins from takes nothing of it: no cursor passes rows that never came', async () => {
  await theirs('一');
  await usb.importAnswer(await carried(await usb.exportPackage()));
  await theirs('二');
  const answer = await carried(await usb.exportPackage());
  const { engine } = usb.desk().inside;
  // As after IndexedDB was set aside: everything is to be had again, from zero.
  engine.state = { ...engine.state, cursors: {} };
  expect(await usb.importAnswer(answer)).toMatchObject({ ok: true });
  expect(usb.desk().sync().fileProblem).toBe('stale-file');
  expect(
    Math.max(
      ...usb
        .desk()
        .reached()
        .cursors.map(({ cursor }) => cursor),
    ),
  ).toBe(0);
  await usb.importAnswer(await carried(await usb.exportPackage()));
  expect(usb.desk().sync().fileProblem).toBeUndefined();
  expect(titles(usb)).toEqual(['一', '二']);
});

it('PACK-12 a lease counts from when the answer was asked for, however late and however often it is imported', async () => {
  const DAY = 86_400_000;
  await usb.importAnswer(await carried(await usb.exportPackage()));
  const scopes = () => usb.door.session()?.leaseOver.length ?? -1;
  const answer = await carried(await usb.exportPackage());
  for (let day = 0; day < 29; day++) {
    usb.clocks.running += DAY;
    usb.clocks.wall += DAY;
  }
  expect(scopes()).toBe(0);
  await usb.importAnswer(answer);
  usb.clocks.running += 2 * DAY;
  usb.clocks.wall += 2 * DAY;
  expect(scopes()).toBeGreaterThan(0);
  await usb.importAnswer(await carried(await usb.exportPackage()));
  expect(scopes()).toBe(0);
});

it('S14 PACK-14 a revoked computer learns of it by a file, with the district’s signature; what it held is delivered, then its keys go', async () => {
  valueOf(await create(usb, '漏水'));
  const device = usb.keys.enrolled()?.device.id ?? '';
  await cast.district.administerLocally({ name: 'device.revoke', input: { device } });
  const answer = await carried(await usb.exportPackage());
  await usb.importAnswer(answer).catch(() => undefined);
  await expect.poll(() => usb.keys.enrolled(), { timeout: 5000 }).toBeUndefined();
  expect(usb.journal.pendingCount()).toBe(0);
});

it('S8 PACK-15 a district that came back from a backup is noticed by files: the journal offers again, and a former life’s answer says nothing', async () => {
  const old = await carried(await usb.exportPackage());
  valueOf(await create(usb, '漏水'));
  await usb.importAnswer(await carried(await usb.exportPackage()));
  await cast.transactor.transact(async (writing) => {
    const head = await writing.lockHead();
    await writing.saveHead({ ...head, epoch: 'epoch-2', restoredHead: 0 });
  });
  await usb.importAnswer(await carried(await usb.exportPackage()));
  expect(usb.journal.pendingCount()).toBe(1);
  expect(await usb.importAnswer(old)).toEqual({ ok: false, error: 'overtaken' });
  expect(await usb.importAnswer(await carried(await usb.exportPackage()))).toMatchObject({
    ok: true,
    value: { confirmed: 1 },
  });
  expect([usb.journal.pendingCount(), titles(usb)]).toEqual([0, ['漏水']]);
});

describe('S7 PACK-13 files and a line lead to the same store', () => {
  let app: FastifyInstance;
  afterEach(() => app.close());

  it('whatever colleagues do, in whatever order files are made, doubled and imported', async () => {
    app = await buildApp({ district: cast.district, clock: () => cast.clock.now, log: () => undefined });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    const online = await opened();
    await online.enrol({ address, code: (await cast.district.issueCode(zhouMin.id)) ?? '' });
    const records: string[] = [];
    const answers: string[] = [];
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('create' as const), title: fc.string({ maxLength: 8 }) }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('change' as const),
          at: fc.nat(),
          title: fc.string({ maxLength: 8 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('own' as const), title: fc.string({ maxLength: 8 }) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('export' as const) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('import' as const), at: fc.nat() }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const one of steps) {
          if (one.kind === 'create') {
            const made = colleague.pen.create(one.title || '无', { author: chenGuodong.id });
            records.push(made.record);
            await colleague.push(made);
          } else if (one.kind === 'change' && records.length > 0)
            await colleague.push(
              colleague.pen.change(
                records[one.at % records.length] ?? '',
                { title: one.title || '无' },
                {
                  author: chenGuodong.id,
                },
              ),
            );
          else if (one.kind === 'own') valueOf(await create(usb, one.title || '无'));
          else if (one.kind === 'export') answers.push(await carried(await usb.exportPackage()));
          else if (one.kind === 'import' && answers.length > 0)
            await usb.importAnswer(answers[one.at % answers.length] ?? '');
        }
        // One whole walk at the end, and nothing is under way.
        answers.push(await carried(await usb.exportPackage()));
        await usb.importAnswer(answers.at(-1) ?? '');
        await online.settled();
        const shown = (desk: WholeDesk) =>
          desk
            .desk()
            .list({ entity: 'matter', withdrawn: true })
            .map((record) => JSON.stringify(record))
            .sort();
        expect(shown(usb)).toEqual(shown(online));
        const cursors = (desk: WholeDesk) =>
          desk
            .desk()
            .reached()
            .cursors.toSorted((a, b) => (a.scope < b.scope ? -1 : 1));
        expect(cursors(usb)).toEqual(cursors(online));
      }),
      { numRuns: thorough(12, 6) },
    );
  }, 120_000);
});
