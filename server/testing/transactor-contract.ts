/** What every ledger promises about its rows, below judge and district; run over memory, PGlite and PostgreSQL alike. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Roles } from '../../shared/core/access.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { combined, EMPTY_HASH, hashOfRecord, type ScopeHash } from '../../shared/protocol/scope-hash.ts';
import type { StoredPackage } from '../ledger/packages.ts';
import type {
  Device,
  Page,
  Person,
  StoredOperation,
  StoredRecord,
  Transactor,
} from '../ledger/transactor.ts';

const JIANGNAN = '310104013007';
const RIHUI = '310104013012';
const CASEWORK = `${JIANGNAN}/casework`;
const ELSEWHERE = `${RIHUI}/casework`;
const OF_THE_STREET = '310104013/training';

export const contractRoles: Roles = {
  worker: { zh: '社区工作者', en: 'Worker', reads: ['casework'], readsAround: ['training'] },
  secretary: { zh: '书记', en: 'Secretary', reads: ['casework', 'residents', 'training'] },
};

/** In the form of ids, which have no I, L, O and U, and still readable. */
const idOf = (kind: string, name: string): string =>
  `${kind}_${name
    .toUpperCase()
    .replace(/[ILOU]/g, 'X')
    .padStart(26, '0')}`;
const person = (name: string, over: Partial<Person> = {}): Person => ({
  id: idOf('person', name),
  name,
  grants: [],
  former: [],
  disabled: false,
  password: null,
  ...over,
});
const zhou = person('zhou', { grants: [{ role: 'worker', area: JIANGNAN }] });
const shen = person('shen', { grants: [{ role: 'secretary', area: '310104013' }] });

const record = (name: string, seq: number, scopes: readonly string[], readers?: readonly string[]) => {
  const id = idOf('matter', name);
  const stored: StoredRecord = {
    id,
    entity: 'matter',
    scopes,
    seq,
    text: JSON.stringify({ id, seq, scopes }),
  };
  return readers ? { ...stored, readers } : stored;
};

const operation = (name: string, over: Partial<StoredOperation> = {}): StoredOperation => {
  const id = idOf('operation', name);
  const verdict: Verdict = { id, verdict: 'held', reason: { code: 'access' } };
  return {
    id,
    seq: null,
    record: null,
    author: zhou.id,
    device: 'device-1',
    link: null,
    digest: 'd',
    group: null,
    verdict,
    waits: ['person:x'],
    review: null,
    receivedAt: '2026-11-23T04:00:00.000Z',
    said: null,
    earlier: null,
    text: '{"𠮷":"\\u0000"}',
    ...over,
  };
};
const confirmed = (name: string, seq: number, of: StoredRecord): StoredOperation => {
  const id = idOf('operation', name);
  return operation(name, { seq, record: of.id, verdict: { id, verdict: 'confirmed', seq }, waits: [] });
};

const device = (name: string, number: number, over: Partial<Device> = {}): Device => ({
  id: name,
  number,
  key: 'point',
  refresh: 0,
  graceUntil: null,
  revoked: false,
  quarantined: false,
  seenAt: null,
  app: null,
  pending: null,
  ...over,
});

const idsIn = ({ texts }: Page): string[] =>
  texts.map((text) => (JSON.parse(text) as { readonly id: string }).id);

