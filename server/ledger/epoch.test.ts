import { describe, expect, it } from 'vitest';
import { reconcile, settleEpoch, type EpochFile, type Identity } from './epoch.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';

const head = { district: 'd', name: '徐汇区', epoch: 'epoch-1', restoredHead: 0, seq: 100, durable: 0 };
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
      { ...head, seq: 80, epoch: 'epoch-2', restoredHead: 80 },
    ],
    [
      'an emptied database',
      { ...head, epoch: 'epoch-x', seq: 0 },
      kept,
      { ...head, seq: 0, epoch: 'epoch-2' },
    ],
    [
      'another district’s database',
      { ...head, epoch: 'epoch-x' },
      kept,
      { ...head, epoch: 'epoch-2', restoredHead: 100 },
    ],
    [
      'a database moved without its folder',
      head,
      undefined,
      { ...head, epoch: 'epoch-2', restoredHead: 100 },
    ],
  ])('%s', (_what, found, file, expected) => {
    expect(reconcile(found, file, next)).toEqual(expected);
  });

  it('is settled in the ledger and in the file', async () => {
    const ledger = createMemoryLedger({ district: 'd', name: '徐汇区', epoch: 'epoch-1' });
    let written: Identity | undefined = kept;
    const file: EpochFile = { read: () => written, write: (identity) => void (written = identity) };
    const settled = await settleEpoch(ledger, file, next);
    expect(settled).toEqual({ ...head, seq: 0, epoch: 'epoch-2', restoredHead: 0 });
    expect(await ledger.read((reading) => reading.head())).toEqual(settled);
    expect(written).toEqual({ district: 'd', epoch: 'epoch-2', seq: 0 });
    expect(await settleEpoch(ledger, file, () => 'epoch-3')).toEqual(settled);
  });
});
