/** PouchDB's own replication from express-pouchdb, in batches of a thousand (as it comes it asks for a hundred). Plain. */
import PouchDB from 'pouchdb-browser';
import type { SyncSide } from './sync-side.ts';
import { now } from './timing.ts';

export const syncPouchdb = (url: string): SyncSide => ({
  download: async (count) => {
    const begun = now();
    const pouch = new PouchDB('pouch', { auto_compaction: false });
    await pouch.replicate.from(url, { batch_size: 1_000, batches_limit: 3 });
    const ms = now() - begun;
    const { doc_count: kept } = await pouch.info();
    if (kept !== count) throw new Error(`${kept} of ${count} arrived`);
    await pouch.close();
    return { ms };
  },
});