export function transactorContract(name: string, open: () => Promise<Transactor>): void {
  describe(`the rows of the ledger on ${name}`, () => {
    let ledger: Transactor;
    beforeEach(async () => {
      ledger = await open();
      await ledger.transact(async (writing) => {
        for (const one of [zhou, shen]) await writing.savePerson(one);
      });
    });
    afterEach(() => ledger.close());

    const project = (...records: readonly StoredRecord[]): Promise<void> =>
      ledger.transact(async (writing) => {
        await writing.project(records);
        const head = await writing.lockHead();
        await writing.saveHead({ ...head, seq: Math.max(head.seq, ...records.map(({ seq }) => seq)) });
      });
    const page = (asked: Readonly<Record<string, number>>, limit = 100): Promise<Page> =>
      ledger.read((reading) =>
        reading.page(
          Object.entries(asked).map(([scope, cursor]) => ({ scope, cursor })),
          limit,
        ),
      );

    describe('a page', () => {
      it('S6-2 gives a record once, through however many of the asked scopes it comes', async () => {
        await project(record('a', 1, [CASEWORK, ELSEWHERE, OF_THE_STREET]), record('b', 2, [CASEWORK]));
        const found = await page({ [CASEWORK]: 0, [ELSEWHERE]: 0 });
        expect(idsIn(found)).toEqual([idOf('matter', 'a'), idOf('matter', 'b')]);
        expect(found).toMatchObject({ removed: [], last: 2, more: false, remaining: 0 });
        expect(await ledger.read((reading) => reading.scopes())).toEqual(
          [CASEWORK, ELSEWHERE, OF_THE_STREET].sort(),
        );
      });

      it('S5 S7 tells what has left a scope in that scope, beside the record where it is still in another one', async () => {
        await project(record('a', 1, [CASEWORK, ELSEWHERE]));
        await project(record('a', 2, [ELSEWHERE]));
        const gone = { scope: CASEWORK, id: idOf('matter', 'a'), seq: 2 };
        const both = await page({ [CASEWORK]: 1, [ELSEWHERE]: 1 });
        expect({ ...both, texts: idsIn(both) }).toMatchObject({ texts: [gone.id], removed: [gone], last: 2 });
        expect(await page({ [CASEWORK]: 1 })).toMatchObject({ texts: [], removed: [gone], last: 2 });
        expect(await page({ [ELSEWHERE]: 1 })).toMatchObject({ removed: [], last: 2 });
        expect(await page({ [CASEWORK]: 2, [ELSEWHERE]: 2 })).toMatchObject({ texts: [], removed: [] });
        await project(record('a', 3, [ELSEWHERE]));
        expect(await page({ [CASEWORK]: 0 })).toMatchObject({ texts: [], removed: [gone] });
        await project(record('a', 4, [CASEWORK]));
        const back = await page({ [CASEWORK]: 2 });
        expect({ texts: idsIn(back), removed: back.removed }).toEqual({ texts: [gone.id], removed: [] });
      });

      it('S6-2 takes removals into the same order and limit, and never cuts a sequence in two', async () => {
        const all = [CASEWORK, ELSEWHERE, OF_THE_STREET];
        await project(...['a', 'b', 'c'].map((one, index) => record(one, index + 1, all)));
        await project(record('a', 4, [`person/${zhou.id}`]), record('b', 5, [CASEWORK]), record('d', 6, all));
        const asked = (cursor: number) => Object.fromEntries(all.map((scope) => [scope, cursor]));
        const first = await page(asked(0), 1);
        expect({ texts: idsIn(first), last: first.last }).toEqual({ texts: [idOf('matter', 'c')], last: 3 });
        expect(first).toMatchObject({ more: true, remaining: 3, removed: [] });
        const second = await page(asked(first.last), 2);
        expect(second.removed.map(({ scope, seq }) => [seq, scope])).toEqual([
          ...[...all].sort().map((scope) => [4, scope]),
          ...[ELSEWHERE, OF_THE_STREET].sort().map((scope) => [5, scope]),
        ]);
        expect(idsIn(second)).toEqual([idOf('matter', 'b')]);
        expect(second).toMatchObject({ last: 5, more: true, remaining: 1 });
        expect(idsIn(await page(asked(second.last), 2))).toEqual([idOf('matter', 'd')]);
      });
    });

    it('S7-4 keeps the hash of each scope through everything that comes, changes and leaves', async () => {
      const hashOf = (...held: readonly (readonly [string, number])[]): ScopeHash =>
        held.map(([one, seq]) => hashOfRecord(idOf('matter', one), seq)).reduce(combined, EMPTY_HASH);
      const hashes = async (...scopes: readonly string[]) =>
        (await page(Object.fromEntries(scopes.map((scope) => [scope, 0])))).hashes;
      await project(record('a', 1, [CASEWORK, ELSEWHERE]), record('b', 2, [CASEWORK]));
      expect(await hashes(CASEWORK, ELSEWHERE, OF_THE_STREET)).toEqual([
        { scope: CASEWORK, hash: hashOf(['a', 1], ['b', 2]) },
        { scope: ELSEWHERE, hash: hashOf(['a', 1]) },
      ]);
      await project(record('a', 3, [ELSEWHERE]));
      await project(record('b', 4, [CASEWORK, ELSEWHERE]), record('c', 5, [OF_THE_STREET]));
      expect(await hashes(CASEWORK, ELSEWHERE, OF_THE_STREET)).toEqual([
        { scope: OF_THE_STREET, hash: hashOf(['c', 5]) },
        { scope: CASEWORK, hash: hashOf(['b', 4]) },
        { scope: ELSEWHERE, hash: hashOf(['a', 3], ['b', 4]) },
      ]);
      await project(record('b', 6, [ELSEWHERE]));
      expect(await hashes(CASEWORK)).toEqual([{ scope: CASEWORK, hash: EMPTY_HASH }]);
      expect((await page({ [ELSEWHERE]: 0 }, 1)).hashes).toEqual([]);
      await expect(
        ledger.transact(async (writing) => {
          await writing.project([record('d', 7, [CASEWORK])]);
          throw new Error('cut');
        }),
      ).rejects.toThrow('cut');
      expect(await hashes(CASEWORK)).toEqual([{ scope: CASEWORK, hash: EMPTY_HASH }]);
      const shown = await ledger.readAs(zhou.id, (reading) =>
        reading.page(
          [CASEWORK, ELSEWHERE].map((scope) => ({ scope, cursor: 0 })),
          100,
        ),
      );
      expect(shown.hashes.map(({ scope }) => scope)).toEqual([CASEWORK]);
    });

    it('gives records back as they were stored, with their scopes, their readers and what they have left', async () => {
      const named = record('n', 1, [`readers/${idOf('matter', 'n')}`], [zhou.id, shen.id]);
      const open = record('o', 2, [CASEWORK, `person/${shen.id}`]);
      await project(named, open);
      // Moved twice at once: of where it passed through nothing else tells.
      const passed = [...open.scopes, 'somewhere/casework'];
      await project({ ...record('o', 3, [ELSEWHERE]), passed }, record('n', 4, named.scopes, [shen.id]));
      await ledger.read(async (reading) => {
        const found = await reading.records([named.id, open.id, 'matter_nobody']);
        expect(new Map(found.map((one) => [one.id, one]))).toEqual(
          new Map([
            [open.id, record('o', 3, [ELSEWHERE])],
            [named.id, record('n', 4, named.scopes, [shen.id])],
          ]),
        );
        const left = await reading.left([named.id, open.id]);
        expect([...left].map(([id, scopes]) => [id, [...scopes].sort()])).toEqual([
          [open.id, [CASEWORK, `person/${shen.id}`, 'somewhere/casework'].sort()],
        ]);
        expect(await reading.naming(zhou.id)).toEqual([]);
        expect(await reading.naming(zhou.id, 'once')).toEqual([named.id]);
        expect(await reading.naming(shen.id)).toEqual([named.id]);
      });
      await project(record('n', 5, named.scopes, [zhou.id]));
      expect(await ledger.read((reading) => reading.naming(zhou.id))).toEqual([named.id]);
    });

    it('finds held operations, links of a chain, and what was set aside stays out of both', async () => {
      const link = { number: 7, previous: 'h6', hash: 'h7', key: 'k', signature: 's', salt: null };
      const first = operation('a', { link });
      const ends = [1, 2].map((n) => ({
        ...{ device: `device-${n}`, number: 7, hash: 'h7' },
        epoch: `epoch-${n}`,
      }));
      const second = operation('b', { waits: ['device:d', 'group:g'] });
      await ledger.transact(async (writing) => {
        await writing.append([first, second, confirmed('c', 1, record('a', 1, [CASEWORK]))]);
        await writing.setAside({ at: first.receivedAt, device: 'device-1', number: 8, text: '{}' });
        await writing.saveChains([{ device: 'device-1', number: 6, hash: 'h6', epoch: 'epoch-0' }]);
        await writing.saveChains(ends);
      });
      await ledger.read(async (reading) => {
        expect(await reading.allHeld(10)).toEqual([second, first]);
        expect(await reading.allHeld(1)).toEqual([second]);
        expect(await reading.waitingFor(['device:d'])).toEqual([second]);
        expect(await reading.links('device-1', [6, 7, 8])).toEqual(new Map([[7, 'h7']]));
        expect(await reading.links('device-2', [7])).toEqual(new Map());
        expect(await reading.chains(['device-1', 'device-3'])).toEqual([ends[0]]);
        expect(new Set(await reading.chains(['device-2', 'device-1']))).toEqual(new Set(ends));
      });
    });

    it('finds what waits for a decision page by page, and the decision in the history of what it let through', async () => {
      const waits = ['person:x', 'review'];
      const [one, two, three] = ['a', 'b', 'd'].map((name) => operation(name, { waits })) as [
        StoredOperation,
        StoredOperation,
        StoredOperation,
      ];
      const [matter, other] = [record('a', 1, [CASEWORK]), record('b', 3, [CASEWORK])];
      const decision = confirmed('e', 1, matter);
      await ledger.transact(async (writing) => {
        await writing.append([one, operation('c'), two, three, decision]);
        await writing.append([
          {
            ...three,
            verdict: { id: three.id, verdict: 'confirmed', seq: 2 },
            seq: 2,
            waits: [],
            review: decision.id,
          },
        ]);
        await writing.append([{ ...confirmed('f', 3, other), review: decision.id }]);
        await writing.project([matter, other]);
      });
      await ledger.read(async (reading) => {
        expect(await reading.forReview(10)).toEqual([two, one]);
        expect(await reading.forReview(1)).toEqual([two]);
        expect(await reading.forReview(10, two.id)).toEqual([one]);
        expect(await reading.forReview(10, one.id)).toEqual([]);
        expect(
          (await reading.operations([three.id])).map(({ review, waits: left }) => [review, left]),
        ).toEqual([[decision.id, []]]);
        expect((await reading.history(other.id)).map(({ id }) => id)).toEqual([
          decision.id,
          idOf('operation', 'f'),
        ]);
      });
    });

    it('keeps people, devices, keys and codes', async () => {
      const one = device('device-1', 1, { refresh: 7, graceUntil: '2026-11-23T04:01:00.000Z' });
      const other = device('device-2', 2, { revoked: true, app: '0.1.0', pending: 3, seenAt: '2026' });
      const member = { device: one.id, person: zhou.id, exchangeKey: 'x', userKey: null };
      const key = { id: 'key-1', device: one.id, person: zhou.id, key: 'k' };
      const sealed = { device: one.id, scope: CASEWORK, id: 'k_1', sealed: 's' };
      const code = {
        hash: 'c',
        person: zhou.id,
        device: one.id,
        expiresAt: '2026-11-23T04:15:00.000Z',
        usedAt: null,
        usedBy: null,
        became: null,
      };
      const use = { hash: 'c', at: '2026-11-23T04:02:00.000Z', usedBy: 'request', became: other.id };
      const alarm = { at: '2026', code: 'chainForked', operation: '', device: one.id, person: null } as const;
      await ledger.transact(async (writing) => {
        for (const each of [one, other]) await writing.saveDevice(each);
        await writing.saveMember(member);
        await writing.saveMember({ ...member, userKey: 'escrowed' });
        await writing.saveSigningKey(key);
        await writing.saveSigningKey({ ...key, person: shen.id });
        await writing.escrow(sealed);
        await writing.escrow({ ...sealed, id: 'k_2', sealed: 'later' });
        // A key's id names one scope of a device: it stands in that scope's place on disk.
        await writing.escrow({ ...sealed, scope: ELSEWHERE });
        await writing.saveCode(code);
        await writing.savePerson({ ...zhou, password: 'scrypt' });
        for (const at of ['2026', '2025']) await writing.raiseAlarm({ ...alarm, at });
        await writing.raiseAlarm({ ...alarm, at: '2024', device: other.id });
        await writing.saveHead({ ...(await writing.lockHead()), durable: 0, durableAt: '2026-11-22' });
        expect(await writing.useCode(use)).toBe(true);
        expect(await writing.useCode({ ...use, usedBy: 'another' })).toBe(false);
        expect(await writing.useCode({ ...use, hash: 'nobody' })).toBe(false);
      });
      await ledger.read(async (reading) => {
        expect(await reading.device(one.id)).toEqual(one);
        expect(await reading.device('nobody')).toBeUndefined();
        expect(await reading.devices([other.id, 'nobody'])).toEqual([other]);
        expect(await reading.allDevices()).toEqual([one, other]);
        expect(await reading.members(one.id)).toEqual([{ ...member, userKey: 'escrowed' }]);
        expect(await reading.signingKeys(one.id)).toEqual([key]);
        expect(await reading.escrowedKeys(one.id)).toEqual([sealed]);
        expect(await reading.code('c')).toEqual({
          ...code,
          usedAt: use.at,
          usedBy: 'request',
          became: other.id,
        });
        expect(await reading.code('nobody')).toBeUndefined();
        expect(await reading.persons([zhou.id])).toEqual([{ ...zhou, password: 'scrypt' }]);
        expect((await reading.alarms(10)).map(({ at }) => at)).toEqual(['2026', '2025', '2024']);
        // However much one computer reports, another's newest is among them.
        expect((await reading.alarms(1)).map(({ at }) => at)).toEqual(['2025', '2024']);
        expect((await reading.head()).durableAt).toBe('2026-11-22');
      });
    });

    describe('as one person sees it', () => {
      const matter = idOf('matter', 'n');
      const everything = [
        record('a', 1, [CASEWORK]),
        record('b', 2, [ELSEWHERE]),
        record('c', 3, [ELSEWHERE, CASEWORK]),
        record('d', 4, [OF_THE_STREET]),
        record('e', 5, [`person/${zhou.id}`]),
        record('n', 6, [`readers/${matter}`], [zhou.id]),
        record('p', 7, [`${JIANGNAN}/residents`]),
        record('m', 8, [`readers/${matter}`]),
      ];
      const names = (ids: readonly string[]): string =>
        ids
          .map((id) => id.at(-1)?.toLowerCase())
          .sort()
          .join('');
      const seenBy = (who: string): Promise<string> =>
        ledger.readAs(who, async (reading) => {
          const asked = everything.flatMap(({ scopes }) => scopes.map((scope) => ({ scope, cursor: 0 })));
          const scopes = [...new Map(asked.map((one) => [one.scope, one])).values()];
          const paged = names(idsIn(await reading.page(scopes, 100)));
          const ids = everything.map(({ id }) => id);
          expect(names((await reading.records(ids)).map(({ id }) => id))).toBe(paged);
          const histories = await Promise.all(ids.map((id) => reading.history(id)));
          expect(names(histories.flatMap((found) => found.map(({ record: of }) => of ?? '')))).toBe(paged);
          return paged;
        });
      beforeEach(async () => {
        await project(...everything);
        await ledger.transact((writing) =>
          writing.append(everything.map((one) => confirmed(one.id.slice(-1), one.seq, one))),
        );
      });

      it('shows home, shares, the own person’s scope, what names the person, and classes around', async () => {
        expect(await seenBy(zhou.id)).toBe('acdemn');
        expect(await seenBy(shen.id)).toBe('abcdp');
      });

      it('shows nothing to somebody unknown, disabled or without rights, nor to a name with a quote in it', async () => {
        await ledger.transact((writing) => writing.savePerson({ ...zhou, disabled: true }));
        expect(await seenBy(zhou.id)).toBe('');
        expect(await seenBy(idOf('person', 'nobody'))).toBe('');
        expect(await seenBy('')).toBe('');
        expect(await seenBy("' or true --")).toBe('');
        await ledger.transact((writing) =>
          writing.savePerson({ ...shen, grants: [{ role: 'nobodys', area: '310104' }] }),
        );
        expect(await seenBy(shen.id)).toBe('');
      });

      it('S14 shows no more of a matter to somebody whom it does not name any more', async () => {
        await project(record('n', 9, [`readers/${matter}`], [shen.id]));
        expect(await seenBy(zhou.id)).toBe('acde');
        expect(await seenBy(shen.id)).toBe('abcdmnp');
      });

      it('lists the person’s scopes, pages with removals, counts no foreign ones, and hides what is held', async () => {
        await project(record('a', 9, [ELSEWHERE]), record('c', 10, [ELSEWHERE]));
        await ledger.transact((writing) =>
          writing.append([operation('h', { record: idOf('matter', 'd'), author: zhou.id })]),
        );
        await ledger.readAs(zhou.id, async (reading) => {
          expect(await reading.scopes()).toEqual(
            [CASEWORK, OF_THE_STREET, `person/${zhou.id}`, `readers/${matter}`].sort(),
          );
          const asked = [CASEWORK, ELSEWHERE].map((scope) => ({ scope, cursor: 0 }));
          expect(await reading.page(asked, 1)).toMatchObject({
            texts: [],
            removed: [{ scope: CASEWORK, id: idOf('matter', 'a'), seq: 9 }],
            more: true,
            remaining: 1,
          });
          expect(await reading.records([idOf('matter', 'a')])).toEqual([]);
          expect(await reading.history(idOf('matter', 'a'))).toEqual([]);
          expect((await reading.history(idOf('matter', 'd'))).map(({ seq }) => seq)).toEqual([4]);
          expect((await reading.head()).seq).toBe(10);
        });
      });

      it('leaves nothing of the person behind for the next transaction, nor after an error', async () => {
        const all = (): Promise<number> =>
          ledger.read(async (reading) => (await reading.recordsOf('matter')).length);
        expect(await seenBy(zhou.id)).toBe('acdemn');
        expect(await all()).toBe(everything.length);
        const failing = ledger.readAs(zhou.id, () => Promise.reject(new Error('cut')));
        await expect(failing).rejects.toThrow('cut');
        expect(await all()).toBe(everything.length);
        await ledger.transact((writing) => writing.savePerson(shen));
      });
    });

    it('keeps every package that came, answers for the newest of a device, and numbers answers upwards', async () => {
      const one = device('one', 1);
      const packageOf = (id: string, over: Partial<StoredPackage> = {}): StoredPackage => ({
        device: one.id,
        id,
        number: 1,
        madeAt: '2026-11-22T04:00:00.000Z',
        importedAt: '2026-11-23T04:00:00.000Z',
        confirmed: 3,
        refused: 1,
        held: 0,
        text: `{"of":"${id}"}`,
        ...over,
      });
      const [first, second] = [packageOf('first'), packageOf('second', { number: 2 })];
      await ledger.transact(async (writing) => {
        await writing.saveDevice(one);
        for (const given of [first, second]) await writing.savePackage(given);
      });
      await ledger.read(async (reading) => {
        expect(await reading.packageOf(one.id)).toEqual(second);
        expect(await reading.packageOf(one.id, 'first')).toEqual({ ...first, text: '' });
        expect(await reading.packageOf(one.id, 'third')).toBeUndefined();
        expect((await reading.packages(10)).map(({ id }) => id)).toEqual(['second', 'first']);
      });
      await ledger.transact((writing) => writing.savePackage({ ...first, held: 1 }));
      await ledger.read(async (reading) => {
        expect(await reading.packageOf(one.id)).toEqual({ ...first, held: 1 });
        expect((await reading.packages(1)).map(({ id }) => id)).toEqual(['first']);
      });
      const next = () =>
        ledger.transact((writing) =>
          writing.nextAnswer({ at: '2026-11-23T04:00:00.000Z', device: one.id, id: 'first' }),
        );
      const serial = await next();
      expect(await next()).toBeGreaterThan(serial);
    });
  });
}
