/** D, Δ and P of performance.md: a first download, news, and what was written without a line, each side in an Electron and on a profile of its own. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordState } from '../../shared/core/record.ts';
import { author, caseStates } from '../data.ts';
import { buildApp } from '../desk/app.ts';
import { launchDesk } from '../desk/desk.ts';
import { enrol, PASSPHRASE } from '../desk/enrolled.ts';
import { profiled } from '../desk/profile.ts';
import { takingPart, wants } from '../options.ts';
import { CHANGED } from '../pages/changed.ts';
import type { Part } from '../part.ts';
import { inTurn, sideIn, peersIn, type Measures, type Work } from '../rounds.ts';
import { filledDistrict } from './district.ts';
import { openLine } from './line.ts';
import { launchOpenWindow } from './open-window.ts';
import { startPlainServer, type PlainServer } from './plain-server.ts';
import { startPouchServer } from './pouch-server.ts';

const SIDES = ['ours', 'floor', 'rxdb', 'pouchdb'] as const;
const CHANGES = 100;
const MADE_OFFLINE = 5_000;

const DURABILITY = {
  ours: 'sealed blocks, IndexedDB strict; district on PostgreSQL with fsync, judged',
  floor: 'downloaded and parsed, nothing kept; nothing judged',
  rxdb: 'plain; Dexie storage, as Chromium has it by default; nothing judged',
  pouchdb: 'plain; idb adapter; batches of 1 000; express-pouchdb in memory',
} as const;

export const sync: Part = async (options, emit) => {
  const { n, rounds, profile: profiles } = options;
  const say = (line: string): void => console.error(`bench: sync: ${line}`);
  const isTaking = (name: (typeof SIDES)[number]): boolean => takingPart(options, SIDES).includes(name);
  say('building the page, filling a district and its peers');
  await buildApp();
  if (profiles !== undefined) mkdirSync(profiles, { recursive: true });
  const states = [...caseStates(n)];
  const lines = states.map((state) => JSON.stringify(state));
  const district = await filledDistrict(states);
  const line = await openLine(district.address);
  const home = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  const plain = await startPlainServer(lines);
  // Only where it is asked for: its records lie in memory.
  const pouch = isTaking('pouchdb') ? await startPouchServer(lines) : plain;
  let seq = n;
  const unlock = { person: author.id, passphrase: PASSPHRASE };

  /** @param work is given a page of its own on a fresh profile */
  async function inPage(name: string, work: (step: Step) => Promise<Measures>): Promise<Measures> {
    const profile = join(home, 'profile');
    // A computer of its own each time: a copied one shows a token that another one has used, and is locked out.
    if (name === 'ours') await enrol(profile, { address: line.address, code: await district.code() });
    const desk = await (name === 'ours' ? launchDesk : launchOpenWindow)(profile);
    try {
      const url = name === 'pouchdb' ? pouch.url : plain.url;
      return await work((step, count) => {
        const asked = JSON.stringify({ side: name, step, count, url, unlock });
        const ask = () => desk.page.evaluate<Measures>(`sync(${asked})`);
        const file = profiles === undefined ? undefined : join(profiles, `sync-${step}.cpuprofile`);
        return file !== undefined && name === 'ours' ? profiled(desk.page, file, ask) : ask();
      });
    } finally {
      await desk.end();
      rmSync(profile, { recursive: true, force: true });
    }
  }
  /** The first hundred, as somebody else has just written them. */
  const changed = (): readonly RecordState[] =>
    states.slice(0, CHANGES).map((state) => ({
      ...state,
      seq: (seq += 1),
      values: { ...state.values, subject: CHANGED },
    }));

  const isOffline = wants(options, 'p');
  /** Whoever speaks with a server of another kind. */
  const peer =
    (name: string, server: PlainServer): Work =>
    () =>
      inPage(name, async (step) => {
        await server.change([]);
        const all = { ...(await step('download', n)) };
        await server.change(changed().map((state) => JSON.stringify(state)));
        Object.assign(all, await step('changes', CHANGES));
        if (!isOffline) return all;
        await step('write', Math.min(MADE_OFFLINE, n));
        return { ...all, ...(await step('push', Math.min(MADE_OFFLINE, n))) };
      });
  const sides: Readonly<Record<string, Work>> = {
    ours: () =>
      inPage('ours', async (step) => {
        // As they were, for everybody who downloads.
        await district.place(states.slice(0, CHANGES));
        const all = { ...(await step('download', n)) };
        await district.place(changed());
        Object.assign(all, await step('changes', CHANGES));
        if (!isOffline) return all;
        await line.cut();
        Object.assign(all, await step('write', Math.min(MADE_OFFLINE, n)));
        await line.mend();
        return { ...all, ...(await step('push', Math.min(MADE_OFFLINE, n))) };
      }),
    floor: peer('floor', plain),
    rxdb: peer('rxdb', plain),
    pouchdb: peer('pouchdb', pouch),
  };
  const chosen = Object.fromEntries(takingPart(options, SIDES).map((name) => [name, sides[name] as Work]));
  try {
    const measured = await inTurn(chosen, rounds, say);
    const of = (name: string, measure: string) => sideIn(measured, name, measure);
    if (wants(options, 'd')) {
      emit({
        ...{ bench: 'sync.first-download', n, unit: 'ms', notes: DURABILITY },
        ...{ ours: of('ours', 'ms'), floor: of('floor', 'ms') },
        peers: peersIn(measured, ['rxdb', 'pouchdb'], 'ms'),
      });
      emit({
        ...{ bench: 'sync.first-page', n, unit: 'ms' },
        ...{ ours: of('ours', 'firstPage'), floor: of('floor', 'firstPage') },
      });
    }
    if (wants(options, 'delta'))
      emit({
        ...{ bench: 'sync.changes', n: CHANGES, unit: 'ms' },
        ...{ ours: of('ours', 'changes'), floor: of('floor', 'changes') },
        peers: peersIn(measured, ['rxdb', 'pouchdb'], 'changes'),
      });
    if (isOffline)
      emit({
        ...{ bench: 'sync.push', n: Math.min(MADE_OFFLINE, n), unit: 'ms', notes: DURABILITY },
        ...{ ours: of('ours', 'push'), floor: of('floor', 'push') },
        peers: peersIn(measured, ['rxdb', 'pouchdb'], 'push'),
      });
  } finally {
    await line.cut();
    await Promise.all([...new Set([plain, pouch, district])].map((server) => server.stop()));
    rmSync(home, { recursive: true, force: true });
  }
};

type Step = (step: 'download' | 'changes' | 'write' | 'push', count: number) => Promise<Measures>;
