/**
 * Rounds of kill -9 on one desk and one district: work of a chosen kind begins, one of the programs dies at a random moment of it, is
 * started again, and the promises are checked (sync.md S1 to S4). Names say what belongs together: `何012号3` is the third of group 12.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { areas, town } from '../../shared/testing/town.ts';
import type { TestDistrict } from './district.ts';
import { enrolSynced, unlock } from './door.ts';
import { begin, countsOf, isFound, synced, timesIn } from './saving.ts';
import { findInside, registerGroups, residentsInside } from './inside.ts';
import type { Desk } from './launch.ts';
import { ledgerIn } from './ledger.ts';

export type Victim = 'desk' | 'district' | 'database';

export interface Killing {
  readonly victim: Victim;
  readonly district: TestDistrict;
  readonly desk: Desk;
  /** Where the stopped district's ledger lies. */
  readonly ledger: string;
  readonly crashDatabase?: (() => Promise<void>) | undefined;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly say: (line: string) => void;
}

interface Work {
  readonly name: string;
  /** Milliseconds within which it is killed. */
  readonly within: number;
  readonly prepare?: (state: State) => Promise<void>;
  /** Goes on until it is done or its program is dead. */
  readonly run: (state: State) => Promise<unknown>;
}

interface State extends Killing {
  page: Page;
  readonly tried: (readonly string[])[];
  /** First names of the groups that the desk has called saved. */
  readonly said: Set<string>;
  draft: string | undefined;
}

const { zhouMin } = town.people;
/** How often the ledger itself is read, for which the district has to stand still. */
const AUDIT = 6;

const saving = (name: string, size: number, count: number): Work => ({
  name,
  within: 1_500,
  run: (state) => registering(state, size, count),
});

const works: readonly Work[] = [
  saving('saving one by one', 1, 40),
  saving('saving groups of 30', 30, 8),
  {
    name: 'pushing a backlog',
    within: 2_500,
    prepare: async (state) => {
      await state.district.stop();
      await registering(state, 50, 6);
      await state.district.start();
    },
    // The main process finds the district again within two seconds and pushes by itself.
    run: () => wait(2_500),
  },
  {
    name: 'pulling everything anew',
    within: 4_000,
    prepare: async (state) => {
      await state.desk.close();
      rmSync(join(state.desk.profile, 'IndexedDB'), { recursive: true, force: true });
      await state.desk.start();
      state.page = await watched(state);
    },
    run: ({ page }) => unlock(page),
  },
  {
    name: 'filling in a form',
    within: 400,
    prepare: async (state) => {
      const name = `何草稿${state.tried.length}`;
      await begin(state.page, name);
      // A draft is at most two seconds old.
      await wait(2_000);
      state.draft = name;
    },
    run: async ({ page }) => page.getByRole('form').getByRole('textbox', { name: '备注' }).fill('写到一半'),
  },
];

/** @returns what was found broken, one sentence each */
export async function killRounds(killing: Killing, rounds: number): Promise<readonly string[]> {
  const { desk, district, random, say, victim } = killing;
  const found: string[] = [];
  const state: State = { ...killing, page: await desk.page(), tried: [], said: new Set(), draft: undefined };
  await enrolSynced(state.page, district, zhouMin);
  state.page = await watched(state);
  const fitting = works.filter(({ name }) => victim === 'desk' || name !== 'filling in a form');
  for (let round = 1; round <= rounds; round++) {
    await findInside(state.page);
    // Each kind in turn, so that few rounds have them all.
    const work = fitting[(round - 1) % fitting.length] as Work;
    await work.prepare?.(state);
    const under = work.run(state).catch(() => undefined);
    const moment = Math.round(random() * work.within);
    await wait(moment);
    await kill(state, random);
    await under;
    const broken = await startedAgain(state);
    const isAudited = round % AUDIT === 0 || round === rounds;
    broken.push(...(isAudited ? await audited(state) : []));
    found.push(...broken.map((one) => `round ${round} (${work.name}, ${moment} ms): ${one}`));
    const told = broken.length === 0 ? 'kept' : broken.join('; ');
    say(
      `${victim} ${round}/${rounds}  ${work.name}, killed after ${moment} ms  ${state.said.size} of ${state.tried.length} said saved  ${isAudited ? 'ledger read  ' : ''}${told}`,
    );
  }
  return found;
}

