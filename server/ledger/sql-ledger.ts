/**
 * The ledger on PostgreSQL and PGlite: the same SQL for both, and the ONLY place that inserts operations. Whole batches go in one
 * set-based statement each; records leave as the text that lies there.
 */
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Grant } from '../../shared/core/access.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { Tables } from '../database/tables.ts';
import type {
  Device,
  Head,
  Person,
  Reading,
  StoredOperation,
  StoredRecord,
  Transactor,
  Writing,
} from './transactor.ts';

export function createSqlLedger(db: Kysely<Tables>, close: () => Promise<void>): Transactor {
  return {
    // One snapshot for head and rows: a page never claims a cursor that its rows do not reach.
    read: (work) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((transaction) => work(readingOn(transaction))),
    transact: (work) =>
      db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => work(writingOn(transaction))),
    close,
  };
}

function readingOn(db: Transaction<Tables>): Reading {
  const records = db.selectFrom('records').select(['id', 'entity', 'scope', 'seq', 'doc']);
  const operations = db.selectFrom('operations').selectAll();
  const persons = db.selectFrom('persons').selectAll();
  return {
    head: async () => headOf(await db.selectFrom('head').selectAll().executeTakeFirstOrThrow()),
    page: async (asked, limit) => {
      const scopes = asked.map(({ scope }) => scope);
      const cursors = asked.map(({ cursor }) => cursor);
      const newer = sql`unnest(${scopes}::text[], ${cursors}::bigint[]) as asked (scope, cursor)
        join records on records.scope = asked.scope and records.seq > asked.cursor`;
      const head = headOf(await db.selectFrom('head').selectAll().executeTakeFirstOrThrow());
      const { rows } = await sql<{ seq: string | number; doc: string }>`
        select records.seq, records.doc from ${newer} order by records.seq limit ${limit + 1}`.execute(db);
      const more = rows.length > limit;
      const page = more ? rows.slice(0, limit) : rows;
      const left = more
        ? (await sql<{ count: string | number }>`select count(*) as count from ${newer}`.execute(db)).rows[0]
            ?.count
        : page.length;
      return {
        head,
        texts: page.map(({ doc }) => doc),
        last: Number(page.at(-1)?.seq ?? 0),
        more,
        remaining: Number(left) - page.length,
      };
    },
    scopes: async () =>
      (await db.selectFrom('scopes').select('scope').orderBy('scope').execute()).map(({ scope }) => scope),
    records: async (ids) => (await records.where(anyOf('id', ids)).execute()).map(recordOf),
    recordsOf: async (entity) => (await records.where('entity', '=', entity).execute()).map(recordOf),
    history: async (record) =>
      (
        await operations.where('record', '=', record).where('seq', 'is not', null).orderBy('seq').execute()
      ).map(operationOf),
    operations: async (ids) => (await operations.where(anyOf('id', ids)).execute()).map(operationOf),
    waitingFor: async (keys) =>
      (
        await operations
          .where('verdict', '=', 'held')
          .where(sql<boolean>`waits && ${[...keys]}::text[]`)
          .orderBy('arrival')
          .execute()
      ).map(operationOf),
    alarms: async () =>
      (await db.selectFrom('alarms').selectAll().orderBy('at').execute()) as Awaited<
        ReturnType<Reading['alarms']>
      >,
    persons: async (ids) => (await persons.where(anyOf('id', ids)).execute()).map(personOf),
    allPersons: async () => (await persons.orderBy('id').execute()).map(personOf),
    device: async (id) =>
      deviceOf(await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst()),
    deviceByToken: async (hash) =>
      deviceOf(await db.selectFrom('devices').selectAll().where('token_hash', '=', hash).executeTakeFirst()),
    members: async (device) =>
      (await db.selectFrom('members').selectAll().where('device', '=', device).execute()).map((row) => ({
        device: row.device,
        person: row.person,
        tokenHash: row.token_hash,
      })),
    code: async (hash) => {
      const row = await db.selectFrom('codes').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row && { hash: row.hash, person: row.person, expiresAt: row.expires_at, usedAt: row.used_at };
    },
  };
}

