import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { epochFile, reconcile, settleEpoch, type EpochFile, type Identity } from './epoch.ts';
import { newLife } from './new-life.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';

const head = {
  district: 'd',
  name: '徐汇区',
  epoch: 'epoch-1',
  restoredHead: 0,
  wasRestored: false,
  seq: 100,
  durable: 0,
  durableAt: null,
};
const kept: Identity = { district: 'd', epoch: 'epoch-1', seq: 100 };
const next = (): string => 'epoch-2';

describe('S8 the epoch', () => {
  it.each([
    ['an ordinary start', head, kept, head],
    ['a crash before the file was written', head, { ...kept, seq: 60 }, head],
    ['the very first start', { ...head, seq: 0 }, undefined, { ...head, seq: 0 }],
    [
      'yesterday’s backup',
      { ...head, seq: 80 },
      kept,
      { ...head, seq: 80, epoch: 'epoch-2', restoredHead: 80, wasRestored: true },
    ],
    [
      'an emptied database',
      { ...head, epoch: 'epoch-x', seq: 0 },
      kept,
      { ...head, seq: 0, epoch: 'epoch-2', wasRestored: true },
    ],
    [
      'another district’s database',
      { ...head, epoch: 'epoch-x' },
      kept,
      { ...head, epoch: 'epoch-2', restoredHead: 100, wasRestored: true },
    ],
    [
      'a database moved without its folder',
      head,
      undefined,
      { ...head, epoch: 'epoch-2', restoredHead: 100, wasRestored: true },
    ],
  ])('%s', (_what, found, file, expected) => {
    expect(reconcile(found, file, next)).toEqual(expected);
  });

  it('a folder that was copied back from a backup agrees with itself, and lies elsewhere', () => {
    const there = { ...kept, place: '7:1' };
    expect(reconcile(head, there, next, '7:1')).toEqual(head);
    expect(reconcile(head, there, next, '8:2')).toEqual({
      ...head,
      epoch: 'epoch-2',
      restoredHead: 100,
      wasRestored: true,
    });
    // Written by an older build, which knew no place.
    expect(reconcile(head, kept, next, '8:2')).toEqual(head);
  });

  it('knows its folder again, and a copy of it as a copy', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-epoch-'));
    const copy = `${folder}-copy`;
    epochFile(folder).write(kept);
    expect(epochFile(folder).read()?.place).toBe(epochFile(folder).place());
    cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
    expect(epochFile(copy).read()).toEqual(epochFile(folder).read());
    expect(epochFile(copy).place()).not.toBe(epochFile(copy).read()?.place);
    for (const one of [folder, copy]) rmSync(one, { recursive: true });
  });

  it('is settled in the ledger and in the file', async () => {
    const ledger = createMemoryLedger({ district: 'd', name: '徐汇区', epoch: 'epoch-1' }, {});
    let written: Identity | undefined = kept;
    const file: EpochFile = {
      place: () => '7:1',
      read: () => written,
      write: (identity) => void (written = identity),
    };
    const settled = await settleEpoch(ledger, file, next);
    expect(settled).toEqual({ ...head, seq: 0, epoch: 'epoch-2', restoredHead: 0, wasRestored: true });
    expect(await ledger.read((reading) => reading.head())).toEqual(settled);
    expect(written).toEqual({ district: 'd', epoch: 'epoch-2', seq: 0 });
    expect(await settleEpoch(ledger, file, () => 'epoch-3')).toEqual(settled);
  });
});

it('S8 of several restorations the lowest head counts: what lies beyond it was numbered more than once', () => {
  const second = newLife(head, 'epoch-2');
  const third = newLife({ ...second, seq: 140 }, 'epoch-3');
  const fourth = newLife({ ...third, seq: 12 }, 'epoch-4');
  expect([second, third, fourth].map(({ restoredHead }) => restoredHead)).toEqual([100, 100, 12]);
});

it('S8-12 a restoration to nothing is one as well: whatever life came before it is in no later backup', () => {
  const second = newLife({ ...head, seq: 0 }, 'epoch-2');
  const third = newLife({ ...second, seq: 2 }, 'epoch-3');
  expect([second, third].map(({ restoredHead }) => restoredHead)).toEqual([0, 0]);
});
