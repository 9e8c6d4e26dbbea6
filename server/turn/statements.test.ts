/**
 * What a turn costs the database: every statement that goes to PostgreSQL, begin and commit among them. With hundreds of computers back at
 * once, talking to it is most of what a district does (docs/decisions/0020).
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRoles } from '../database/describe-roles.ts';
import { ensureHead } from '../database/first-head.ts';
import { bringUpToDate } from '../database/open.ts';
import type { Tables } from '../database/tables.ts';
import { createSqlLedger } from '../ledger/sql-ledger.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { Result } from '../../shared/core/result.ts';
import type { Asking } from '../people/authenticate.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { chen, courtRegistry, zhou } from '../testing/court.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { startPostgres, type Postgres } from '../testing/postgres.ts';
import { JIANGNAN, RIHUI } from '../testing/village.ts';

const CASEWORK = `${JIANGNAN}/casework`;
let sent: string[] = [];
let postgres: Postgres;
let cast: Cast;
let desk: Desk;
let secret: string;

beforeAll(async () => {
  postgres = await startPostgres();
  const pool = new pg.Pool({ connectionString: await postgres.createDatabase() });
  // The server stops before every socket has closed.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void sent.push(query.sql),
  });
  await bringUpToDate(db);
  await ensureHead(db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  await describeRoles(db, courtRegistry.roles);
  const ledger = createSqlLedger(db, () => db.destroy());
  cast = await createCast(ledger, 1, undefined, courtRegistry);
  for (const { id, grants } of [zhou, chen]) await cast.district.changePerson(id, { grants });
  desk = await cast.desk(zhou);
  secret = desk.pen.id('secret');
  await desk.push(
    ...['漏水', '停车', '噪音'].map((title) => desk.pen.create(title)),
    desk.pen.create('', {
      entity: 'secret',
      record: secret,
      set: { subject: '反映' },
      add: { readers: [{ id: zhou.id, title: zhou.name }] },
    }),
  );
});
afterAll(async () => {
  await cast.transactor.close();
  await postgres.stop();
});

/** Without what it takes to make the request. */
async function statementsOf(
  asking: Promise<Asking>,
  ask: (asking: Asking) => Promise<Result<unknown, unknown>>,
) {
  const made = await asking;
  sent = [];
  valueOf(await ask(made));
  return sent;
}
const pull = (cursors: Readonly<Record<string, number>>, limit = 1000) =>
  statementsOf(desk.asking(), (asking) =>
    cast.district.pull(asking, {
      epoch: 'epoch-1',
      cursors: Object.entries(cursors).map(([scope, cursor]) => ({ scope, cursor })),
      limit,
    }),
  );
const push = async (...operations: readonly Operation[]) => {
  const entries: PushEntry[] = [];
  for (const operation of operations) entries.push(await desk.entry(operation));
  return statementsOf(desk.asking({ as: null }), (asking) =>
    cast.district.push(asking, { protocol: PROTOCOL, entries }),
  );
};

function expectAtMost(most: number, statements: readonly string[]): void {
  expect(statements).toContainEqual(expect.stringContaining('start transaction'));
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most);
}

describe('statements that go to the database', () => {
  it('of a handshake with nothing to review are at most 3', async () => {
    const shaken = await statementsOf(desk.asking(), (asking) =>
      cast.district.handshake(asking, { protocol: PROTOCOL }),
    );
    expect(shaken.length, shaken.join('\n')).toBeLessThanOrEqual(3);
  });

  it('of a pull at the head are at most 3, of a page 8, and names are looked up only for a confidential matter', async () => {
    const { seq } = await cast.district.head();
    const pulled = await pull({ [CASEWORK]: seq });
    expect(pulled.length, pulled.join('\n')).toBeLessThanOrEqual(3);
    expectAtMost(8, await pull({ [CASEWORK]: 0 }, 2));
    const confidential = await pull({ [CASEWORK]: seq, [`readers/${secret}`]: seq });
    expectAtMost(9, confidential);
    const naming = [pulled, confidential].map((all) => all.filter((one) => one.includes('from "readers"')));
    expect(naming.map(({ length }) => length)).toEqual([0, 2]);
  });

  it('of a page that lies ready are at most 3', async () => {
    const request = { epoch: 'epoch-1', cursors: [{ scope: CASEWORK, cursor: 0 }], limit: 2 };
    const packed = () => statementsOf(desk.asking(), (asking) => cast.district.pullPacked(asking, request));
    await packed();
    const again = await packed();
    expect(again.length, again.join('\n')).toBeLessThanOrEqual(3);
  });

  it('of a token are at most 7', async () => {
    const thief = await cast.desk(chen);
    const { refresh } = thief.enrolled.device;
    sent = [];
    valueOf(await thief.token(refresh));
    expectAtMost(7, sent);
  });

  it('of a push with one new record are at most 22, and of one with many areas no more but their numbers', async () => {
    expectAtMost(22, await push(desk.pen.create('又一件')));
    const areas = [JIANGNAN, RIHUI].map((area) => desk.pen.create(`在${area}`, { area }));
    const pushed = await push(...areas);
    expect(pushed.filter((one) => one.includes('"entity" = $1') && one.includes('"records"'))).toHaveLength(
      1,
    );
  });

  it('of a listener are at most 5, and of one that goes on 1', async () => {
    expectAtMost(5, await statementsOf(desk.asking(), (asking) => cast.district.mayListen(asking)));
    sent = [];
    expect(await cast.district.mayGoOn(desk.device)).toBeTypeOf('function');
    expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(1);
  });
});