function writingOn(db: Transaction<Tables>): Writing {
  return {
    ...readingOn(db),
    lockHead: async () =>
      headOf(await db.selectFrom('head').selectAll().forUpdate().executeTakeFirstOrThrow()),
    saveHead: async ({ district, name, epoch, restoredHead, seq, durable }) => {
      await db
        .updateTable('head')
        .set({ district, name, epoch, restored_head: restoredHead, seq, durable })
        .execute();
    },
    append: async (given) => {
      await sql`
        insert into operations
          (id, seq, record, author, device, digest, group_key, verdict, reason, waits, received_at, doc)
        select id, seq, record, author, device, digest, group_key, verdict, reason,
          array(select jsonb_array_elements_text(waits::jsonb)), received_at, doc
        from unnest(
          ${given.map(({ id }) => id)}::text[], ${given.map(({ seq }) => seq)}::bigint[],
          ${given.map(({ record }) => record)}::text[], ${given.map(({ author }) => author)}::text[],
          ${given.map(({ device }) => device)}::text[], ${given.map(({ digest }) => digest)}::text[],
          ${given.map(({ group }) => group)}::text[], ${given.map(({ verdict }) => verdict.verdict)}::text[],
          ${given.map(reasonText)}::text[], ${given.map(({ waits }) => JSON.stringify(waits))}::text[],
          ${given.map(({ receivedAt }) => receivedAt)}::text[], ${given.map(({ text }) => text)}::text[]
        ) as given (id, seq, record, author, device, digest, group_key, verdict, reason, waits, received_at, doc)
        on conflict (id) do update
          set seq = excluded.seq, verdict = excluded.verdict, reason = excluded.reason, waits = excluded.waits
          where operations.verdict = 'held'`.execute(db);
    },
    project: async (records) => {
      const scopes = [...new Set(records.map(({ scope }) => scope))];
      await sql`insert into scopes select unnest(${scopes}::text[]) on conflict do nothing`.execute(db);
      await sql`
        insert into records (id, seq, scope, entity, doc)
        select * from unnest(
          ${records.map(({ id }) => id)}::text[], ${records.map(({ seq }) => seq)}::bigint[],
          ${records.map(({ scope }) => scope)}::text[], ${records.map(({ entity }) => entity)}::text[],
          ${records.map(({ text }) => text)}::text[])
        on conflict (id) do update set seq = excluded.seq, scope = excluded.scope, doc = excluded.doc`.execute(
        db,
      );
    },
    ordinal: async ({ entity, area, year }) => {
      const row = await db
        .selectFrom('counters')
        .select('ordinal')
        .where('entity', '=', entity)
        .where('area', '=', area)
        .where('year', '=', year)
        .executeTakeFirst();
      return row?.ordinal ?? 0;
    },
    saveCounters: async (counters) => {
      await db
        .insertInto('counters')
        .values([...counters])
        .onConflict((conflict) =>
          conflict
            .columns(['entity', 'area', 'year'])
            .doUpdateSet((row) => ({ ordinal: row.ref('excluded.ordinal') })),
        )
        .execute();
    },
    raiseAlarm: async (alarm) => {
      await db.insertInto('alarms').values(alarm).execute();
    },
    savePerson: async ({ id, name, grants, former, disabled }) => {
      const row = { name, grants: JSON.stringify(grants), former: JSON.stringify(former), disabled };
      await db
        .insertInto('persons')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    nextDeviceNumber: async () => {
      const { rows } = await sql<{ devices: number }>`
        update head set devices = devices + 1 returning devices`.execute(db);
      return Number(rows[0]?.devices);
    },
    saveDevice: async ({ id, number, tokenHash, revoked }) => {
      const row = { number, token_hash: tokenHash, revoked };
      await db
        .insertInto('devices')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    saveMember: async ({ device, person, tokenHash }) => {
      await db
        .insertInto('members')
        .values({ device, person, token_hash: tokenHash })
        .onConflict((conflict) =>
          conflict.columns(['device', 'person']).doUpdateSet({ token_hash: tokenHash }),
        )
        .execute();
    },
    saveCode: async ({ hash, person, expiresAt, usedAt }) => {
      await db.insertInto('codes').values({ hash, person, expires_at: expiresAt, used_at: usedAt }).execute();
    },
    useCode: async (hash, at) => {
      const used = await db
        .updateTable('codes')
        .set({ used_at: at })
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return Number(used.numUpdatedRows) === 1;
    },
  };
}

const anyOf = (column: 'id', values: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`;

const reasonText = ({ verdict }: StoredOperation): string | null =>
  verdict.verdict === 'confirmed' ? null : JSON.stringify(verdict.reason);

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

const headOf = (row: Row<'head'>): Head => ({
  district: row.district,
  name: row.name,
  epoch: row.epoch,
  restoredHead: Number(row.restored_head),
  seq: Number(row.seq),
  durable: Number(row.durable),
});

const recordOf = ({ id, entity, scope, seq, doc }: Row<'records'>): StoredRecord => ({
  id,
  entity,
  scope,
  seq: Number(seq),
  text: doc,
});

function operationOf(row: Row<'operations'>): StoredOperation {
  const { id, record, author, device, digest, group_key: group, waits, received_at: receivedAt, doc } = row;
  const seq = row.seq === null ? null : Number(row.seq);
  const verdict = {
    id,
    verdict: row.verdict,
    ...(seq === null ? { reason: JSON.parse(row.reason ?? '{}') as Refusal } : { seq }),
  } as Verdict;
  return { id, seq, record, author, device, digest, group, verdict, waits, receivedAt, text: doc };
}

const personOf = ({ grants, former, ...row }: Row<'persons'>): Person => ({
  ...row,
  grants: JSON.parse(grants) as Grant[],
  former: JSON.parse(former) as Grant[],
});

const deviceOf = (row: Row<'devices'> | undefined): Device | undefined =>
  row && { id: row.id, number: row.number, tokenHash: row.token_hash, revoked: row.revoked };
