import { describeRoles } from '../database/describe-roles.ts';
import { ensureHead } from '../database/first-head.ts';
import { ledgerContract } from '../testing/ledger-contract.ts';
import { openEmptyPGlite } from '../testing/pglite-folder.ts';
import { village } from '../testing/village.ts';
import { createSqlLedger } from './sql-ledger.ts';

ledgerContract('PGlite', async () => {
  const { db, close } = await openEmptyPGlite();
  await ensureHead(db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  await describeRoles(db, village.roles);
  const transactor = createSqlLedger(db, close);
  return { transactor, close: transactor.close };
});
