/** RxDB on its Dexie storage, with the two indexes that the list and the counts need. Plain, without a journal beside it. */
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { dayOf, ROWS, SAVINGS, STAGES, type Kept, type StoreSide } from './side.ts';
import { each, now, parts, took, watched } from './timing.ts';

const text = { type: 'string' };
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 64 },
    entity: text,
    version: { type: 'number' },
    area: text,
    scope: text,
    seq: { type: 'number' },
    stage: { type: 'string', maxLength: 20 },
    day: { type: 'string', maxLength: 10 },
    note: text,
    values: { type: 'object' },
    created: { type: 'object' },
    writers: { type: 'object' },
  },
  required: ['id', 'stage', 'day'],
  indexes: ['stage', ['stage', 'day']],
} as const;

export async function openRx(): Promise<{ readonly database: RxDatabase; readonly cases: RxCollection }> {
  const database = await createRxDatabase({
    name: 'rx',
    storage: getRxStorageDexie(),
    multiInstance: false,
    eventReduce: true,
  });
  const { cases } = await database.addCollections({ cases: { schema } });
  if (!cases) throw new Error('no collection');
  return { database, cases };
}

export const rxdb: StoreSide = {
  write: async (lines) => {
    const { database, cases } = await openRx();
    const docs = lines.map((line) => {
      const kept = JSON.parse(line) as Kept;
      return { ...kept, stage: kept.values.stage, day: dayOf(kept) };
    });
    const written = await watched(async () => {
      for (const some of parts(docs, 1000)) {
        const { error } = await cases.bulkInsert(some);
        if (error.length > 0) throw new Error('not all was inserted');
      }
    });
    await database.close();
    return written;
  },

  use: async () => {
    const begun = now();
    const { database, cases } = await openRx();
    const page = (stage: string): Promise<unknown> =>
      cases.find({ selector: { stage }, sort: [{ stage: 'desc' }, { day: 'desc' }], limit: ROWS }).exec();
    const counts = async (): Promise<void> => {
      for (const stage of STAGES) await cases.count({ selector: { stage } }).exec();
    };
    await page('mediating');
    const list = now() - begun;
    await counts();
    const firstList = now() - begun;
    const everything = firstList + (await took(() => cases.find().exec()));
    const [pageMs, pageP95] = await each(30, (at) => page(STAGES[at % STAGES.length] ?? ''));
    const [countsMs, countsP95] = await each(3, counts);
    const some = await cases.find({ selector: {}, limit: SAVINGS }).exec();
    const ids = some.map((document) => String(document.toJSON()['id']));
    const [saveMs, saveP95] = await each(ids.length, async (at) => {
      const document = await cases.findOne(ids[at] ?? '').exec();
      await document?.incrementalPatch({ note: `第${at}次记录` });
    });
    await database.close();
    return { list, firstList, everything, pageMs, pageP95, countsMs, countsP95, saveMs, saveP95 };
  },
};
