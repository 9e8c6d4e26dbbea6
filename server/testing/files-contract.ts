/** What every ledger promises about sealed files; run over memory, PGlite and PostgreSQL alike. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredOperation, Transactor } from '../ledger/transactor.ts';
import { JIANGNAN, RIHUI, villagers } from './village.ts';

const FILE = 'F'.repeat(43);
const OTHER = 'G'.repeat(43);
const RECORD = `matter_${'0'.repeat(25)}1`;
const SIZE = 600_000;

const bytes = Buffer.alloc(SIZE, 0).map((_, index) => (index * 31) % 251);
const piece = (at: number, end: number): Buffer => Buffer.from(bytes.subarray(at, end));

const operation = (id: string, seq: number | null): StoredOperation => ({
  id,
  seq,
  record: RECORD,
  author: villagers.zhouMin.id,
  device: 'device-1',
  link: null,
  digest: 'd',
  group: null,
  verdict:
    seq === null ? { id, verdict: 'held', reason: { code: 'access' } } : { id, verdict: 'confirmed', seq },
  waits: [],
  review: null,
  receivedAt: '2026-11-23T04:00:00.000Z',
  said: null,
  earlier: null,
  text: '{}',
});

export function filesContract(name: string, open: () => Promise<Transactor>): void {
  describe(`sealed files on ${name}`, () => {
    let ledger: Transactor;
    beforeEach(async () => {
      ledger = await open();
      await ledger.transact(async (writing) => {
        for (const person of [villagers.zhouMin, villagers.liXiulan])
          await writing.savePerson({ ...person, former: [], disabled: false, password: null });
        await writing.project([
          { id: RECORD, entity: 'matter', scopes: [`${JIANGNAN}/casework`], seq: 1, text: '{}' },
        ]);
        await writing.append([operation('operation-1', 1), operation('operation-2', null)]);
        await writing.nameFiles([
          { file: FILE, operation: 'operation-1', device: 'device-1', size: SIZE },
          { file: OTHER, operation: 'operation-2', device: 'device-1', size: 10 },
        ]);
        // The same again is the same.
        await writing.nameFiles([{ file: FILE, operation: 'operation-1', device: 'device-2', size: 7 }]);
      });
    });
    afterEach(() => ledger.close());

    const add = (file: string, at: number, part: Uint8Array, size = SIZE): Promise<void> =>
      ledger.transact(async (writing) => {
        await writing.lockFile(file, size);
        await writing.addPart({ file, at, bytes: part });
      });

    it('FILE-1 FILE-3 keeps parts in order, knows who names what, and completes', async () => {
      await add(FILE, 0, piece(0, 250_000));
      await add(FILE, 250_000, piece(250_000, SIZE));
      await add(OTHER, 0, piece(0, 4), 10);
      await ledger.transact(async (writing) => {
        const parts: Uint8Array[] = [];
        await writing.eachPart(FILE, (part) => void parts.push(Buffer.from(part)));
        expect(Buffer.concat(parts).equals(bytes)).toBe(true);
        expect(await writing.lockFile(FILE, 1)).toEqual({
          file: FILE,
          size: SIZE,
          received: SIZE,
          complete: false,
        });
        await writing.completeFile(FILE);
      });
      await ledger.read(async (reading) => {
        expect(await reading.namedBy('device-1', [FILE, OTHER, 'x'])).toEqual([
          { file: FILE, size: SIZE },
          { file: OTHER, size: 10 },
        ]);
        expect(await reading.namedBy('device-2', [FILE])).toEqual([]);
        expect(await reading.heldFiles([FILE, OTHER])).toEqual([
          { file: FILE, size: SIZE, received: SIZE, complete: true },
          { file: OTHER, size: 10, received: 4, complete: false },
        ]);
        expect(await reading.bytesOfFiles()).toBe(SIZE + 10);
      });
      await ledger.transact((writing) => writing.dropFile(OTHER));
      await ledger.read(async (reading) => expect(await reading.heldFiles([OTHER])).toEqual([]));
    });

    it('FILE-5 gives any range to whoever reads the record, and nothing to others', async () => {
      await add(FILE, 0, piece(0, 250_000));
      await ledger.readAs(villagers.zhouMin.id, async (reading) =>
        expect(await reading.file(FILE)).toBeUndefined(),
      );
      await add(FILE, 250_000, piece(250_000, SIZE));
      await ledger.transact((writing) => writing.completeFile(FILE));
      await ledger.readAs(villagers.zhouMin.id, async (reading) => {
        expect(await reading.recordsNaming(FILE)).toEqual([RECORD]);
        expect(await reading.recordsNaming(OTHER)).toEqual([]);
        expect((await reading.file(FILE))?.size).toBe(SIZE);
        for (const [at, length] of [
          [0, 10],
          [249_990, 20],
          [250_000, 1],
          [599_999, 100],
          [0, SIZE],
        ] as const) {
          const got = await reading.bytes(FILE, at, length);
          expect(Buffer.from(got).equals(piece(at, at + length)), `${at}+${length}`).toBe(true);
        }
      });
      const { id } = villagers.liXiulan;
      expect(villagers.liXiulan.grants[0].area).toBe(RIHUI);
      await ledger.readAs(id, async (reading) => {
        expect(await reading.recordsNaming(FILE)).toEqual([]);
        expect(await reading.file(FILE)).toBeUndefined();
        expect((await reading.bytes(FILE, 0, 10)).length).toBe(0);
      });
    });
  });
}
