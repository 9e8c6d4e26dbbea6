/** What every ledger promises about devices that ask at the same time and listen; run over memory, PGlite and PostgreSQL alike. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, StoredRecord, Transactor } from '../ledger/transactor.ts';
import { JIANGNAN, RIHUI } from './village.ts';

const ONE: Device = {
  id: 'device-1',
  number: 1,
  key: 'k',
  refresh: 7,
  graceUntil: null,
  revoked: false,
  quarantined: false,
  seenAt: null,
  app: null,
  pending: null,
};
const [HERE, THERE, AROUND] = [`${JIANGNAN}/casework`, `${RIHUI}/casework`, `${RIHUI}/training`] as const;

const record = (id: string, seq: number, scopes: readonly string[]): StoredRecord => ({
  id,
  entity: 'matter',
  scopes,
  seq,
  text: JSON.stringify({ id, seq }),
});

export function devicesContract(name: string, open: () => Promise<Transactor>): void {
  describe(`devices on ${name}`, () => {
    let ledger: Transactor;
    beforeEach(async () => {
      ledger = await open();
    });
    afterEach(() => ledger.close());

    it('lets one at a time change a device, and none of two changes is lost', async () => {
      await ledger.transact((writing) => writing.saveDevice(ONE));
      const change = (altered: Partial<Device>): Promise<void> =>
        ledger.transact(async (writing) => {
          const known = await writing.lockDevice(ONE.id);
          await wait(30);
          if (known) await writing.saveDevice({ ...known, ...altered });
        });
      await Promise.all([change({ refresh: 8 }), change({ revoked: true })]);
      const found = await ledger.read((reading) => reading.device(ONE.id));
      expect(found).toEqual({ ...ONE, refresh: 8, revoked: true });
      expect(await ledger.transact((writing) => writing.lockDevice('device-9'))).toBe(undefined);
    });

    it('tells which scopes something has come to or left behind a sequence', async () => {
      const project = (...records: readonly StoredRecord[]): Promise<void> =>
        ledger.transact((writing) => writing.project(records));
      const moved = (after: number): Promise<readonly string[]> =>
        ledger.read((reading) => reading.moved(after));
      await project(record('a', 1, [HERE]), record('b', 2, [HERE, THERE]));
      expect(await moved(0)).toEqual([HERE, THERE]);
      await project(record('b', 3, [THERE]));
      await project(record('c', 4, [AROUND]));
      const standing = ledger.read((reading) => reading.standing([AROUND, HERE, `${RIHUI}/residents`]));
      expect(await standing).toEqual([
        { scope: HERE, seq: 3 },
        { scope: AROUND, seq: 4 },
      ]);
      expect([await moved(2), await moved(3), await moved(4)]).toEqual([[HERE, THERE, AROUND], [AROUND], []]);
    });
  });
}
