/** PouchDB as its own guide has it: bulkDocs, an index for the list, a view for the counts. Plain, without a journal beside it. */
import PouchDB, { type Pouch } from 'pouchdb-browser';
import find from 'pouchdb-find';
import type { Measures } from '../rounds.ts';
import { dayOf, ROWS, SAVINGS, STAGES, type Kept, type StoreSide } from './side.ts';
import { each, now, parts, took, watched } from './timing.ts';

const open = (): Pouch => new (PouchDB.plugin(find))('pouch', { auto_compaction: false });

/** A stored view, which PouchDB keeps as text and evaluates: for this the page's policy is lifted. */
const COUNTS = {
  _id: '_design/counts',
  views: {
    stage: { map: 'function (doc) { if (doc.values) emit(doc.values.stage); }', reduce: '_count' },
  },
};

export const pouchdb: StoreSide = {
  write: async (lines) => {
    const pouch = open();
    await pouch.info();
    const docs = lines.map((line) => {
      const kept = JSON.parse(line) as Kept;
      return { _id: kept.id, ...kept, day: dayOf(kept) };
    });
    const written = await watched(async () => {
      for (const some of parts(docs, 1000)) await pouch.bulkDocs(some);
    });
    if (docs.length > MOST_INDEXED) {
      await pouch.close();
      return written;
    }
    // Both are made once, and not counted: every later start finds them.
    const index = await took(async () => {
      await pouch.createIndex({ index: { fields: ['values.stage', 'day'] } });
      await pouch.put(COUNTS);
      await page(pouch, 'mediating');
      await counts(pouch);
    });
    await pouch.close();
    return { ...written, index };
  },

  use: async () => {
    const begun = now();
    const pouch = open();
    const { doc_count } = await pouch.info();
    const opened = now() - begun;
    const asked = doc_count > MOST_INDEXED ? {} : await questions(pouch, begun);
    const everything = opened + (await took(() => pouch.allDocs({ include_docs: true })));
    const { rows } = await pouch.allDocs({ include_docs: true, startkey: 'a', limit: SAVINGS });
    const ids = rows.map(({ doc }) => (doc as Kept).id);
    const [saveMs, saveP95] = await each(ids.length, async (at) => {
      const doc = await pouch.get(ids[at] ?? '');
      await pouch.put({ ...doc, note: `第${at}次记录` });
    });
    await pouch.close();
    return { ...asked, everything, saveMs, saveP95 };
  },
};

/** More than these take it many minutes to index, twice: then it is asked for no lists and no counts. */
const MOST_INDEXED = 20_000;

async function questions(pouch: Pouch, begun: number): Promise<Measures> {
  await page(pouch, 'mediating');
  await counts(pouch);
  const firstList = now() - begun;
  const [pageMs, pageP95] = await each(30, (at) => page(pouch, STAGES[at % STAGES.length] ?? ''));
  const [countsMs, countsP95] = await each(5, () => counts(pouch));
  return { firstList, pageMs, pageP95, countsMs, countsP95 };
}

const page = (pouch: Pouch, stage: string): Promise<unknown> =>
  pouch.find({
    selector: { 'values.stage': stage, day: { $gte: null } },
    sort: [{ 'values.stage': 'desc' }, { day: 'desc' }],
    limit: ROWS,
  });

const counts = (pouch: Pouch): Promise<unknown> => pouch.query('counts/stage', { group: true });
