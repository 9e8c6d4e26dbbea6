/** RxDB's own replication over HTTP into its Dexie storage, in pages of a thousand. Plain; what it pushes is judged by nobody. */
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { dayOf, type Kept } from './side.ts';
import { openRx } from './store-rxdb.ts';
import type { SyncSide } from './sync-side.ts';
import { now } from './timing.ts';

const BATCH = 1_000;

interface Checkpoint {
  readonly page: number;
}

export const syncRxdb = (url: string): SyncSide => ({
  download: async (count) => {
    const begun = now();
    const { database, cases } = await openRx();
    const replication = replicateRxCollection({
      collection: cases,
      replicationIdentifier: 'records',
      live: false,
      pull: {
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
          return { documents, checkpoint: { page: page + 1 } };
        },
      },
    });
    await replication.awaitInitialReplication();
    const ms = now() - begun;
    const kept = await cases.count({ selector: {} }).exec();
    if (kept !== count) throw new Error(`${kept} of ${count} arrived`);
    await database.close();
    return { ms };
  },
});
