/** Sealed files at the district: who may send them, who may have them, and what becomes of bytes that are cut, doubled or false. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleFiles } from '../../shared/core/attachment/sample-files.ts';
import { sealedSize } from '../../shared/core/attachment/sealed-size.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { createDistrict } from '../district.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { scanOf } from '../testing/scans.ts';
import { sealFile } from './file-seal.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { JIANGNAN, village, villagers } from '../testing/village.ts';

const scan = scanOf('吊顶', 300_000);
const { attachment, sealed } = scan;
const { file } = attachment;

let cast: Cast;
let zhou: Desk;
let chen: Desk;
let li: Desk;
beforeEach(async () => {
  cast = await createCast();
  zhou = await cast.desk(villagers.zhouMin);
  chen = await cast.desk(villagers.chenGuodong);
  li = await cast.desk(villagers.liXiulan);
});

const withScan = (desk: Desk, rest: Partial<Operation> = {}): Operation =>
  desk.pen.create('漏水', { author: villagers.zhouMin.id, add: { scans: [attachment] }, ...rest });

const have = async (desk: Desk, files: readonly string[]) =>
  valueOf(await cast.district.attachments(await desk.asking({ as: null }), { files: [...files] })).files;

const send = async (desk: Desk, at: number, bytes: Uint8Array, into = file) =>
  cast.district.takePart(await desk.asking({ as: null }), { file: into, at, bytes });

const fetchBytes = async (desk: Desk, at = 0, length = 500_000, from = file) =>
  cast.district.sealedBytes(await desk.asking(), { file: from, at, length });

async function sendWhole(desk: Desk): Promise<void> {
  await send(desk, 0, sealed.subarray(0, 200_000));
  await send(desk, 200_000, sealed.subarray(200_000));
}

describe('sending', () => {
  it('FILE-1 goes on where it stopped, and what comes twice changes nothing', async () => {
    await zhou.push(withScan(zhou));
    const size = sealed.length;
    expect(await have(zhou, [file])).toEqual([{ file, size, received: 0, complete: false }]);
    const first = await send(zhou, 0, sealed.subarray(0, 100_000));
    const again = await send(zhou, 0, sealed.subarray(0, 100_000));
    const beyond = await send(zhou, 200_000, sealed.subarray(200_000));
    expect([first, again, beyond].map(valueOf)).toEqual(
      [1, 2, 3].map(() => ({ size, received: 100_000, complete: false })),
    );
    expect(await have(zhou, [file])).toEqual([{ file, size, received: 100_000, complete: false }]);
    expect(valueOf(await send(zhou, 100_000, sealed.subarray(100_000)))).toEqual({
      size,
      received: size,
      complete: true,
    });
    expect(valueOf(await send(zhou, 0, sealed.subarray(0, 10)))).toEqual({
      size,
      received: size,
      complete: true,
    });
  });

  it('FILE-2 what is not what its address says is dropped and begins anew', async () => {
    await zhou.push(withScan(zhou));
    const false_ = Buffer.from(sealed);
    false_[250_000] = (false_[250_000] ?? 0) ^ 1;
    await send(zhou, 0, false_.subarray(0, 200_000));
    expect(await send(zhou, 200_000, false_.subarray(200_000))).toEqual({
      ok: false,
      error: { error: 'other-content' },
    });
    expect(await have(zhou, [file])).toMatchObject([{ received: 0, complete: false }]);
    await sendWhole(zhou);
    expect(await have(zhou, [file])).toMatchObject([{ complete: true }]);
  });

  it('FILE-3 only what a living operation of this very device names is taken, or even spoken of', async () => {
    const { id } = withScan(zhou);
    expect(await have(zhou, [file])).toEqual([]);
    expect(await send(zhou, 0, sealed)).toEqual({ ok: false, error: { error: 'not-found' } });
    await zhou.push(withScan(zhou));
    await sendWhole(zhou);
    // Colleagues of the same committee and of another one ask by the right address: no answer tells that it is there.
    expect(await have(chen, [file, id])).toEqual([]);
    expect(await send(li, 0, sealed)).toEqual({ ok: false, error: { error: 'not-found' } });
    const strange = ['', '../x', 'A'.repeat(43), '\0'];
    for (const one of strange)
      expect(await send(zhou, 0, sealed, one)).toEqual({ ok: false, error: { error: 'not-found' } });
  });

  it('FILE-3 what was refused names nothing; what is held may be sent ahead', async () => {
    const refused = withScan(zhou, { set: { title: '' } });
    expect(await zhou.push(refused)).toMatchObject([{ verdict: 'refused' }]);
    expect(await have(zhou, [file])).toEqual([]);
    const waiting = zhou.pen.change(zhou.pen.id('matter'), {}, { add: { scans: [attachment] } });
    expect(await zhou.push(waiting)).toMatchObject([{ verdict: 'held' }]);
    await sendWhole(zhou);
    expect(await have(zhou, [file])).toMatchObject([{ complete: true }]);
  });

  it('FILE-3 a revoked device still delivers what it holds', async () => {
    await zhou.push(withScan(zhou));
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: zhou.device } });
    await sendWhole(zhou);
    expect(await have(zhou, [file])).toMatchObject([{ complete: true }]);
  });

  it('FILE-4 no more than the operation said, and no more than there is room for', async () => {
    await zhou.push(withScan(zhou));
    const more = Buffer.concat([sealed, Buffer.of(0)]);
    expect(await send(zhou, 0, more)).toEqual({ ok: false, error: { error: 'too-large' } });
    expect(await send(zhou, 0, Buffer.alloc(0))).toEqual({
      ok: true,
      value: { size: sealed.length, received: 0, complete: false },
    });

    const ledger = createMemoryLedger(
      { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
      village.roles,
    );
    const narrow = await createCast(ledger);
    const desk = await narrow.desk(villagers.zhouMin);
    await desk.push(withScan(desk));
    const district = createDistrict({
      transactor: ledger,
      registry: village,
      clock: () => narrow.clock.now,
      random: (length) => new Uint8Array(length),
      keys: narrow.keys,
      roomForFiles: sealed.length - 1,
    });
    const part = { file, at: 0, bytes: sealed.subarray(0, 10) };
    expect(await district.takePart(await desk.asking({ as: null }), part)).toEqual({
      ok: false,
      error: { error: 'disk-full' },
    });
  });

  it('FILE-4 what a hostile device names breaks nothing', async () => {
    const scans = [null, 7, {}, { file: '\0', size: 1 }, { file, size: 1e300 }, { ...attachment, size: -1 }];
    expect(await zhou.push(zhou.pen.change(zhou.pen.id('matter'), {}, { add: { scans } }))).toMatchObject([
      { verdict: 'held' },
    ]);
    expect(await have(zhou, [file])).toEqual([]);
  });
});

describe('having', () => {
  it('FILE-5 whoever reads the record has the file, in pieces of any length, and nobody else', async () => {
    const creation = withScan(zhou);
    await zhou.push(creation);
    expect(await fetchBytes(chen)).toEqual({ ok: false, error: { error: 'not-found' } });
    await sendWhole(zhou);
    const got = [
      valueOf(await fetchBytes(chen, 0, 7)),
      valueOf(await fetchBytes(chen, 7, 199_990)),
      valueOf(await fetchBytes(chen, 199_997, 6)),
      valueOf(await fetchBytes(chen, 200_003)),
    ];
    expect(Buffer.concat(got).equals(sealed)).toBe(true);
    expect(await fetchBytes(chen, sealed.length)).toEqual({ ok: false, error: { error: 'not-found' } });
    expect(await fetchBytes(li)).toEqual({ ok: false, error: { error: 'not-found' } });
    expect(await fetchBytes(zhou, 0, 10, 'A'.repeat(43))).toEqual({
      ok: false,
      error: { error: 'not-found' },
    });
    await cast.district.changePerson(villagers.chenGuodong.id, { grants: [] });
    expect(await fetchBytes(chen)).toEqual({ ok: false, error: { error: 'not-found' } });
  });

  it('FILE-5 where the database’s own wall is down, the rule still keeps it from everybody else', async () => {
    await zhou.push(withScan(zhou));
    await sendWhole(zhou);
    const { transactor, keys } = cast;
    const open: typeof transactor = { ...transactor, readAs: (_person, work) => transactor.read(work) };
    const { district } = await createCast(open, 1, keys);
    const ask = async (desk: Desk) =>
      district.sealedBytes(await desk.asking(), { file, at: 0, length: sealed.length });
    expect(valueOf(await ask(chen)).length).toBe(sealed.length);
    expect(await ask(li)).toEqual({ ok: false, error: { error: 'not-found' } });
  });

  it('FILE-5 what is only held is nobody’s to read yet', async () => {
    const record = zhou.pen.id('matter');
    await zhou.push(zhou.pen.change(record, {}, { add: { scans: [attachment] } }));
    await sendWhole(zhou);
    await chen.push(chen.pen.create('另一件', { author: villagers.chenGuodong.id }));
    expect(await fetchBytes(chen)).toEqual({ ok: false, error: { error: 'not-found' } });
    expect(await fetchBytes(zhou)).toEqual({ ok: false, error: { error: 'not-found' } });
  });

  it('FILE-6 what has left the set, and what was withdrawn, keeps its files', async () => {
    const creation = withScan(zhou);
    await zhou.push(creation);
    await sendWhole(zhou);
    const leaving = zhou.pen.change(
      creation.record,
      {},
      { remove: { scans: [attachment] }, after: [creation.id] },
    );
    const { set: _nothing, ...bare } = leaving;
    expect(await zhou.push(bare as Operation)).toMatchObject([{ verdict: 'confirmed' }]);
    expect((await cast.record(creation.record))?.values['scans']).toEqual([]);
    expect(valueOf(await fetchBytes(chen)).length).toBe(sealed.length);
    expect(await li.pull(`${villagers.liXiulan.grants[0].area}/casework`)).toMatchObject({ records: [] });
    expect((await chen.pull(`${JIANGNAN}/casework`)).records).toHaveLength(1);
  });
});

it('FILE-7 the seal is the one that docs/protocol.md describes: the samples have the addresses that they say', () => {
  for (const { attachment: sample, content } of Object.values(sampleFiles)) {
    const bytes = Buffer.from(content, 'base64');
    const box = sealFile(bytes, sample.key);
    const address = createHash('sha256').update(box).digest('base64url');
    const id = createHash('sha256').update(bytes).digest('base64url');
    expect([address, id, box.length, bytes.length]).toEqual([
      sample.file,
      sample.id,
      sealedSize(sample.size),
      sample.size,
    ]);
  }
});
