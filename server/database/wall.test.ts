/** The second wall of the database itself: what a person's reads cannot reach, whatever the code above asks for. */
import { sql, type Kysely, type Transaction } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Roles } from '../../shared/core/access.ts';
import { registry as real } from '../../shared/modules/index.ts';
import { composeRegistry } from '../../shared/core/registry.ts';
import { errand } from '../../shared/core/testing/errand.ts';
import { forms } from '../../shared/core/testing/forms.ts';
import { mayReadByPolicy } from '../../shared/core/testing/reference-policy.ts';
import { triples } from '../../shared/core/testing/triples.ts';
import { createSqlLedger } from '../ledger/sql-ledger.ts';
import type { Person, StoredOperation, Transactor } from '../ledger/transactor.ts';
import { storedRecord } from '../projector/stored-record.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { openEmptyPGlite } from '../testing/pglite-folder.ts';
import { startPostgres, type Postgres } from '../testing/postgres.ts';
import { describeRoles } from './describe-roles.ts';
import { ensureHead } from './first-head.ts';
import { openPostgres, type Database } from './open.ts';
import { READER } from './reader.ts';
import type { Tables } from './tables.ts';

const registry = composeRegistry(
  [...real.modules, { ...forms, entities: [...forms.entities, errand] }],
  real.roles,
);
const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };
const world = triples(registry, 20261123, 10_000);
const people = world.people.map(({ id, grants }): Person => ({
  id,
  name: '某',
  grants,
  former: [],
  disabled: false,
  password: null,
}));
const records = world.records.map((record) => storedRecord(record, registry.entities.get(record.entity)));

const operation = (
  id: string,
  record: string,
  verdict:
    | { readonly verdict: 'confirmed'; readonly seq: number }
    | { readonly verdict: 'held'; readonly reason: { readonly code: 'access' } },
): StoredOperation => ({
  id,
  seq: verdict.verdict === 'confirmed' ? verdict.seq : null,
  record,
  author: people[0]?.id ?? '',
  device: 'device-1',
  link: null,
  digest: 'd',
  group: null,
  verdict: { id, ...verdict },
  waits: [],
  review: null,
  receivedAt: '2026-11-23T04:00:00.000Z',
  said: null,
  earlier: null,
  text: '{}',
});

async function fill(ledger: Transactor): Promise<void> {
  await ledger.transact(async (writing) => {
    for (const person of people) await writing.savePerson(person);
    await writing.project(records);
    for (const [index] of records.entries()) {
      const file = `file-${index}`;
      await writing.nameFiles([{ file, operation: `operation-${index}`, device: 'device-1', size: 1 }]);
      await writing.lockFile(file, 1);
      await writing.addPart({ file, at: 0, bytes: new Uint8Array(1) });
    }
    await writing.append(
      records.flatMap(({ id }, index) => [
        operation(`operation-${index}`, id, { verdict: 'confirmed', seq: index + 1 }),
        // What is held is nobody's to read, not even where its record is.
        operation(`held-${index}`, id, { verdict: 'held', reason: { code: 'access' } }),
      ]),
    );
  });
}

/** What each person reads of the world, by the design's own words. */
const entitled = new Map(
  people.map((person) => [
    person.id,
    new Set(
      world.records
        .filter((record) =>
          mayReadByPolicy(person, record, {
            areas: world.areas,
            readers: world.readers,
            roles: registry.roles,
          }),
        )
        .map(({ id }) => id),
    ),
  ]),
);

