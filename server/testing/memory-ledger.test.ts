import { createMemoryLedger } from './memory-ledger.ts';
import { ledgerContract } from './ledger-contract.ts';

ledgerContract('memory', () => {
  const transactor = createMemoryLedger({ district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  return Promise.resolve({ transactor, close: transactor.close });
});