function registering(state: State, size: number, count: number): Promise<void> {
  const groups = Array.from({ length: count }, () => {
    const group = String(state.tried.length + 1).padStart(3, '0');
    const names = Array.from({ length: size }, (_, at) => `何${group}号${at + 1}`);
    state.tried.push(names);
    return { area: areas.jiangnan.code, names };
  });
  return registerGroups(state.page, groups);
}

async function watched({ desk, said }: Pick<State, 'desk' | 'said'>): Promise<Page> {
  const page = await desk.page();
  page.on('console', (message) => {
    const [word, name = ''] = message.text().split(' ');
    if (word === 'saved') said.add(name);
  });
  return page;
}

async function kill({ victim, desk, district, crashDatabase }: State, random: () => number): Promise<void> {
  if (victim === 'desk') return desk.kill();
  if (victim === 'database' && crashDatabase && random() < 0.7) return crashDatabase();
  await district.kill();
}

async function startedAgain(state: State): Promise<string[]> {
  await state.district.start();
  if (state.victim === 'desk') {
    await state.desk.start();
    state.page = await watched(state);
    await unlock(state.page);
  }
  await findInside(state.page);
  const broken = state.victim === 'desk' ? offline(state, await residentsInside(state.page)) : [];
  if (state.draft !== undefined) broken.push(...(await draftIsThere(state)));
  await synced(state.page);
  return [...broken, ...offline(state, await residentsInside(state.page))];
}

/** What the desk shows: saved work once, other groups whole or not at all (S1, S3, S4). */
function offline({ said, tried }: State, shown: readonly string[]): string[] {
  const counts = countsOf(shown);
  return tried.flatMap((names) => {
    const times = names.map((name) => counts.get(name) ?? 0);
    return sentences(names, times, said.has(names[0] ?? ''), 'at the desk');
  });
}

function sentences(names: readonly string[], times: readonly number[], isSaid: boolean, where: string) {
  const first = names[0] ?? '';
  if (times.some((count) => count > 1)) return [`S3 ${first}: more than once ${where}`];
  const present = times.filter((count) => count === 1).length;
  if (isSaid && present < times.length)
    return [`S1 ${first}: said saved, ${present} of ${times.length} ${where}`];
  return present > 0 && present < times.length
    ? [`S4 ${first}: ${present} of a group of ${times.length} ${where}`]
    : [];
}

async function draftIsThere(state: State): Promise<string[]> {
  const { page, draft = '' } = state;
  state.draft = undefined;
  await page.getByRole('navigation', { name: '主导航' }).getByText('居民', { exact: true }).click();
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  const form = page.getByRole('form');
  const box = form.getByRole('textbox', { name: '姓名', exact: true });
  await box.waitFor();
  const kept = await box.inputValue();
  if (kept !== draft) return [`the draft ${draft} is not there`];
  await form.getByRole('button', { name: '保存', exact: true }).click();
  await form.waitFor({ state: 'hidden' });
  state.tried.push([draft]);
  state.said.add(draft);
  await isFound(page, draft);
  return [];
}

/** The ledger itself: S1 and S3 for what was said, S4 for the rest; and nothing at the desk that the district has not (S7). */
async function audited(state: State): Promise<string[]> {
  const { tried, said, district, ledger, page } = state;
  const shown = await residentsInside(page);
  await district.stop();
  const holding = ledgerIn(ledger);
  await district.start();
  const times = timesIn(holding, tried.flat());
  const broken = tried.flatMap((names) => {
    const isSaid = said.has(names[0] ?? '');
    return [0, 1].flatMap((which) =>
      sentences(
        names,
        names.map((name) => times[name]?.[which] ?? 0),
        isSaid,
        which === 0 ? 'in the ledger' : 'among the records',
      ),
    );
  });
  const held = countsOf(holding.residents);
  const strange = [...countsOf(shown)].filter(([name, count]) => (held.get(name) ?? 0) < count);
  return [...broken, ...strange.map(([name]) => `S7 ${name}: at the desk and not at the district`)];
}
