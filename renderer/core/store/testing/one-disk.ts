/** Two colleagues on one computer, what they keep, and the disks that the store's contract runs over. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { ScopeKey } from '../../../../shared/bridge.ts';
import type { Operation } from '../../../../shared/core/operation.ts';
import { CHAIN_START } from '../../../../shared/protocol/link.ts';
import { emptyDisk, openMemoryDatabase } from '../../testing/memory-database.ts';
import { createPlainVault } from '../../testing/plain-vault.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Base } from '../base.ts';
import type { Database } from '../database.ts';
import { openDexieDatabase } from '../dexie-database.ts';
import type { Kept } from '../kept-operation.ts';
import { freshState, type StoreState } from '../state.ts';
import type { Store } from '../store.ts';

export const DEVICE = 'device_00000000000000000000000001';
export const ZHOU = 'person_00000000000000000000000001';
export const LI = 'person_00000000000000000000000002';
export const CASEWORK = '310104007001/casework';
export const RESIDENTS = '310104007001/residents';
export const OF_LI = `person/${LI}`;

export const keyNumber = (scope: string, byte: number): ScopeKey => ({
  scope,
  id: `k_${String(byte).padStart(16, '0')}`,
  key: new Uint8Array(32).fill(byte),
});
export const keys = {
  casework: keyNumber(CASEWORK, 1),
  residents: keyNumber(RESIDENTS, 2),
  ofLi: keyNumber(OF_LI, 3),
} as const;

export const zhou = (scopeKeys: readonly ScopeKey[] = [keys.casework, keys.residents]): Vault =>
  createPlainVault({ person: ZHOU, device: DEVICE, scopeKeys });
export const li = (scopeKeys: readonly ScopeKey[] = [keys.casework, keys.ofLi]): Vault =>
  createPlainVault({ person: LI, device: DEVICE, scopeKeys });

/** Opens the same disk again each time it is asked. */
export const disks: Readonly<Record<string, () => () => Promise<Database>>> = {
  memory: () => {
    const disk = emptyDisk();
    return async () => openMemoryDatabase(disk);
  },
  'fake IndexedDB': () => {
    const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
    return () => openDexieDatabase({ name: 'linli-store', factory });
  },
};

export const recordId = (count: number): string => `matter_${String(count).padStart(26, '0')}`;

export function base(count: number, seq = count, via = CASEWORK): Base {
  const id = recordId(count);
  const values = { subject: `第${count}件\n` };
  return { id, entity: 'matter', via, epoch: 'epoch_1', seq, text: JSON.stringify({ id, seq, values }) };
}

export const bases = (from: number, to: number, via = CASEWORK): readonly Base[] =>
  Array.from({ length: to - from + 1 }, (_, index) => base(from + index, from + index, via));

export const state = (cursor: number, ...scopes: readonly string[]): StoreState => ({
  ...freshState,
  epoch: 'epoch_1',
  restoredHead: 7,
  cursors: Object.fromEntries(
    (scopes.length > 0 ? scopes : [CASEWORK]).map((scope) => [scope, { epoch: 'epoch_1', cursor }]),
  ),
  grants: [{ role: 'worker', area: '310104007001' }],
});

export async function kept(vault: Vault, count: number, scope: string | undefined = CASEWORK): Promise<Kept> {
  const operation: Operation = {
    v: 1,
    id: `operation_${String(count).padStart(26, '0')}`,
    kind: 'create',
    entity: 'matter',
    version: 1,
    record: recordId(count),
    author: vault.own,
    device: DEVICE,
    at: '2026-11-23T01:00:00.000Z',
    basis: { epoch: 'epoch_1', seq: 0 },
    after: [],
    set: { subject: `第${count}件` },
  };
  return {
    number: count,
    operation,
    envelope: await vault.sealOperation(operation, scope),
    link: {
      number: count,
      previous: CHAIN_START,
      hash: 'h'.repeat(43),
      key: 's'.repeat(22),
      signature: String(count).padStart(86, 'S'),
    },
  };
}

export const confirmed = (one: Kept, seq: number): Kept => ({
  ...one,
  verdict: { id: one.operation.id, verdict: 'confirmed', seq },
  judgedAt: '2026-11-23T01:00:00.000Z',
});

/** Field by field, as it was handed in. */
const written = ({ id, entity, via, epoch, seq, text }: Base): Base => ({
  id,
  entity,
  via,
  epoch,
  seq,
  text,
});

/** What memory would hold: the newest state of each record in each scope. */
export function gathering() {
  const held = new Map<string, Base>();
  return {
    take: (found: readonly Base[]): void => {
      for (const one of found) {
        const name = `${one.id} ${one.via}`;
        if ((held.get(name)?.seq ?? -1) < one.seq) held.set(name, written(one));
      }
    },
    baseOf: (id: string, via: string): Base | undefined => held.get(`${id} ${via}`),
    all: (): readonly Base[] =>
      [...held].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, found]) => found),
  };
}

export async function read(store: Store) {
  const gathered = gathering();
  const loaded = await store.load({ take: gathered.take });
  return { ...loaded, bases: gathered.all(), baseOf: gathered.baseOf };
}
