/** RxDB's own replication over HTTP into its Dexie storage, in pages of a thousand. Plain; what it pushes is judged by nobody. */
import { replicateRxCollection, type Replication } from 'rxdb/plugins/replication';
import type { RxCollection } from 'rxdb';
import { dayOf, type Kept } from './side.ts';
import { openRx } from './store-rxdb.ts';
import type { SyncSide } from './sync-side.ts';
import { now, took } from './timing.ts';

const BATCH = 1_000;
const PUSHED = 500;

interface Checkpoint {
  readonly page: number;
}

export function syncRxdb(url: string): SyncSide {
  let cases: RxCollection | undefined;
  let pushing: Replication | undefined;
  const opened = (): RxCollection => {
    if (!cases) throw new Error('nothing was downloaded');
    return cases;
  };

  const from = {
    batchSize: BATCH,
    handler: async (last: Checkpoint | undefined) => {
      const page = last?.page ?? 0;
      const answer = await fetch(`${url}/page/${page}`);
      const documents = ((await answer.json()) as readonly Kept[]).map((kept) => ({
        ...kept,
        stage: kept.values.stage,
        day: dayOf(kept),
        _deleted: false,
      }));
      return { documents, checkpoint: { page: documents.length > 0 ? page + 1 : page } };
    },
  };
  /** Nothing is a conflict here: the server takes everything. */
  const to = {
    batchSize: PUSHED,
    handler: async (rows: readonly unknown[]) => {
      await fetch(`${url}/push`, { method: 'POST', body: JSON.stringify(rows) });
      return [];
    },
  };
  const common = () => ({ collection: opened(), replicationIdentifier: 'records', live: false });
  const pulled = async (): Promise<void> => {
    await replicateRxCollection({ ...common(), pull: from }).awaitInitialReplication();
  };

  return {
    download: async (count) => {
      const begun = now();
      ({ cases } = await openRx());
      await pulled();
      const ms = now() - begun;
      const kept = await opened().count({ selector: {} }).exec();
      if (kept !== count) throw new Error(`${kept} of ${count} arrived`);
      return { ms };
    },
    changes: async () => ({ changes: await took(pulled) }),
    write: async (count) => {
      // It looks through all that it has once before it pushes; that is not counted.
      pushing = replicateRxCollection({ ...common(), live: true, pull: from, push: to });
      await pushing.awaitInitialReplication();
      await pushing.pause();
      const some = await opened().find({ selector: {}, limit: count }).exec();
      await opened().bulkUpsert(some.map((one) => ({ ...one.toJSON(), note: '双方已约定下周三再谈。' })));
      return {};
    },
    push: async () => ({
      push: await took(async () => {
        await pushing?.start();
        await pushing?.awaitInSync();
      }),
    }),
  };
}
