/** Several nodes of the village's district over one PostgreSQL database, with the same keys: each numbers, locks and answers by itself. */
import { describeRoles } from '../../database/describe-roles.ts';
import { ensureHead } from '../../database/first-head.ts';
import { openPostgres } from '../../database/open.ts';
import { keysOf, newPrivateKey } from '../../keys.ts';
import { createSqlLedger } from '../../ledger/sql-ledger.ts';
import type { Transactor } from '../../ledger/transactor.ts';
import { createCast, type Cast } from '../cast.ts';
import { village } from '../village.ts';

export interface Nodes {
  readonly casts: readonly Cast[];
  readonly close: () => Promise<void>;
}

/** `changed` puts something else between the district and its ledger: a planted fault. */
export async function openNodes(
  url: string,
  count: number,
  changed: (transactor: Transactor) => Transactor = (transactor) => transactor,
): Promise<Nodes> {
  const keys = keysOf({ exchange: newPrivateKey(), signing: newPrivateKey() });
  const casts: Cast[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const { db, close } = await openPostgres(url);
    await ensureHead(db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
    await describeRoles(db, village.roles);
    casts.push(await createCast(changed(createSqlLedger(db, close)), seed, keys));
  }
  return {
    casts,
    close: async () => {
      for (const { transactor } of casts) await transactor.close();
    },
  };
}
