import { ledgerContract } from './ledger-contract.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { village } from './village.ts';

ledgerContract('memory', () => {
  const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };
  const transactor = createMemoryLedger(head, village.roles);
  return Promise.resolve({ transactor, close: transactor.close });
});
