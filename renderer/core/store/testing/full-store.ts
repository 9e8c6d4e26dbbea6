/** Stores of two people filled with everything that a store keeps, under the real seals. */
import { generateKeyPairSync } from 'node:crypto';
import type { ScopeKey } from '../../../../shared/bridge.ts';
import type { Vault } from '../../vault/vault.ts';
import { createWebVault } from '../../vault/web-vault.ts';
import { TABLES, type Database, type Row, type Table } from '../database.ts';
import type { Kept } from '../kept-operation.ts';
import { createStore } from '../sealed-store.ts';
import type { StoreState } from '../state.ts';
import { BLOCK } from '../store.ts';
import { bases, confirmed, DEVICE, kept, keys, LI, recordId, state, ZHOU } from './one-disk.ts';

const districtKey = (() => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64',
  );
})();
export const vaultOf = (person: string, own: number, scopeKeys: readonly ScopeKey[]): Promise<Vault> =>
  createWebVault({
    person,
    ownKey: new Uint8Array(32).fill(own),
    scopeKeys,
    device: DEVICE,
    store: 'district_1',
    districtKey,
  });
export const zhouVault = () => vaultOf(ZHOU, 21, [keys.casework, keys.residents]);
export const liVault = () => vaultOf(LI, 22, [keys.ofLi]);

const draft = {
  key: 'step/matter_1/agreed',
  entity: 'matter',
  values: { subject: '楼上漏水' },
  opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
  savedAt: '2026-11-23T01:00:00.000Z',
};

/** Operations, histories and drafts of each person; a quarter of the operations has gone to the archive. */
export const COUNT = 12;

/** @returns operations of the mirror */
export async function keepAll(
  database: Database,
  vault: Vault,
  scopes: readonly string[],
  from: number,
  singles: number,
) {
  const store = createStore({ database, vault });
  await store.load({ take: () => undefined });
  const [scope = ''] = scopes;
  const operations: Kept[] = [];
  for (let count = from; count < from + COUNT; count++) operations.push(await kept(vault, count, scope));
  await store.keepOperations(operations, from + COUNT);
  const contained = operations.slice(0, COUNT / 4).map((one, index) => confirmed(one, from + index));
  await store.keepPage({ bases: [], state: state(from, ...scopes), contained });
  for (const [index, via] of scopes.entries()) {
    const first = from + index * 1000;
    await store.keepPage(pageOf(first, first + BLOCK - 1, via, state(from, ...scopes)));
    // Too few at once for a block.
    for (let next = first + BLOCK; next < first + BLOCK + singles; next += 15) {
      const last = Math.min(next + 14, first + BLOCK + singles - 1);
      await store.keepPage(pageOf(next, last, via, state(from, ...scopes)));
    }
  }
  for (let count = 0; count < COUNT; count++) {
    await store.keepHistory(recordId(from + count), scope, '{"operations":["刘桂芳"]}');
    await store.keepDraft({ ...draft, key: `${draft.key}${count}` });
  }
  return operations.slice(COUNT / 4);
}

const pageOf = (from: number, to: number, via: string, after: StoreState) => ({
  bases: bases(from, to, via),
  state: after,
  contained: [],
});

export const rowsOf = async (
  database: Database,
): Promise<readonly { readonly table: Table; readonly row: Row }[]> =>
  (
    await Promise.all(TABLES.map(async (table) => (await database.all(table)).map((row) => ({ table, row }))))
  ).flat();

/** Format, epoch, tally and marks are numbers in clear. */
export const isSealed = ({ table, row }: { readonly table: Table; readonly row: Row }): boolean =>
  table !== 'meta' || /^(state|cursor):/.test(row.key);
