/**
 * A real district for one story: `node server/main.ts` on a port of its own, with its own folder. It can be stopped, killed and
 * started again at the same address with the same data, as a server in a cupboard would be.
 *
 * Founding the demo takes a while, so it is done once per day and state of the source, and copied for every story.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type District, startDistrict } from '../../build/district-process.ts';
import { freePort } from '../../build/free-port.ts';
import { fingerprint } from '../../build/fingerprint.ts';
import { root } from '../../build/project.ts';

export interface TestDistrict {
  readonly url: string;
  /** Its folder: database, keys, identity. */
  readonly data: string;
  /** A fresh one-time code. */
  readonly code: (person: string) => Promise<string>;
  /** A command of the administrator, as after `node server/main.ts`. */
  readonly administer: (...words: readonly string[]) => Promise<string>;
  readonly start: () => Promise<void>;
  /** Lets it finish what it is doing. */
  readonly stop: () => Promise<void>;
  /** As a power cut would. */
  readonly kill: () => Promise<void>;
  /** Stops it and removes its data. */
  readonly dispose: () => Promise<void>;
}

export interface DistrictPlace {
  /** A PostgreSQL of its own, empty; without it, PGlite in the district's folder. */
  readonly database?: string | undefined;
  /** Its folder, which does not exist yet. */
  readonly data?: string;
  /** Where it believes that desks reach it. */
  readonly address?: string;
}

export async function openDistrict(place: DistrictPlace = {}): Promise<TestDistrict> {
  const { database, address, data = mkdtempSync(join(tmpdir(), 'linli-district-')) } = place;
  const port = await freePort();
  const env: Record<string, string> = {
    ...(database !== undefined && { DATABASE_URL: database }),
    ...(address !== undefined && { LINLI_ADDRESS: address }),
  };
  if (database === undefined) cpSync(await foundedDemo(), data, { recursive: true });
  else await foundDemo({ data, port, env });
  let running: District | undefined = await startDistrict({ data, port, env });
  const url = running.url;
  const leave = async (how: 'stop' | 'kill'): Promise<void> => {
    await running?.[how]();
    running = undefined;
  };
  return {
    url,
    data,
    code: async (person) => {
      const said = await administer(['code', person], { data, port, env });
      const code = /\b[0-9A-Z]{10}\b/.exec(said.replaceAll('-', ''))?.[0];
      if (!code) throw new Error(`no code for ${person}: ${said}`);
      return code;
    },
    administer: (...words) => administer(words, { data, port, env }),
    start: async () => {
      running ??= await startDistrict({ data, port, env });
    },
    stop: () => leave('stop'),
    kill: () => leave('kill'),
    dispose: async () => {
      await leave('kill');
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The folder of a demo district that was founded today from this source, and stopped. */
export async function foundedDemo(): Promise<string> {
  const print = fingerprint({
    base: root,
    names: ['server', 'shared/core', 'shared/modules', 'shared/testing', 'package-lock.json'],
    also: new Date().toDateString(),
  });
  const folder = join(root, '.cache', 'e2e', `district-${print.slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  rmSync(join(root, '.cache', 'e2e'), { recursive: true, force: true });
  const founding = `${folder}.founding`;
  mkdirSync(founding, { recursive: true });
  await foundDemo({ data: founding, port: await freePort(), env: {} });
  renameSync(founding, folder);
  return folder;
}

interface Place {
  readonly data: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

async function foundDemo({ data, port, env }: Place): Promise<void> {
  const district = await startDistrict({ data, port, env: { ...env, LINLI_DEMO: '1' } });
  await district.stop();
}

function administer(words: readonly string[], { data, port, env }: Place): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'server', 'main.ts'), ...words], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: undefined,
      LINLI_DATA: data,
      LINLI_PORT: String(port),
      LINLI_HOST: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (complained += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve(said);
      else reject(new Error(`${words.join(' ')}: ${said}${complained}`));
    });
  });
}
