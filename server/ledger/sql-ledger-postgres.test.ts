import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRoles } from '../database/describe-roles.ts';
import { ensureHead } from '../database/first-head.ts';
import { openPostgres } from '../database/open.ts';
import { submissionOf, type Submission } from '../judge/submission.ts';
import { createCast } from '../testing/cast.ts';
import type { Desk } from '../testing/desk.ts';
import { createCourt } from '../testing/court.ts';
import { ledgerContract } from '../testing/ledger-contract.ts';
import { startPostgres, type Postgres } from '../testing/postgres.ts';
import { JIANGNAN, village, villagers } from '../testing/village.ts';
import { createSqlLedger } from './sql-ledger.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

async function openLedger(url?: string) {
  const at = url ?? (await postgres.createDatabase());
  const { db, close } = await openPostgres(at);
  await ensureHead(db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  await describeRoles(db, village.roles);
  return { url: at, transactor: createSqlLedger(db, close), close };
}

ledgerContract('PostgreSQL', () => openLedger());

describe('PostgreSQL as several nodes share it', () => {
  it('S6-1 two nodes that number at the same time leave no gap and no double', async () => {
    const one = await openLedger();
    const other = await openLedger(one.url);
    const casts = [await createCast(one.transactor, 1), await createCast(other.transactor, 2)];
    const desks = await Promise.all(casts.map((cast) => cast.desk(villagers.zhouMin)));
    const verdicts = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const desk = desks[index % 2] as Desk;
        return desk.push(desk.pen.create(`第${index}件`));
      }),
    );
    const sequences = verdicts.flat().map((verdict) => (verdict.verdict === 'confirmed' ? verdict.seq : 0));
    expect(sequences.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    const numbers = (await (desks[0] as Desk).pull(`${JIANGNAN}/casework`)).records.map(
      ({ values }) => (values['number'] as { official: string }).official,
    );
    expect(new Set(numbers).size).toBe(100);
    await one.close();
    await other.close();
  });

  it('S6-2 tells with every page exactly what remains, counted once and told on', async () => {
    const { transactor, close } = await openLedger();
    const cast = await createCast(transactor);
    const desk = await cast.desk(villagers.zhouMin);
    await desk.push(...Array.from({ length: 35 }, (_, index) => desk.pen.create(`第${index}件`)));
    const told: (readonly [number, number])[] = [];
    let cursor: number | undefined = 0;
    while (cursor !== undefined) {
      const page = await desk.pull(`${JIANGNAN}/casework`, cursor, 10);
      told.push([page.records.length, page.remaining]);
      // Somebody writes in between: what was counted before counts no more.
      if (told.length === 2) await desk.push(desk.pen.create('后来的一件'), desk.pen.create('又一件'));
      cursor = page.more ? page.cursor : undefined;
    }
    expect(told).toEqual([
      [10, 25],
      [10, 15],
      [10, 7],
      [7, 0],
    ]);
    await close();
  });

  it('S13 a token waits for nobody’s push: whoever comes back gets in while a large one is judged', async () => {
    const { transactor, close } = await openLedger();
    const cast = await createCast(transactor);
    const desk = await cast.desk(villagers.zhouMin);
    const renewed = await transactor.transact(async (judging) => {
      await judging.lockHead();
      return Promise.race([
        desk.token(desk.enrolled.device.refresh),
        wait(10_000).then(() => 'still waiting' as const),
      ]);
    });
    expect(renewed).toMatchObject({ ok: true, value: { expiresIn: 600 } });
    await close();
  });

  it('S3 S4 a database killed under load keeps whole groups only, and the retry completes the rest once', async () => {
    const ledger = await openLedger();
    const cast = await createCast(ledger.transactor);
    const desks = await Promise.all(Array.from({ length: 6 }, () => cast.desk(villagers.zhouMin)));
    const groups = Array.from({ length: 60 }, (_, index) => {
      const desk = desks[index % desks.length] as Desk;
      const titles = ['甲', '乙', '丙'].map((title) => `${title}${index}`);
      return { desk, group: desk.pen.group(titles.map((title) => desk.pen.create(title))) };
    });
    // A single pool, pushes of several desks in flight: the kill falls before, in and after transactions. What a desk pushes behind
    // one that was cut has a gap before it and no verdict.
    const attempts = groups.map(({ desk, group }) =>
      desk.push(...group).then(
        (verdicts) => (verdicts.length > 0 ? 'answered' : 'behind a gap'),
        () => 'cut',
      ),
    );
    await Promise.race(attempts);
    await postgres.crash();
    const outcomes = await Promise.all(attempts);
    expect(outcomes).toContain('answered');

    const kept = await ledger.transactor.read((reading) =>
      reading.operations(groups.flatMap(({ group }) => group.map(({ id }) => id))),
    );
    const ids = new Set(kept.map(({ id }) => id));
    for (const { group } of groups) expect([0, 3]).toContain(group.filter(({ id }) => ids.has(id)).length);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome === 'answered') expect(groups[index]?.group.every(({ id }) => ids.has(id))).toBe(true);
    }
    for (const { desk, group } of groups) await desk.push(...group);
    const { records } = await (desks[0] as Desk).pull(`${JIANGNAN}/casework`);
    expect(records.map(({ seq }) => seq)).toEqual(Array.from({ length: 180 }, (_, index) => index + 1));
    await ledger.close();
  });

  it('S10 takes what its text cannot hold for what it is, and nobody else’s work falls with it', async () => {
    const { transactor, close } = await openLedger();
    const { pen, send, stored } = await createCourt(transactor);
    const matter = { id: 'secret_\0', title: '' };
    const entry = { entity: 'secretEntry', record: pen.id('secretEntry'), set: { matter } };
    const broken = [
      pen.create('甲', { record: 'matter_\0' }),
      pen.change('\ud800', { note: '乙' }),
      pen.create('丙', entry),
      { ...pen.create('丁'), group: { id: '\0', size: 2 } },
      pen.create('戊', { entity: '\0' }),
      pen.create('己', { set: { title: '己', fromANewerApp: '\0 \ud800' } }),
    ];
    const noOperation: Submission = {
      ...submissionOf(pen.create('庚')),
      text: 'hello\0',
      content: { kind: 'refused', reason: { code: 'schema' } },
    };
    const outcomes = await send(...broken.map(submissionOf), noOperation, submissionOf(pen.create('辛')));
    const verdicts = outcomes.map((outcome) => outcome.kind === 'judged' && outcome.verdict.verdict);
    expect(verdicts).toEqual([
      'refused',
      'refused',
      'refused',
      'held',
      'refused',
      'confirmed',
      'refused',
      'confirmed',
    ]);
    expect((await stored(noOperation))?.text).toBe('hello\ufffd');
    await close();
  });
});
