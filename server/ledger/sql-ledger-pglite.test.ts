import { ensureHead } from '../database/first-head.ts';
import { openPGlite } from '../database/open.ts';
import { ledgerContract } from '../testing/ledger-contract.ts';
import { createSqlLedger } from './sql-ledger.ts';

ledgerContract('PGlite', async () => {
  const { db, close } = await openPGlite();
  await ensureHead(db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  const transactor = createSqlLedger(db, close);
  return { transactor, close: transactor.close };
});
