/**
 * A district in a process of its own, for desks that lose it: founded, served, copied, brought back and emptied by the very commands that
 * an administrator types (`npm run district`, `district:backup`, `district:restore`), on PGlite or PostgreSQL. Its clock may be set back by
 * days, so that a copy of last week is one.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDistrict, type District } from '../../build/district-process.ts';
import { freePort } from '../../build/free-port.ts';
import { root } from '../../build/project.ts';
import { openDatabase } from '../../server/database/open.ts';
import { areas, people, type TownPerson } from '../../shared/testing/town.ts';

const DAY = 86_400_000;

/** Where a district lives: another machine is another folder, and another database. */
export interface Place {
  readonly folder: string;
  readonly database?: string;
}

export interface RealDistrict {
  readonly url: string;
  /** @param ago how many days its clock is behind */
  readonly serve: (ago?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** A script of package.json, run as npm runs it. @throws with what the command said where it fails */
  readonly npm: (script: string, ...words: readonly string[]) => Promise<string>;
  readonly code: (person: { readonly id: string }) => Promise<string>;
  /** Lives elsewhere from now on, at the same address; it must not be running. */
  readonly moveTo: (place: Place) => void;
  /** What lies in its database; it must not be running. */
  readonly ledger: () => Promise<Ledger>;
}

export interface Ledger {
  readonly epoch: string;
  readonly restoredHead: number;
  /** Confirmed operations of desks, by id, in their order. */
  readonly confirmed: readonly string[];
  /** Held and refused ones, with the reason's words. */
  readonly others: readonly string[];
  readonly records: readonly { readonly id: string; readonly values: Readonly<Record<string, unknown>> }[];
}

const scripts = (
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

/** Only its clock is another one; nothing of the server is. */
const behind = (days: number): string =>
  `data:text/javascript,${encodeURIComponent(`const Real = Date, off = ${days * DAY};
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length === 0 ? [Real.now() - off] : given)); }
    static now() { return Real.now() - off; }
  };`)}`;

export async function realDistrict(first: Place): Promise<RealDistrict> {
  const port = await freePort();
  let place = first;
  let running: District | undefined;
  let clock: Record<string, string> = {};
  const env = (): Record<string, string> => ({
    ...clock,
    LINLI_PASSPHRASE: '弄堂口的梧桐树下有三张椅子',
    ...(place.database !== undefined && { DATABASE_URL: place.database }),
  });
  const setBack = (days: number): void => {
    clock = days === 0 ? {} : { NODE_OPTIONS: `--import "${behind(days)}"` };
  };

  async function npm(script: string, ...words: readonly string[]): Promise<string> {
    const [, ...command] = (scripts[script] ?? '').split(' ');
    const child = spawn(process.execPath, [...command, ...words], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: undefined,
        LINLI_DATA: place.folder,
        LINLI_PORT: String(port),
        LINLI_HOST: '127.0.0.1',
        ...env(),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (status !== 0) throw new Error(said.trim());
    return said.trim();
  }

  return {
    url: `http://127.0.0.1:${port}`,
    serve: async (ago = 0) => {
      setBack(ago);
      running = await startDistrict({ data: place.folder, port, env: env() });
    },
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
    npm,
    code: ({ id }) => npm('district', 'code', id).then((said) => said.split(/\s/)[0] ?? ''),
    moveTo: (next) => {
      place = next;
    },
    ledger: () => ledgerAt(place),
  };
}

/** As an administrator founds it: the committee, and who works there. */
export async function found(district: RealDistrict, who: readonly TownPerson[]): Promise<void> {
  for (const { id, name, grants } of [people.guAdmin, ...who]) {
    const rights = grants.flatMap(({ role, area }) => ['--grant', `${role}:${area}`]);
    await district.npm('district', 'person', 'add', '--id', id, '--name', name, ...rights);
  }
  const { code, name, shortName } = areas.jiangnan;
  await district.npm('district', 'area', 'add', '--code', code, '--name', name, '--short', shortName);
}

async function ledgerAt({ folder, database }: Place): Promise<Ledger> {
  const opened = await openDatabase({ folder, ...(database !== undefined && { url: database }) });
  if (!opened.ok) throw new Error(`in use by ${opened.error.pid}`);
  const { db, close } = opened.value;
  // The administrator's own have no place in any desk's chain.
  const operations = await db
    .selectFrom('operations')
    .selectAll()
    .where('number', 'is not', null)
    .orderBy('seq')
    .execute();
  const records = await db.selectFrom('records').select('doc').execute();
  const head = await db.selectFrom('head').selectAll().executeTakeFirstOrThrow();
  await close();
  return {
    epoch: head.epoch,
    restoredHead: Number(head.restored_head),
    confirmed: operations.filter(({ verdict }) => verdict === 'confirmed').map(({ id }) => id),
    others: operations
      .filter(({ verdict }) => verdict !== 'confirmed')
      .map(({ verdict, reason }) => `${verdict} ${reason}`),
    records: records.map(({ doc }) => JSON.parse(doc) as Ledger['records'][number]),
  };
}

export const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'linli-real-')), 'data');