function walls(name: string, open: () => Promise<Database>): void {
  describe(`the wall in ${name}`, () => {
    let db: Kysely<Tables>;
    let close: () => Promise<void>;
    let ledger: Transactor;
    beforeAll(async () => {
      ({ db, close } = await open());
      await ensureHead(db, head);
      await describeRoles(db, registry.roles);
      ledger = createSqlLedger(db, () => Promise.resolve());
      await fill(ledger);
    });
    afterAll(() => close());

    /** As the reading role, with any statement at all. */
    const as = <T>(person: string | undefined, work: (db: Transaction<Tables>) => Promise<T>): Promise<T> =>
      db.transaction().execute(async (transaction) => {
        if (person !== undefined)
          await sql`select set_config('linli.person', ${person}, true)`.execute(transaction);
        await sql.raw(`set local role ${READER}`).execute(transaction);
        return work(transaction);
      });
    const count = async (transaction: Transaction<Tables>, from: string): Promise<number> => {
      const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.raw(from)}`.execute(
        transaction,
      );
      return Number(rows[0]?.n);
    };
    const tables = async (): Promise<readonly string[]> => {
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables
        where table_schema = current_schema() order by table_name`.execute(db);
      return rows.map(({ name: table }) => table);
    };
    const OPEN = ['file_names', 'file_parts', 'files', 'operations', 'placements', 'records', 'scopes'];

    it('ACCESS-2 SCOPE-5 10 000 random people, records and operations: it shows what the reference policy lets them read', async () => {
      const ids = records.map(({ id }) => id);
      const seen = new Map<string, ReadonlySet<string>>();
      for (const { id } of people) {
        const found = await ledger.readAs(id, (reading) => reading.records(ids));
        seen.set(id, new Set(found.map(({ id: record }) => record)));
      }
      const differing = world.triples.filter(
        ({ person, record }) =>
          seen.get(person.id)?.has(record.id) !== entitled.get(person.id)?.has(record.id),
      );
      expect(differing.slice(0, 2)).toEqual([]);
      const read = world.triples.filter(({ person, record }) => seen.get(person.id)?.has(record.id)).length;
      expect([read > 1000, read < 9000]).toEqual([true, true]);
    });

    it('gives direct selects of the role no row of a foreign scope, in any table that it may read', async () => {
      for (const { id } of people.filter((_, index) => index % 16 === 0)) {
        const mine = entitled.get(id) ?? new Set();
        const scopes = records
          .filter(({ id: record }) => mine.has(record))
          .flatMap((record) => record.scopes);
        await as(id, async (reader) => {
          expect(await count(reader, 'records')).toBe(mine.size);
          for (const table of ['operations', 'file_names', 'files', 'file_parts'])
            expect(await count(reader, table), table).toBe(mine.size);
          const placed = await reader.selectFrom('placements').select('record').distinct().execute();
          expect(new Set(placed.map(({ record }) => record))).toEqual(mine);
          const listed = await reader.selectFrom('scopes').select('scope').execute();
          expect(listed.filter(({ scope }) => !scopes.includes(scope))).toEqual([]);
        });
      }
    });

    it('stands in front of where scopes stand, too: what is told in one statement is what the role sees', async () => {
      const all = await ledger.read((reading) => reading.scopes());
      for (const { id } of people.filter((_, index) => index % 16 === 0)) {
        const seen = await ledger.readAs(id, (reading) => reading.standing(all));
        expect(await ledger.standingAs(id, all)).toEqual(seen);
        expect(await ledger.readFromStandingAs(id, all, async (_, standing) => standing)).toEqual(seen);
        expect(seen.scopes.length).toBeLessThan(all.length);
        const records = await ledger.readFromStandingAs(id, all, (reading) =>
          reading.records(world.triples.map(({ record }) => record.id)),
        );
        expect(records.length).toBe(entitled.get(id)?.size ?? 0);
      }
      expect((await ledger.standingAs('person_nobody', all)).scopes).toEqual([]);
    });

    it('is shut for everything else: other tables, the rest of the head, and everybody who is nobody', async () => {
      const all = await tables();
      expect(all).toEqual(expect.arrayContaining([...OPEN, 'persons', 'escrowed_keys', 'readers', 'codes']));
      for (const table of all.filter((one) => !OPEN.includes(one) && one !== 'head')) {
        await expect(
          as(people[0]?.id, (reader) => count(reader, `"${table}"`)),
          table,
        ).rejects.toThrow('permission denied');
      }
      for (const column of ['public_key', 'devices', '*'])
        await expect(
          as(people[0]?.id, (reader) => sql.raw(`select ${column} from head`).execute(reader)),
        ).rejects.toThrow('permission denied');
      for (const nobody of [undefined, '', 'person_nobody', '%', "' or '1'='1"]) {
        const found = await as(nobody, async (reader) => {
          const counts: number[] = [];
          for (const table of OPEN) counts.push(await count(reader, table));
          return counts;
        });
        expect(found).toEqual(OPEN.map(() => 0));
      }
    });

    it('lets nothing be written, in any table', async () => {
      for (const table of await tables()) {
        for (const statement of [
          `insert into "${table}" default values`,
          `delete from "${table}"`,
          `truncate "${table}"`,
          `drop table "${table}"`,
          `alter table "${table}" disable row level security`,
        ])
          await expect(
            as(people[0]?.id, (reader) => sql.raw(statement).execute(reader)),
            statement,
          ).rejects.toThrow(/permission denied|must be owner/);
      }
      await expect(
        as(people[0]?.id, (reader) => sql`update head set seq = 0`.execute(reader)),
      ).rejects.toThrow('permission denied');
    });

    it('cannot be fooled by temporary tables in the place of those that it asks', async () => {
      const [someone] = [...entitled].filter(([, mine]) => mine.size === 1 || mine.size === 0);
      expect(someone).toBeDefined();
      const [id = '', mine = new Set()] = someone ?? [];
      const seen = await as(id, async (reader) => {
        await sql`create temporary table persons as
          select ${id} as id, '[{"role":"supervisor","area":"3"}]' as grants, false as disabled`.execute(
          reader,
        );
        await sql`create temporary table readers as
          select id as record, ${id} as person, true as present from unnest(${records.map((one) => one.id)}::text[]) as id`.execute(
          reader,
        );
        return count(reader, 'records');
      });
      expect(seen).toBe(mine.size);
    });

    it('stands from one transaction to the next: role and person end with theirs, also after an error', async () => {
      const id = people[2]?.id ?? '';
      const state = async () =>
        (
          await sql<{ role: string; person: string | null }>`
            select current_setting('role') as role, nullif(current_setting('linli.person', true), '') as person`.execute(
            db,
          )
        ).rows[0];
      const before = await state();
      await ledger.readAs(id, (reading) => reading.head());
      expect(await state()).toEqual(before);
      await expect(
        ledger.readAs(id, async (reading) => {
          await reading.head();
          throw new Error('cut');
        }),
      ).rejects.toThrow('cut');
      await expect(
        ledger.readAs(id, (reading) => reading.page([{ scope: 'x', cursor: Number.NaN }], 1)),
      ).rejects.toThrow();
      expect(await state()).toEqual(before);
      await ledger.standingAs(id, ['x']);
      expect(await state()).toEqual(before);
      await expect(
        ledger.readFromStandingAs(id, ['x'], async (reading) => {
          await reading.head();
          throw new Error('cut');
        }),
      ).rejects.toThrow('cut');
      expect(await state()).toEqual(before);
      expect(before).toEqual({ role: 'none', person: null });
    });

    it('works out a person’s scopes once a query, never once a row', async () => {
      const { id } = people[2] as Person;
      for (const table of OPEN) {
        const plan = await as(id, async (reader) => {
          const { rows } = await sql<Record<string, string>>`
            explain (analyze) select * from ${sql.table(table)}`.execute(reader);
          return rows.map((row) => Object.values(row)[0] ?? '');
        });
        const evaluations = plan.filter((line) => line.includes('ProjectSet'));
        expect(evaluations.length, table).toBeGreaterThan(0);
        expect(evaluations.filter((line) => !/loops=1\)|never executed/.test(line))).toEqual([]);
      }
    });

    it('follows the roles of the newest build', async () => {
      const fewer: Roles = {};
      await describeRoles(db, fewer);
      const own = (id: string): number =>
        world.records.filter(
          (record) =>
            world.readers.get(record.scope.replace('readers/', ''))?.includes(id) ||
            [record.scope, ...(record.shares ?? [])].includes(`person/${id}`),
        ).length;
      for (const { id } of people.slice(0, 10))
        expect(await as(id, (reader) => count(reader, 'records'))).toBe(own(id));
      await describeRoles(db, registry.roles);
      const { id } = people[5] as Person;
      expect(await as(id, (reader) => count(reader, 'records'))).toBe(entitled.get(id)?.size);
    });
  });
}

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

