/** PouchDB's own replication with express-pouchdb, in batches of a thousand (as it comes it asks for a hundred). Plain, judged by nobody. */
import PouchDB, { type Pouch } from 'pouchdb-browser';
import type { SyncSide } from './sync-side.ts';
import { now, took } from './timing.ts';

const BATCHES = { batch_size: 1_000, batches_limit: 3 };

export function syncPouchdb(url: string): SyncSide {
  let pouch: Pouch | undefined;
  const opened = (): Pouch => {
    if (!pouch) throw new Error('nothing was downloaded');
    return pouch;
  };
  return {
    download: async (count) => {
      const begun = now();
      pouch = new PouchDB('pouch', { auto_compaction: false });
      await pouch.replicate.from(url, BATCHES);
      const ms = now() - begun;
      const { doc_count: kept } = await pouch.info();
      if (kept !== count) throw new Error(`${kept} of ${count} arrived`);
      return { ms };
    },
    changes: async () => ({ changes: await took(() => opened().replicate.from(url, BATCHES)) }),
    write: async (count) => {
      const { rows } = await opened().allDocs({ include_docs: true, limit: count });
      const note = '双方已约定下周三再谈。';
      await opened().bulkDocs(rows.flatMap(({ doc }) => (doc ? [{ ...doc, note }] : [])));
      return {};
    },
    push: async () => ({ push: await took(() => opened().replicate.to(url, BATCHES)) }),
  };
}
