/** What is written to the ledger: whole batches in one set-based statement a table. */
import { sql, type Transaction } from 'kysely';
import { HEAD_COLUMNS, type Tables } from '../database/tables.ts';
import { ofAny } from './any-of.ts';
import type { Counter } from './official-numbers.ts';
import { headOf } from './rows.ts';
import { writingFilesOn } from './sql-files.ts';
import { writingPackagesOn } from './sql-packages.ts';
import { writingRecoveredOn } from './sql-recovered.ts';
import { writingPeopleOn } from './sql-people.ts';
import { place } from './sql-placing.ts';
import { readingOn } from './sql-reading.ts';
import type { Head, StoredOperation, StoredRecord, Writing } from './transactor.ts';

export function writingOn(db: Transaction<Tables>): Writing {
  const reading = readingOn(db);
  // Once it is locked, nobody else moves it until this transaction ends.
  let locked: Head | undefined;
  return {
    ...reading,
    ...writingPeopleOn(db),
    ...writingFilesOn(db),
    ...writingPackagesOn(db),
    ...writingRecoveredOn(db),
    head: async () => locked ?? reading.head(),
    lockHead: async () =>
      (locked ??= headOf(
        await db.selectFrom('head').select(HEAD_COLUMNS).forUpdate().executeTakeFirstOrThrow(),
      )),
    saveHead: async (head) => {
      const { restoredHead, wasRestored, durableAt, ...same } = head;
      await db
        .updateTable('head')
        .set({ ...same, restored_head: restoredHead, was_restored: wasRestored, durable_at: durableAt })
        .execute();
      locked &&= head;
    },
    append: (operations) => append(db, operations),
    project: async (records) => {
      if (records.length === 0) return;
      await saveRecords(db, records);
      await place(db, records);
      await nameReaders(db, records);
    },
    counters: (asked) =>
      ofAny(asked, async () => {
        const { rows } = await sql<Counter>`
          select entity, area, year, ordinal from counters where (entity, area, year) in (
            select * from unnest(${asked.map(({ entity }) => entity)}::text[],
              ${asked.map(({ area }) => area)}::text[], ${asked.map(({ year }) => year)}::integer[])
          )`.execute(db);
        return rows;
      }),
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
    saveAnchor: async (anchor) => {
      await db.insertInto('anchors').values(anchor).execute();
    },
    holderOf: async ({ entity, area, year, ordinal }) => {
      const row = await db
        .selectFrom('numbers')
        .select('record')
        .where('entity', '=', entity)
        .where('area', '=', area)
        .where('year', '=', year)
        .where('ordinal', '=', ordinal)
        .executeTakeFirst();
      return row?.record;
    },
    saveNumbers: async (numbers) => {
      await db
        .insertInto('numbers')
        .values([...numbers])
        .execute();
    },
    raiseAlarm: async (alarm) => {
      await db.insertInto('alarms').values(alarm).execute();
    },
    setAside: async ({ at, device, number, text }) => {
      await db.insertInto('set_aside').values({ at, device, number, doc: text }).execute();
    },
  };
}

async function append(db: Transaction<Tables>, given: readonly StoredOperation[]): Promise<void> {
  await sql`
    insert into operations
      (id, seq, record, author, device, number, link, previous, signed_by, signature, salt, digest, group_key,
        verdict, reason, waits, review, received_at, doc, said, earlier)
    select id, seq, record, author, device, number, link, previous, signed_by, signature, salt, digest, group_key,
      verdict, reason, array(select jsonb_array_elements_text(waits::jsonb)), review, received_at, doc, said, earlier
    from unnest(
      ${given.map(({ id }) => id)}::text[], ${given.map(({ seq }) => seq)}::bigint[],
      ${given.map(({ record }) => record)}::text[], ${given.map(({ author }) => author)}::text[],
      ${given.map(({ device }) => device)}::text[],
      ${given.map(({ link }) => link?.number ?? null)}::bigint[],
      ${given.map(({ link }) => link?.hash ?? null)}::text[],
      ${given.map(({ link }) => link?.previous ?? null)}::text[],
      ${given.map(({ link }) => link?.key ?? null)}::text[],
      ${given.map(({ link }) => link?.signature ?? null)}::text[],
      ${given.map(({ link }) => link?.salt ?? null)}::text[],
      ${given.map(({ digest }) => digest)}::text[],
      ${given.map(({ group }) => group)}::text[], ${given.map(({ verdict }) => verdict.verdict)}::text[],
      ${given.map(reasonText)}::text[], ${given.map(({ waits }) => JSON.stringify(waits))}::text[],
      ${given.map(({ review }) => review)}::text[], ${given.map(({ receivedAt }) => receivedAt)}::text[],
      ${given.map(({ text }) => text)}::text[],
      ${given.map(({ said }) => said && JSON.stringify(said))}::text[],
      ${given.map(({ earlier }) => earlier && JSON.stringify(earlier))}::text[]
    ) as given
      (id, seq, record, author, device, number, link, previous, signed_by, signature, salt, digest, group_key,
        verdict, reason, waits, review, received_at, doc, said, earlier)
    on conflict (id) do update
      set seq = excluded.seq, verdict = excluded.verdict, reason = excluded.reason, waits = excluded.waits,
        review = excluded.review, said = excluded.said, earlier = excluded.earlier
      where operations.verdict = 'held'`.execute(db);
}

const reasonText = ({ verdict }: StoredOperation): string | null =>
  verdict.verdict === 'confirmed' ? null : JSON.stringify(verdict.reason);

async function saveRecords(db: Transaction<Tables>, records: readonly StoredRecord[]): Promise<void> {
  await sql`
    insert into records (id, seq, entity, scopes, readers, doc)
    select id, seq, entity, array(select jsonb_array_elements_text(scopes::jsonb)),
      case when readers is not null then array(select jsonb_array_elements_text(readers::jsonb)) end, doc
    from unnest(
      ${records.map(({ id }) => id)}::text[], ${records.map(({ seq }) => seq)}::bigint[],
      ${records.map(({ entity }) => entity)}::text[],
      ${records.map(({ scopes }) => JSON.stringify(scopes))}::text[],
      ${records.map(({ readers }) => (readers ? JSON.stringify(readers) : null))}::text[],
      ${records.map(({ text }) => text)}::text[]
    ) as given (id, seq, entity, scopes, readers, doc)
    on conflict (id) do update
      set seq = excluded.seq, scopes = excluded.scopes, readers = excluded.readers, doc = excluded.doc`.execute(
    db,
  );
}

async function nameReaders(db: Transaction<Tables>, records: readonly StoredRecord[]): Promise<void> {
  const matters = records.filter(({ readers }) => readers !== undefined);
  if (matters.length === 0) return;
  const named = matters.flatMap(({ id, readers = [] }) =>
    [...new Set(readers)].map((person) => ({ id, person })),
  );
  await sql`update readers set present = false
    where record = any(${matters.map(({ id }) => id)}::text[])`.execute(db);
  await sql`
    insert into readers (record, person, present)
    select record, person, true
    from unnest(${named.map(({ id }) => id)}::text[], ${named.map(({ person }) => person)}::text[])
      as named (record, person)
    on conflict (record, person) do update set present = true`.execute(db);
}
