import { expect, it } from 'vitest';
import { registry } from '../shared/modules/index.ts';
import { judgingOf } from './judging.ts';
import type { Head, Writing } from './ledger/transactor.ts';

it('reads the directory of areas again only where it has changed, and in another life of the district', async () => {
  const ledger = { seq: 7, epoch: 'one', name: '江南', reads: 0 };
  const writing = {
    head: () => Promise.resolve({ epoch: ledger.epoch } as Head),
    lastChangeOf: () => Promise.resolve(ledger.seq),
    recordsOf: () => {
      ledger.reads += 1;
      return Promise.resolve([
        { text: JSON.stringify({ values: { code: '310104013', shortName: ledger.name } }) },
      ]);
    },
  } as unknown as Writing;
  const judging = judgingOf({ registry, keys: { mac: () => '' } }, () => '');
  const names = async (): Promise<readonly unknown[]> => {
    const { areaName } = judging();
    return [await areaName(writing, '310104013'), await areaName(writing, '310104999'), ledger.reads];
  };
  expect(await names()).toEqual(['江南', '310104999', 1]);
  expect(await names()).toEqual(['江南', '310104999', 1]);
  Object.assign(ledger, { name: '江南新村', seq: 8 });
  expect(await names()).toEqual(['江南新村', '310104999', 2]);
  Object.assign(ledger, { name: '旧名', epoch: 'two' });
  expect(await names()).toEqual(['旧名', '310104999', 3]);
});
