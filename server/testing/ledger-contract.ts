/** What every ledger promises, run over memory, PGlite and PostgreSQL alike. */
import { setImmediate as breathe } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transactor } from '../ledger/transactor.ts';
import { pullResponse } from '../../shared/protocol/messages.ts';
import { createCast, type Cast } from './cast.ts';
import { enrolRequestOf, newPersonKeys, valueOf, type Desk } from './desk.ts';
import { newSigner } from './desk-keys.ts';
import { JIANGNAN, RIHUI, villagers } from './village.ts';

export interface LedgerUnderTest {
  readonly transactor: Transactor;
  readonly close: () => Promise<void>;
}

export function ledgerContract(name: string, open: () => Promise<LedgerUnderTest>): void {
  describe(`the ledger on ${name}`, () => {
    let ledger: LedgerUnderTest;
    let cast: Cast;
    let zhou: Desk;
    let li: Desk;
    beforeAll(async () => {
      ledger = await open();
      cast = await createCast(ledger.transactor);
      zhou = await cast.desk(villagers.zhouMin);
      li = await cast.desk(villagers.liXiulan);
    });
    afterAll(() => ledger.close());
    const casework = `${JIANGNAN}/casework`;

    it('keeps of what was recovered the newest state of each record and epoch, and what was approved as it was', async () => {
      const state = (record: string, seq: number, text = '{}', epoch = 'epoch-0') => ({
        ...{ record, epoch, seq, entity: 'matter', area: JIANGNAN, text },
        ...{ person: villagers.zhouMin.id, device: zhou.device, at: '2026-11-23T04:00:00.000Z' },
        ...{ approvedBy: null, approvedAt: null },
      });
      const keep = (...states: ReturnType<typeof state>[]) =>
        ledger.transactor.transact((writing) => writing.keepRecovered(states));
      const kept = (records?: string[]) => ledger.transactor.read((reading) => reading.recovered(records));
      await keep(state('matter_a', 7), state('matter_b', 8));
      await keep(state('matter_a', 6, '{"older":true}'), state('matter_b', 9, '{"newer":"二"}'));
      await keep(state('matter_a', 1, '{}', 'epoch-1'));
      await keep();
      expect(await kept()).toEqual([
        state('matter_a', 7),
        state('matter_b', 9, '{"newer":"二"}'),
        state('matter_a', 1, '{}', 'epoch-1'),
      ]);
      const approval = { record: 'matter_b', by: villagers.guAdmin.id, at: '2026-11-24T04:00:00.000Z' };
      await ledger.transactor.transact((writing) => writing.approveRecovered(approval));
      await keep(state('matter_b', 12));
      expect(await kept(['matter_b'])).toEqual([
        {
          ...state('matter_b', 9, '{"newer":"二"}'),
          approvedBy: approval.by,
          approvedAt: approval.at,
        },
      ]);
      expect(await kept([])).toEqual([]);
    });

    it('keeps a record whole, with everything that JSON can say', async () => {
      const title = '𠮷先生说：“漏水了\\n”，阿依古丽·买买提在场';
      const creation = zhou.pen.create(title, {
        set: { title, fromANewerApp: { nested: [null, 1.5, '\u0000'] } },
      });
      const [verdict] = await zhou.push(creation);
      expect(verdict).toEqual({ id: creation.id, verdict: 'confirmed', seq: expect.any(Number) });
      const { records } = await zhou.pull(casework);
      const writer = {
        by: villagers.zhouMin.id,
        at: creation.at,
        seq: records[0]?.seq,
        operation: creation.id,
      };
      expect(records.find(({ id }) => id === creation.record)).toEqual({
        id: creation.record,
        entity: 'matter',
        version: 1,
        area: JIANGNAN,
        scope: casework,
        seq: records[0]?.seq,
        values: {
          title,
          fromANewerApp: { nested: [null, 1.5, '\u0000'] },
          stage: 'open',
          number: { temporary: '', official: `（2026）${JIANGNAN}第1号` },
        },
        created: writer,
        writers: {},
      });
    });

    it('S3-1 gives the same verdict for the same operation, however often it comes', async () => {
      const creation = zhou.pen.create('楼道堆物');
      const first = await zhou.push(creation, creation);
      const head = await cast.district.head();
      expect(await zhou.push(creation)).toEqual([first[0]]);
      expect(first[1]).toEqual(first[0]);
      expect(await cast.district.head()).toEqual(head);
    });

    it('S4-4 writes nothing of a transaction that fails, counters and head included', async () => {
      const before = await cast.district.head();
      const failing = ledger.transactor.transact(async (writing) => {
        const head = await writing.lockHead();
        await writing.saveHead({ ...head, seq: head.seq + 5 });
        await writing.saveCounters([{ entity: 'matter', area: RIHUI, year: 2026, ordinal: 99 }]);
        await writing.project([
          { id: 'matter_x', entity: 'matter', scopes: [casework], seq: head.seq + 1, text: '{}' },
        ]);
        throw new Error('power cut');
      });
      await expect(failing).rejects.toThrow('power cut');
      expect(await cast.district.head()).toEqual(before);
      await ledger.transactor.read(async (reading) => {
        expect(await reading.records(['matter_x'])).toEqual([]);
      });
      const creation = li.pen.create('噪音', { area: RIHUI, author: villagers.liXiulan.id });
      await li.push(creation);
      expect((await cast.record(creation.record))?.values['number']).toEqual({
        temporary: '',
        official: `（2026）${RIHUI}第1号`,
      });
    });

    it('never changes a verdict that is final, and keeps a held one until it changes', async () => {
      const creation = zhou.pen.create('晾晒');
      const change = zhou.pen.change(creation.record, { note: '先到的修改' });
      const [held] = await zhou.push(change);
      expect(held).toEqual({ id: change.id, verdict: 'held', reason: { code: 'unknownRecord' } });
      expect(await zhou.push(change)).toEqual([held]);
      await zhou.push(creation);
      const [confirmed] = await zhou.push(change);
      expect(confirmed?.verdict).toBe('confirmed');
      await ledger.transactor.transact(async (writing) => {
        const [stored] = await writing.operations([change.id]);
        if (stored) await writing.append([{ ...stored, seq: null, verdict: held as typeof stored.verdict }]);
      });
      expect(await zhou.push(change)).toEqual([confirmed]);
    });

    it('S4 keeps every reason of a group that falls, and nothing of its effects', async () => {
      const before = await cast.district.head();
      const group = zhou.pen.group([zhou.pen.create('丙'), zhou.pen.create(''), zhou.pen.create('丁')]);
      const [first, culprit, last] = group.map(({ id }) => id);
      const verdicts = [
        { id: first, verdict: 'held', reason: { code: 'group', operation: culprit } },
        {
          id: culprit,
          verdict: 'refused',
          reason: { code: 'schema', problems: [{ code: 'required', field: 'title' }] },
        },
        { id: last, verdict: 'held', reason: { code: 'group', operation: culprit } },
      ];
      expect(await zhou.push(...group)).toEqual(verdicts);
      expect(await zhou.push(...group)).toEqual(verdicts);
      expect(await cast.district.head()).toEqual(before);
    });

    it('pages oldest first behind each scope’s own cursor, and counts what is left', async () => {
      const { cursor: before } = await zhou.pull(casework);
      const creations = ['停车', '宠物', '物业费', '赡养', '装修'].map((title) => zhou.pen.create(title));
      await zhou.push(...creations);
      const first = await zhou.pull(casework, before, 2);
      expect({ ...first, records: first.records.map(({ values }) => values['title']) }).toEqual({
        epoch: 'epoch-1',
        records: ['停车', '宠物'],
        removed: [],
        cursor: before + 2,
        more: true,
        remaining: 3,
      });
      const second = await zhou.pull(casework, first.cursor, 3);
      expect({ ...second, records: second.records.map(({ values }) => values['title']) }).toEqual({
        epoch: 'epoch-1',
        records: ['物业费', '赡养', '装修'],
        removed: [],
        cursor: before + 5,
        more: false,
        remaining: 0,
        hashes: [{ scope: casework, hash: expect.stringMatching(/^[0-9a-f]{16}$/) }],
      });
      expect((await zhou.pull(casework, second.cursor)).records).toEqual([]);
    });

    it('pages several scopes in one order, each behind its own cursor', async () => {
      const admin = await cast.desk(villagers.guAdmin);
      const { cursor: start } = await zhou.pull(casework);
      const written: string[] = [];
      for (const name of ['一', '二', '三']) {
        const matter = zhou.pen.create(name);
        const area = admin.pen.area(JIANGNAN, name);
        await zhou.push(matter);
        await admin.push(area);
        written.push(matter.record, area.record);
      }
      const pull = async (scopes: readonly (readonly [string, number])[]) => {
        const cursors = scopes.map(([scope, cursor]) => ({ scope, cursor }));
        const text = valueOf(await cast.district.pull(await zhou.asking(), { epoch: 'epoch-1', cursors }));
        return pullResponse.parse(JSON.parse(text)).records.map(({ id }) => id);
      };
      const both = ['310104/directory', casework] as const;
      expect(
        await pull([
          [both[0], start],
          [both[1], start],
        ]),
      ).toEqual(written);
      expect(
        await pull([
          [both[0], start + 4],
          [both[1], start + 2],
        ]),
      ).toEqual([written[2], written[4], written[5]]);
    });

    it('a page that ends between a merged record and its survivor leaves none of them out', async () => {
      const [one, other] = [zhou.pen.create('漏水'), zhou.pen.create('漏水了')];
      await zhou.push(one, other);
      const { cursor } = await zhou.pull(casework);
      await zhou.push(zhou.pen.pair('merge', one.record, other.record));
      const first = await zhou.pull(casework, cursor, 1);
      const second = await zhou.pull(casework, first.cursor, 1);
      expect([first.more, second.more]).toEqual([true, false]);
      expect([...first.records, ...second.records].map(({ id }) => id)).toEqual([one.record, other.record]);
      expect(second.records[0]?.absorbed).toEqual([one.record]);
    });

    it('S6-1 a reader who follows its cursor misses nothing that concurrent writers commit', async () => {
      const desks = await Promise.all(Array.from({ length: 8 }, () => cast.desk(villagers.zhouMin)));
      const { cursor: start } = await zhou.pull(casework);
      const written: string[] = [];
      let isWriting = true;
      const seen = new Map<string, number>();
      const reader = (async () => {
        let cursor = start;
        for (;;) {
          // Ledgers that never leave the microtask queue would starve the writers' crypto.
          await breathe();
          const last = !isWriting;
          const page = await zhou.pull(casework, cursor, 7);
          for (const { id, seq } of page.records) seen.set(id, seq);
          expect(page.cursor).toBeGreaterThanOrEqual(cursor);
          cursor = page.cursor;
          if (last && !page.more) return;
        }
      })();
      await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const desk = desks[index % desks.length] as Desk;
          const creation = desk.pen.create(`并发第${index}件`);
          written.push(creation.record);
          expect((await desk.push(creation))[0]?.verdict).toBe('confirmed');
        }),
      );
      isWriting = false;
      await reader;
      expect([...seen.keys()].sort()).toEqual([...written].sort());
      const sequences = [...seen.values()].sort((one, other) => one - other);
      expect(sequences).toEqual(sequences.map((_, index) => start + 1 + index));
    }, 60_000);

    it('finds devices, people and codes again, and uses a code once', async () => {
      const code = (await cast.district.issueCode(villagers.chenGuodong.id)) ?? '';
      const enrol = async () =>
        cast.district.enrol(
          await enrolRequestOf(code, { key: await newSigner(), person: await newPersonKeys() }),
        );
      const outcomes = await Promise.all([enrol(), enrol(), enrol()]);
      expect(
        outcomes.map((outcome) => (outcome.ok ? outcome.value.person.id : outcome.error.error)).sort(),
      ).toEqual(['code-used', 'code-used', villagers.chenGuodong.id].sort());
    });

    it('answers a request file as often as it is asked for, and lets somebody back to a computer of after the backup', async () => {
      const { zhouMin } = villagers;
      const who = { key: await newSigner(), person: await newPersonKeys() };
      const at = new Date(cast.clock.now).toISOString();
      const file = { kind: 'linli-enrolment-request', v: 1, at, request: await enrolRequestOf('', who) };
      const answer = { name: 'enrolment.answer', input: { person: zhouMin.id, request: file } } as const;
      for (const _ of [1, 2]) {
        expect(await cast.district.administerLocally(answer)).toMatchObject({ ok: true });
      }
      const id = zhou.pen.id('device');
      const code = (await cast.district.issueCode(zhouMin.id, id)) ?? '';
      const back = await cast.district.enrol(await enrolRequestOf(code, { ...who, id }));
      expect(valueOf(back).device.id).toBe(id);
    });
  });
}
