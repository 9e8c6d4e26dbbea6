/** What a stopped district holds, read from its database as an auditor would. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../build/project.ts';

export interface Holding {
  /** Official numbers, where the records have one. */
  readonly numbers: readonly string[];
  /** Confirmed creations of residents, by name: the name once for each. */
  readonly registered: readonly string[];
  /** Residents that came of them. */
  readonly residents: readonly string[];
  /** Who registered them, by name. */
  readonly authors: Readonly<Record<string, string>>;
  readonly epoch: string;
  readonly seq: number;
}

/** @param data the folder of a district that is not running, or the address of its PostgreSQL */
export function ledgerIn(data: string): Holding {
  const opening = data.startsWith('postgres')
    ? `await openPostgres(${JSON.stringify(data)})`
    : `(await openDatabase({ folder: ${JSON.stringify(data)} })).value`;
  const program = `
    import { openDatabase, openPostgres } from ${JSON.stringify(pathToFileURL(join(root, 'server/database/open.ts')).href)};
    const value = ${opening};
    const rows = (table) => value.db.selectFrom(table).selectAll().execute();
    const [operations, records, [head]] = [await rows('operations'), await rows('records'), await rows('head')];
    const docs = records.map(({ doc }) => JSON.parse(doc));
    const created = operations.filter(({ verdict }) => verdict === 'confirmed').map(({ doc }) => JSON.parse(doc))
      .filter(({ kind, entity }) => kind === 'create' && entity === 'resident');
    console.log(JSON.stringify({
      numbers: docs.map(({ values }) => values.number?.official).filter((one) => one !== undefined),
      registered: created.map(({ set }) => set.name),
      authors: Object.fromEntries(created.map(({ set, author }) => [set.name, author])),
      residents: docs.filter(({ entity }) => entity === 'resident').map(({ values }) => values.name),
      epoch: head.epoch,
      seq: Number(head.seq),
    }));
    await value.close();`;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(text) as Holding;
}
