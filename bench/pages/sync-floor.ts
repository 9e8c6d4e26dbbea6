/** What cannot be beaten: pages that lie ready are fetched and parsed; gzipped batches are posted to somebody who judges nothing. */
import type { SyncSide } from './sync-side.ts';
import { now, parts } from './timing.ts';

const BATCH = 500;

export function syncFloor(url: string): SyncSide {
  let records: unknown[] = [];
  return {
    download: async (count) => {
      const begun = now();
      records = [];
      let firstPage = 0;
      for (let page = 0; records.length < count; page++) {
        const answer = await fetch(`${url}/page/${page}`);
        const found = JSON.parse(await answer.text()) as readonly unknown[];
        if (found.length === 0) break;
        records.push(...found);
        firstPage ||= now() - begun;
      }
      if (records.length !== count) throw new Error(`${records.length} of ${count} arrived`);
      return { ms: now() - begun, firstPage };
    },
    changes: async (count) => {
      const begun = now();
      const answer = await fetch(`${url}/changed`);
      const found = JSON.parse(await answer.text()) as readonly unknown[];
      const changes = now() - begun;
      if (found.length !== count) throw new Error(`${found.length} of ${count} changes arrived`);
      return { changes };
    },
    write: async () => ({}),
    push: async (count) => {
      const all = Array.from({ length: count }, (_, at) => records[at % records.length]);
      const begun = now();
      for (const batch of parts(all, BATCH)) {
        const packed = new Blob([JSON.stringify(batch)]).stream().pipeThrough(new CompressionStream('gzip'));
        const body = await new Response(packed).arrayBuffer();
        const answer = await fetch(`${url}/push`, { method: 'POST', headers: { 'x-packed': 'gzip' }, body });
        const { taken } = (await answer.json()) as { readonly taken: number };
        if (taken !== batch.length) throw new Error('not all was taken');
      }
      return { push: now() - begun };
    },
  };
}