walls('PGlite', openEmptyPGlite);
walls('PostgreSQL', async () => openPostgres(await postgres.createDatabase()));

it('ACCESS-2 SCOPE-5 the ledger in memory shows the same as the reference policy', async () => {
  const ledger = createMemoryLedger(head, registry.roles);
  await fill(ledger);
  const ids = records.map(({ id }) => id);
  for (const { id } of people) {
    const found = await ledger.readAs(id, (reading) => reading.records(ids));
    expect(new Set(found.map(({ id: record }) => record))).toEqual(entitled.get(id));
  }
});

describe('the reading role', () => {
  const asUser = async (name: string, rights: string): Promise<string> => {
    const url = await postgres.createDatabase();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`create role ${name} login ${rights}`);
    await client.query(`alter database ${new URL(url).pathname.slice(1)} owner to ${name}`);
    await client.query(`alter schema public owner to ${name}`);
    await client.end();
    return url.replace('linli@', `${name}@`);
  };
  const works = async ({ db, close }: Database): Promise<string> => {
    await ensureHead(db, head);
    const found = await createSqlLedger(db, close).readAs('nobody', (reading) => reading.head());
    await close();
    return found.epoch;
  };

  it('is made once, however many servers and districts of one cluster start at the same moment', async () => {
    const fresh = await startPostgres();
    try {
      const urls = await Promise.all(Array.from({ length: 3 }, () => fresh.createDatabase()));
      const opened = await Promise.all([...urls, ...urls].map((url) => openPostgres(url)));
      for (const database of opened) expect(await works(database)).toBe('epoch-1');
    } finally {
      await fresh.stop();
    }
  });

  it('is made by a user who may make roles, and who is no superuser', async () => {
    const fresh = await startPostgres();
    try {
      const url = await fresh.createDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('create role steward login createrole');
      await client.query('alter schema public owner to steward');
      await client.end();
      expect(await works(await openPostgres(url.replace('linli@', 'steward@')))).toBe('epoch-1');
    } finally {
      await fresh.stop();
    }
  });

  it('is asked of the administrator where the user may neither make nor take it, and then is enough', async () => {
    const url = await asUser('plain', 'nocreaterole');
    await expect(openPostgres(url)).rejects.toThrow(
      /数据库用户 plain 不能建立只读角色 linli_reader.*grant linli_reader to "plain"/,
    );
    const client = new pg.Client({ connectionString: url.replace('plain@', 'linli@') });
    await client.connect();
    await client.query('grant linli_reader to "plain"');
    await client.end();
    expect(await works(await openPostgres(url))).toBe('epoch-1');
  });
});
