import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { describeRoles } from '../database/describe-roles.ts';
import { ensureHead } from '../database/first-head.ts';
import { openPostgres, type Database } from '../database/open.ts';
import { devicesContract } from '../testing/devices-contract.ts';
import { filesContract } from '../testing/files-contract.ts';
import { wordsContract } from '../testing/words-contract.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { openEmptyPGlite } from '../testing/pglite-folder.ts';
import { startPostgres, type Postgres } from '../testing/postgres.ts';
import { contractRoles, transactorContract } from '../testing/transactor-contract.ts';
import { createSqlLedger } from './sql-ledger.ts';
import type { Transactor } from './transactor.ts';

const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };

/** One database for all tests, emptied before each: opening PGlite takes seconds. */
function emptied(open: () => Promise<Database>): () => Promise<Transactor> {
  let opening: Promise<Database> | undefined;
  afterAll(async () => (await opening)?.close());
  return async () => {
    const { db } = await (opening ??= open());
    await sql`truncate head, operations, records, placements, readers, scopes, persons, devices,
      members, signing_keys, escrowed_keys, chains, set_aside, codes, packages, package_answers, alarms,
      file_names, files, file_parts`.execute(db);
    await ensureHead(db, head);
    await describeRoles(db, contractRoles);
    return createSqlLedger(db, () => Promise.resolve());
  };
}

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const ledgers = {
  memory: () => Promise.resolve(createMemoryLedger(head, contractRoles)),
  PGlite: emptied(openEmptyPGlite),
  PostgreSQL: emptied(async () => openPostgres(await postgres.createDatabase())),
};
for (const [name, open] of Object.entries(ledgers)) {
  transactorContract(name, open);
  devicesContract(name, open);
  filesContract(name, open);
  wordsContract(name, open);
}
