/** What every ledger promises about devices that ask at the same time and listen; run over memory, PGlite and PostgreSQL alike. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { combined, EMPTY_HASH, hashOfRecord } from '../../shared/protocol/scope-hash.ts';
import type { Member } from '../ledger/on-device.ts';
import type { Device, Person, StoredRecord, Transactor } from '../ledger/transactor.ts';
import { JIANGNAN, RIHUI, villagers } from './village.ts';

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
const TWO: Device = { ...ONE, id: 'device-2', number: 2, key: 'another', revoked: true };
const accountOf = ({ id, name, grants }: Pick<Person, 'id' | 'name' | 'grants'>): Person => ({
  ...{ id, name, grants },
  former: [{ role: 'worker', area: RIHUI }],
  disabled: false,
  password: null,
});
const zhou: Person = { ...accountOf(villagers.zhouMin), password: 'scrypt' };
const li: Person = { ...accountOf(villagers.liXiulan), disabled: true };
const at = (device: Device, { id: person }: Person): Member => ({
  ...{ device: device.id, person },
  exchangeKey: 'x',
  userKey: null,
});
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

    it('tells who asks in one look: the device, the person, and whether they use it', async () => {
      await ledger.transact(async (writing) => {
        for (const one of [ONE, TWO]) await writing.saveDevice(one);
        for (const one of [zhou, li]) await writing.savePerson(one);
        for (const one of [at(ONE, zhou), at(TWO, zhou), at(TWO, li)]) await writing.saveMember(one);
      });
      const asked: readonly (readonly [string, string?])[] = [
        [ONE.id, zhou.id],
        [ONE.id, li.id],
        [TWO.id, li.id],
        [ONE.id, 'person-9'],
        [ONE.id, ''],
        [ONE.id],
        ['device-9', zhou.id],
        ['device-9'],
      ];
      const expected = [
        { device: ONE, person: zhou, isMember: true },
        { device: ONE, person: li, isMember: false },
        { device: TWO, person: li, isMember: true },
        ...[1, 2, 3].map(() => ({ device: ONE, person: undefined, isMember: false })),
        ...[undefined, undefined],
      ];
      for (const [index, [device, person]] of asked.entries()) {
        const told = expected[index];
        expect(await ledger.caller(device, person)).toEqual(told);
        expect(await ledger.read((reading) => reading.caller(device, person))).toEqual(told);
        expect(await ledger.transact((writing) => writing.caller(device, person))).toEqual(told);
      }
      const peopleAt = (device: string) => ledger.read((reading) => reading.peopleAt(device));
      expect([await peopleAt(ONE.id), await peopleAt('device-9')]).toEqual([[zhou], []]);
      expect(new Set(await peopleAt(TWO.id))).toEqual(new Set([li, zhou]));
    });

    it('tells of a turn’s beginning only the scopes that begin as asked, and whom a heartbeat is for', async () => {
      const readers: StoredRecord = {
        ...record('n', 4, ['readers/n']),
        readers: [zhou.id],
      };
      await ledger.transact(async (writing) => {
        for (const device of [ONE, TWO]) await writing.saveDevice(device);
        for (const person of [zhou, li]) await writing.savePerson(person);
        for (const person of [zhou, li]) await writing.saveMember(at(TWO, person));
        await writing.project([record('a', 1, [HERE]), record('b', 2, [THERE]), record('c', 3, [AROUND])]);
        await writing.project([readers]);
      });
      const head = await ledger.read((reading) => reading.head());
      const greeting = { head, scopes: [HERE], hasReview: false };
      expect(await ledger.greeting([JIANGNAN, `${RIHUI.slice(0, 6)}/`])).toEqual(greeting);
      const every = [HERE, THERE, AROUND].sort();
      expect(await ledger.greeting([RIHUI, JIANGNAN])).toEqual({
        ...greeting,
        scopes: every,
      });
      expect((await ledger.greeting([])).scopes).toEqual([]);
      expect([await ledger.naming(zhou.id), await ledger.naming(li.id)]).toEqual([['n'], []]);
      const peopled = await ledger.peopled(TWO.id);
      expect([peopled?.device, new Set(peopled?.people)]).toEqual([TWO, new Set([zhou, li])]);
      expect(await ledger.peopled(ONE.id)).toEqual({ device: ONE, people: [] });
      expect(await ledger.peopled('device-9')).toBeUndefined();
      const keys = ['b', 'a'].map((id) => ({ id, device: TWO.id, person: zhou.id, key: `point ${id}` }));
      await ledger.transact(async (writing) => {
        for (const key of [...keys, { ...keys[0], device: ONE.id } as (typeof keys)[0]])
          await writing.saveSigningKey(key);
      });
      const carrying = await ledger.carrying(TWO.id);
      expect({ ...carrying, signingKeys: new Set(carrying.signingKeys) }).toEqual({
        head,
        signingKeys: new Set(keys),
      });
      expect(await ledger.carrying('device-9')).toEqual({ head, signingKeys: [] });
    });

    it('has an answer for a question about none', async () => {
      await ledger.transact(async (writing) => {
        await writing.saveDevice(ONE);
        await writing.savePerson(zhou);
        await writing.project([record('a', 1, [HERE])]);
        await writing.project([record('a', 2, [THERE])]);
      });
      await ledger.read(async (reading) => {
        const { records, operations, waitingFor, persons, devices } = reading;
        const { chains, recovered, namedBy, heldFiles, left, links, isSignedLater } = reading;
        const none = [records, operations, waitingFor, persons, devices];
        for (const ask of [...none, chains, recovered, heldFiles]) expect(await ask([])).toEqual([]);
        expect(await namedBy(ONE.id, [])).toEqual([]);
        expect(await reading.standing([])).toEqual({ head: await reading.head(), scopes: [] });
        expect([await left([]), await links(ONE.id, [])]).toEqual([new Map(), new Map()]);
        const later = { device: ONE.id, author: zhou.id, number: 0, keys: [] };
        expect(await isSignedLater(later)).toBe(false);
      });
    });

    it('tells within a transaction that has locked the head what the head will be, and to nobody else', async () => {
      const before = await ledger.read((reading) => reading.head());
      const failing = ledger.transact(async (writing) => {
        const head = await writing.lockHead();
        await writing.saveHead({ ...head, seq: head.seq + 7 });
        expect(await writing.head()).toEqual({ ...before, seq: before.seq + 7 });
        expect(await writing.lockHead()).toEqual({ ...before, seq: before.seq + 7 });
        throw new Error('cut');
      });
      await expect(failing).rejects.toThrow('cut');
      expect(await ledger.transact((writing) => writing.head())).toEqual(before);
      expect(await ledger.transact((writing) => writing.lockHead())).toEqual(before);
    });

    it('gives the same page with what its snapshot has told already', async () => {
      const asked = [HERE, THERE, AROUND].map((scope) => ({ scope, cursor: 0 }));
      await ledger.transact((writing) =>
        writing.project([record('a', 1, [HERE]), record('b', 2, [HERE, THERE]), record('c', 3, [THERE])]),
      );
      await ledger.read(async (reading) => {
        const standing = await reading.standing([HERE, THERE, AROUND]);
        for (const limit of [1, 2, 3])
          expect(await reading.page(asked, limit, { standing })).toEqual(await reading.page(asked, limit));
        const known = await reading.page(asked, 1, { standing, behind: 3 });
        expect(known).toEqual(await reading.page(asked, 1));
        expect([known.remaining, known.more]).toEqual([2, true]);
      });
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
      const { head, scopes } = await ledger.read((reading) =>
        reading.standing([AROUND, HERE, `${RIHUI}/residents`]),
      );
      expect(head).toEqual(await ledger.read((reading) => reading.head()));
      expect(scopes).toEqual([
        { scope: HERE, seq: 3, hash: combined(EMPTY_HASH, hashOfRecord('a', 1)) },
        { scope: AROUND, seq: 4, hash: combined(EMPTY_HASH, hashOfRecord('c', 4)) },
      ]);
      expect([await moved(2), await moved(3), await moved(4)]).toEqual([[HERE, THERE, AROUND], [AROUND], []]);
    });
  });
}
