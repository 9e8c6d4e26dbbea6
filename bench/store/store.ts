/** W, O, Q and U of performance.md: writing, opening, asking and saving, each side in an Electron of its own on a profile of its own. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { author } from '../data.ts';
import type { Part } from '../part.ts';
import { buildApp } from '../desk/app.ts';
import { launchChromium } from '../desk/chromium.ts';
import { launchDesk } from '../desk/desk.ts';
import { enrolledProfile, PASSPHRASE } from '../desk/enrolled.ts';
import { profiled } from '../desk/profile.ts';
import { percentile, type Side } from '../report.ts';
import { inTurn, NOT_MEASURED, sideIn, type Measures } from '../rounds.ts';
import { writeCases } from './cases.ts';
import { takingPart, wants } from '../options.ts';

const PEERS = ['pouchdb', 'rxdb', 'dexie'] as const;
const SIDES = ['ours', 'floor', ...PEERS] as const;

const DURABILITY = {
  ours: 'sealed; journal file with fdatasync, then IndexedDB strict',
  floor: 'plain; IndexedDB strict; for savings also one append with fdatasync',
  pouchdb: 'plain; idb adapter, as Chromium has it by default (strict in 114, relaxed from 121 on)',
  rxdb: 'plain; Dexie storage, as Chromium has it by default',
  dexie: 'plain rows with five indexes; IndexedDB strict',
} as const;

export const store: Part = async (options, emit) => {
  const { n, rounds, profile: profiles } = options;
  const say = (line: string): void => console.error(`bench: store: ${line}`);
  say('building the page and enrolling a desk');
  await buildApp();
  writeCases(n);
  const isElectron = options.browser === 'electron';
  const template = isElectron ? await enrolledProfile() : undefined;
  const open = isElectron ? launchDesk : launchChromium;
  if (profiles !== undefined) mkdirSync(profiles, { recursive: true });

  async function side(name: string, round: number): Promise<Measures> {
    const home = mkdtempSync(join(tmpdir(), 'linli-bench-'));
    const profile = join(home, 'profile');
    if (template === undefined) mkdirSync(profile);
    else cpSync(template, profile, { recursive: true });
    try {
      const all: Record<string, number> = {};
      for (const step of ['write', 'use'] as const) {
        const desk = await open(profile);
        try {
          if (name === 'pouchdb') await desk.withoutPolicy();
          const unlock = { person: author.id, passphrase: PASSPHRASE };
          const asked = JSON.stringify({ side: name, step, unlock });
          const work = () => desk.page.evaluate<Measures>(`store(${asked})`);
          const isProfiled = profiles !== undefined && name === 'ours' && round === 0;
          const said = isProfiled
            ? await profiled(desk.page, join(profiles, `store-${step}.cpuprofile`), work)
            : await work();
          Object.assign(all, said);
          say(`${name} ${step}: ${JSON.stringify(said)}`);
        } finally {
          await desk.end();
        }
      }
      if (name !== 'floor') return all;
      const appends = await appended(home);
      const plus = (measure: string, part: number): number => (all[measure] ?? 0) + percentile(appends, part);
      return { ...all, saveMs: plus('saveMs', 0.5), saveP95: plus('saveP95', 0.95) };
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }

  const measured = await inTurn(
    Object.fromEntries(
      takingPart(options, SIDES).map((name) => [name, (round: number) => side(name, round)]),
    ),
    rounds,
    say,
  );
  for (const [row, bench, measure] of FIGURES) {
    if (!wants(options, row)) continue;
    const of = (name: string): Side => sideIn(measured, name, measure);
    const [ours, least] = [of('ours'), of('floor')];
    // Without a main process nothing is saved.
    if (!hasPart(ours)) continue;
    emit({
      ...{ bench, n, unit: 'ms', ours },
      ...(hasPart(least) && { floor: least }),
      peers: Object.fromEntries(
        PEERS.map((name) => [name, of(name)] as const).filter(([, side]) => hasPart(side)),
      ),
      ...((measure === 'ms' || measure === 'saveP95') && { notes: DURABILITY }),
      ...(measure === 'everything' && { notes: READABLE }),
    });
  }
};

const READABLE = {
  ours: 'opened and in memory; each record is parsed when somebody looks at it',
  others: 'read and parsed',
} as const;

/** A side that has no such measure is no part of the figure; one that failed is. */
const hasPart = (side: Side): boolean => !('failed' in side) || side.failed !== NOT_MEASURED;

/** By row, the figure and the measure that it is of. */
const FIGURES = [
  ['w', 'store.write', 'ms'],
  ['w', 'store.write.longest-task', 'longest'],
  ['w', 'store.fold', 'fold'],
  ['o', 'store.first-list', 'firstList'],
  ['o', 'store.all-readable', 'everything'],
  ['o', 'store.search-ready', 'searchReady'],
  ['q', 'store.page-of-50', 'pageP95'],
  ['q', 'store.page-of-50.median', 'pageMs'],
  ['q', 'store.counts', 'countsP95'],
  ['q', 'store.page-and-counts-after-saving', 'pageAfterSaving'],
  ['u', 'store.save', 'saveP95'],
  ['u', 'store.save.median', 'saveMs'],
] as const;

/** The journal's floor, on the disk of the profile: an append that has reached it. */
async function appended(folder: string): Promise<readonly number[]> {
  const handle = await openFile(join(folder, 'floor.bin'), 'a');
  const bytes = Buffer.alloc(1_500, 7);
  const all: number[] = [];
  for (let at = 0; at < 200; at++) {
    const begun = performance.now();
    await handle.write(bytes);
    await handle.datasync();
    all.push(performance.now() - begun);
  }
  await handle.close();
  return all;
}
