/** For comparison: a plain row a record with five indexes, as one keeps records in Dexie at first. Nothing is sealed. */
import { Dexie } from 'dexie';
import { dayOf, ROWS, SAVINGS, STAGES, type Kept, type StoreSide } from './side.ts';
import { each, now, parts, took, watched } from './timing.ts';

interface Row extends Kept {
  readonly day: string;
  readonly area: string;
  readonly seq: number;
}

function open() {
  const dexie = new Dexie('rows', { chromeTransactionDurability: 'strict' });
  dexie.version(1).stores({ rows: 'id,area,seq,day,values.stage,[values.stage+day]' });
  return { dexie, rows: dexie.table<Row, string>('rows') };
}

export const dexieRows: StoreSide = {
  write: async (lines) => {
    const { dexie, rows } = open();
    const docs = lines.map((line): Row => {
      const kept = JSON.parse(line) as Row;
      return { ...kept, day: dayOf(kept) };
    });
    const written = await watched(async () => {
      for (const some of parts(docs, 1000)) await rows.bulkPut([...some]);
    });
    dexie.close();
    return written;
  },

  use: async () => {
    const begun = now();
    const { dexie, rows } = open();
    const page = (stage: string): PromiseLike<readonly Row[]> =>
      rows
        .where('[values.stage+day]')
        .between([stage, Dexie.minKey], [stage, Dexie.maxKey])
        .reverse()
        .limit(ROWS)
        .toArray();
    const counts = async (): Promise<void> => {
      for (const stage of STAGES) await rows.where('values.stage').equals(stage).count();
    };
    await page('mediating');
    await counts();
    const firstList = now() - begun;
    const everything = firstList + (await took(() => rows.toArray()));
    const [pageMs, pageP95] = await each(50, async (at) => page(STAGES[at % STAGES.length] ?? ''));
    const [countsMs, countsP95] = await each(5, counts);
    const ids = (await rows.limit(SAVINGS).toArray()).map(({ id }) => id);
    const [saveMs, saveP95] = await each(ids.length, async (at) => {
      const id = ids[at] ?? '';
      const row = await rows.get(id);
      if (row) await rows.put({ ...row, values: { ...row.values, subject: `第${at}次记录` } });
    });
    dexie.close();
    return { firstList, everything, pageMs, pageP95, countsMs, countsP95, saveMs, saveP95 };
  },
};
