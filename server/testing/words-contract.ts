/** What every ledger promises about the district's own words and official numbers; run over memory, PGlite and PostgreSQL alike. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { Said } from '../ledger/said.ts';
import type { StoredOperation, Transactor } from '../ledger/transactor.ts';
import { JIANGNAN, villagers } from './village.ts';

const operation = (id: string, over: Partial<StoredOperation>): StoredOperation => ({
  id,
  seq: null,
  record: null,
  author: villagers.zhouMin.id,
  device: 'device-1',
  link: null,
  digest: 'd',
  group: null,
  verdict: { id, verdict: 'held', reason: { code: 'access' } },
  waits: [],
  review: null,
  receivedAt: '2026-11-23T04:00:00.000Z',
  said: null,
  earlier: null,
  text: '{}',
  ...over,
});

export function wordsContract(name: string, open: () => Promise<Transactor>): void {
  describe(`words and numbers on ${name}`, () => {
    let ledger: Transactor;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    it('S8-2 keeps its own words and the ones that came back, and gives no official number to two records', async () => {
      const said = { epoch: 'epoch-1', seq: 7, prior: 3, number: ['matter', JIANGNAN, 2026, 4] } as Said;
      const earlier = { epoch: 'epoch-0', reason: { code: 'access' } } as Said;
      const number = { entity: 'matter', area: JIANGNAN, year: 2026, ordinal: 4 };
      const [waits, told] = [operation('waits', { earlier }), operation('told', { said, earlier })];
      await ledger.transact(async (writing) => {
        await writing.append([waits, told]);
        await writing.saveNumbers([{ ...number, record: 'matter-1' }]);
      });
      const refused: Verdict = { id: waits.id, verdict: 'refused', reason: { code: 'access' } };
      const now = { ...waits, verdict: refused, waits: [], said: earlier };
      await ledger.transact((writing) => writing.append([now]));
      const found = await ledger.transact(async (writing) => ({
        operations: await writing.operations([waits.id, told.id]),
        holders: [await writing.holderOf(number), await writing.holderOf({ ...number, ordinal: 5 })],
      }));
      expect(new Set(found.operations)).toEqual(new Set([now, told]));
      expect(found.holders).toEqual(['matter-1', undefined]);
      const twice = ledger.transact((writing) => writing.saveNumbers([{ ...number, record: 'matter-2' }]));
      await expect(twice).rejects.toThrow();
    });

    it('tells how far official numbers have come, of those asked about that have begun, and what changed last', async () => {
      const counter = (area: string, ordinal: number) => ({ entity: 'matter', area, year: 2026, ordinal });
      const record = {
        id: 'matter-1',
        entity: 'matter',
        scopes: [`${JIANGNAN}/casework`],
        seq: 5,
        text: '{}',
      };
      await ledger.transact(async (writing) => {
        expect([
          await writing.counters([counter(JIANGNAN, 0)]),
          await writing.lastChangeOf('matter'),
        ]).toEqual([[], 0]);
        await writing.saveCounters([
          counter(JIANGNAN, 9),
          counter(`${JIANGNAN}1`, 2),
          { ...counter(JIANGNAN, 4), year: 2025 },
        ]);
        await writing.project([record, { ...record, id: 'visit-1', entity: 'visit', seq: 8 }]);
      });
      await ledger.transact(async (writing) => {
        const asked = [counter(JIANGNAN, 0), counter(`${JIANGNAN}9`, 0)];
        expect([await writing.counters(asked), await writing.counters([])]).toEqual([
          [counter(JIANGNAN, 9)],
          [],
        ]);
        expect([await writing.lastChangeOf('matter'), await writing.lastChangeOf('visit')]).toEqual([5, 8]);
      });
    });
  });
}
