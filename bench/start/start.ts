/**
 * A of performance.md, and memory: from spawning to the first paint and to a lock screen that takes a PIN, of the packaged desk beside an
 * empty Electron window and a page with antd; how large the desk's own part of the package is; what lies in memory once so many records
 * are open.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundle } from '../../build/bundle.ts';
import { pack } from '../../build/pack.ts';
import { packageExecutable, packageFolder } from '../../build/project.ts';
import { resolveRuntime } from '../../build/runtime.mjs';
import { author } from '../data.ts';
import { buildApp } from '../desk/app.ts';
import { launchDesk, screen } from '../desk/desk.ts';
import { enrolledProfile, PASSPHRASE } from '../desk/enrolled.ts';
import { launch, type Launched } from '../desk/launch.ts';
import { takingPart, wants } from '../options.ts';
import type { Part } from '../part.ts';
import { inTurn, peersIn, sideIn, type Measures } from '../rounds.ts';
import { writeCommittee } from '../store/cases.ts';
import { antdApp, emptyApp } from './apps.ts';

const SIDES = ['ours', 'floor', 'antd'] as const;

export const start: Part = async (options, emit) => {
  const { n, rounds } = options;
  const say = (line: string): void => console.error(`bench: start: ${line}`);
  if (!wants(options, 'a', 'memory')) return;
  say('packing the desk, and enrolling one');
  await bundle();
  const runtime = await resolveRuntime();
  await pack({ name: 'twin', runtime });
  const apps = { floor: emptyApp(), antd: await antdApp() };
  await buildApp();
  const template = await enrolledProfile();
  const { env } = await screen();

  async function started(name: (typeof SIDES)[number], profile: string): Promise<Launched> {
    return launch({
      executable: name === 'ours' ? packageExecutable('twin') : runtime.executable,
      args: name === 'ours' ? [] : [apps[name]],
      env: { ...env, LINLI_USER_DATA: profile },
      profile,
      address: name === 'ours' ? 'app://desk/' : 'file://',
      // Until then nobody asks it anything.
      leftAlone: 2_500,
    });
  }

  async function onProfile<T>(work: (profile: string) => Promise<T>): Promise<T> {
    const home = mkdtempSync(join(tmpdir(), 'linli-bench-'));
    const profile = join(home, 'profile');
    cpSync(template, profile, { recursive: true });
    try {
      return await work(profile);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }

  const side = (name: (typeof SIDES)[number]) => (): Promise<Measures> =>
    onProfile(async (profile) => {
      const app = await started(name, profile);
      try {
        const moments = async (): Promise<readonly [number, number] | undefined> => {
          const { painted, usable } = await app.page.evaluate<Moments>(MOMENTS);
          const ready = name === 'ours' ? readyIn(profile, 'lock') : usable;
          return painted === undefined || ready === undefined ? undefined : [painted, ready];
        };
        const [painted, ready] = await until(moments, 'it never became usable');
        const { main = 0, renderer = 0 } = app.resident();
        return { painted: painted - app.begun, usable: ready - app.begun, main, renderer };
      } finally {
        await app.end();
      }
    });

  const sides = takingPart(options, SIDES);
  if (wants(options, 'a')) {
    // The first start of all reads what the next ones find in the system's memory.
    for (const name of sides) await side(name)();
    // A start is short: three of each a round.
    const measured = await inTurn(
      Object.fromEntries(sides.map((name) => [name, side(name)])),
      rounds * 3,
      say,
    );
    for (const measure of ['painted', 'usable'] as const)
      emit({
        ...{ bench: `start.${measure}`, n: 0, unit: 'ms', ours: sideIn(measured, 'ours', measure) },
        floor: sideIn(measured, 'floor', measure),
        peers: peersIn(measured, ['antd'], measure),
      });
    emit({ bench: 'start.package', n: 0, unit: 'MB', ours: [ownPart()] });
  }

  if (wants(options, 'memory')) {
    const memory = await inTurn(
      {
        ours: () => onProfile((profile) => opened(profile)),
        floor: side('floor'),
        antd: side('antd'),
      },
      rounds,
      say,
    );
    for (const [bench, measure] of [
      ['memory.renderer', 'renderer'],
      ['memory.main', 'main'],
      ['memory.renderer.heap', 'heap'],
    ] as const)
      emit({
        ...{ bench, n, unit: 'MB', ours: sideIn(memory, 'ours', measure) },
        ...(measure !== 'heap' && {
          floor: sideIn(memory, 'floor', measure),
          peers: peersIn(memory, ['antd'], measure),
        }),
        notes: {
          what: 'resident; ours with all records open in the real desk (nine residents to a case), floor an empty window, antd an empty page with it',
        },
      });
  }

  /** The real desk with so many records: written by the store, opened through the door, left until it is at rest. */
  async function opened(profile: string): Promise<Measures> {
    writeCommittee(n);
    const unlock = { person: author.id, passphrase: PASSPHRASE };
    const writer = await launchDesk(profile);
    try {
      await writer.page.evaluate(`store(${JSON.stringify({ side: 'ours', step: 'write', unlock })})`);
    } finally {
      await writer.end();
    }
    const desk = await started('ours', profile);
    try {
      await desk.page.evaluate(
        `linli.ask('door.unlock', ${JSON.stringify(unlock)}).then(() => void setTimeout(() => location.reload()))`,
      );
      await until(async () => readyIn(profile, 'home'), 'the desk did not open');
      await desk.atRest();
      const { main = 0, renderer = 0 } = desk.resident();
      await desk.page.send('HeapProfiler.collectGarbage');
      const { usedSize } = (await desk.page.send('Runtime.getHeapUsage')) as { readonly usedSize: number };
      return { main, renderer, heap: usedSize / 1024 / 1024 };
    } finally {
      await desk.end();
    }
  }
};

/** Milliseconds since 1970. */
interface Moments {
  readonly painted?: number;
  readonly usable?: number;
}

const MOMENTS = `(() => {
  const named = (name) => performance.getEntriesByName(name)[0]?.startTime;
  const at = (moment) => (moment === undefined ? undefined : performance.timeOrigin + moment);
  return { painted: at(named('first-contentful-paint') ?? named('first-paint')), usable: at(named('usable')) };
})()`;

/** When the desk's own log says that a screen stands, milliseconds since 1970. */
function readyIn(profile: string, screenName: string): number | undefined {
  const lines = readFileSync(join(profile, 'logs', 'desk.log'), 'utf8')
    .trimEnd()
    .split('\n');
  const line = lines.findLast((one) => one.endsWith(` ready screen=${screenName}`));
  return line === undefined ? undefined : Date.parse(line.slice(0, line.indexOf(' ')));
}

async function until<T>(found: () => Promise<T | undefined>, otherwise: string): Promise<T> {
  for (const end = performance.now() + 180_000; performance.now() < end; await pause(100)) {
    const one = await found();
    if (one !== undefined) return one;
  }
  throw new Error(otherwise);
}

/** The app's own part of the package in megabytes, fonts apart. */
function ownPart(): number {
  const archive = statSync(join(packageFolder('twin'), 'resources', 'app.asar')).size;
  return (archive - fontsIn(join(packageFolder('twin'), '..', '..', 'renderer'))) / 1024 / 1024;
}

const fontsIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => /[.](woff2?|ttf|otf)$/.test(entry.name))
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
