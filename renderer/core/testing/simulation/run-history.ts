/**
 * One history: some computers and a district, and the steps that they take; the promises are checked after each step and once all is
 * quiet. Engine, store, main process and district are the real ones; only clock, line, disk and ciphers are stand-ins.
 */
import type { Transactor } from '../../../../server/ledger/transactor.ts';
import { createRandom } from '../random.ts';
import { quiet } from '../shell-in-process.ts';
import { createWorldOf } from '../small-world.ts';
import { backUp, happenings } from './happenings.ts';
import type { History, Step } from './notation.ts';
import { Broken, type Observed } from './observed.ts';
import { checkStep } from './promises.ts';
import { comeToRest } from './rest.ts';
import type { Scene } from './scene.ts';
import { addSeat, doingAt, enduring, look, makeShell, reopen } from './seat.ts';
import { deeds } from './steps.ts';
import { traceOf } from './trace.ts';

export interface HistoryResult {
  readonly operations: number;
  /** Of everything that district and computers hold at the end. */
  readonly trace: string;
  /** The broken promise, if any. */
  readonly broken?: string;
  /** What came of each step; at rest it is step 0. */
  readonly told: ReadonlyMap<number, readonly string[]>;
}

export async function runHistory(history: History): Promise<HistoryResult> {
  const told = new Map<number, string[]>();
  const scene = createScene(history, told);
  const broken = await findBroken(async () => {
    for (const people of history.desks) scene.seats.push(await addSeat(scene, people));
    // Of a district in which nobody has written anything yet: brought back, it is an emptied one.
    await backUp(scene);
    for (const step of history.steps) await takeStep(scene, step);
    // Not the seed, with which the computers were set up: the same keys would be made once more.
    begin(scene, { n: 0, luck: ~history.seed, isRough: false });
    await comeToRest(scene);
  });
  return {
    operations: scene.observed.operations.size,
    trace: traceOf(scene),
    told,
    ...(broken !== undefined && { broken }),
  };
}

async function findBroken(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (failure) {
    if (failure instanceof Broken) return failure.message;
    // A throw out of the engine is a broken promise as well (law 7).
    return failure instanceof Error ? `threw: ${failure.stack}` : String(failure);
  }
}

function createScene({ seed }: History, told: Map<number, string[]>): Scene {
  const random = createRandom(seed);
  const district = { dies: false };
  const wrapLedger = (ledger: Transactor): Transactor => ({
    ...ledger,
    transact: (work) =>
      ledger.transact(async (writing) => {
        const done = await work(writing);
        if (district.dies) throw new Error('the process of the district is gone');
        return done;
      }),
  });
  const world = createWorldOf(makeShell, { random, wrapLedger });
  const seats: Scene['seats'] = [];
  const observed: Observed = {
    world,
    desks: seats,
    displayed: new Map(),
    verdicts: new Map(),
    operations: new Map(),
    corrected: new Set(),
    approved: new Map(),
    groups: new Map(),
    known: { tables: undefined, operations: new Map(), records: new Map(), texts: new Map() },
    saved: new Map(),
    lives: 1,
  };
  const scene: Scene = {
    world,
    seats,
    observed,
    random,
    weather: createRandom(seed),
    step: 0,
    isRough: false,
    late: [],
    district,
    backups: [],
    words: 0,
    word: () => `第${scene.step}步${++scene.words}`,
    say: (note) => {
      const notes = told.get(scene.step) ?? [];
      told.set(scene.step, notes);
      notes.push(note);
    },
  };
  return scene;
}

function begin(scene: Scene, { n, luck, isRough }: Pick<Step, 'n' | 'luck' | 'isRough'>): void {
  scene.step = n;
  scene.words = 0;
  scene.isRough = isRough;
  scene.random.begin(luck);
  scene.weather.begin(luck ^ 0x9e3779b9);
  scene.world.now += scene.random.whole(20 * 60_000);
}

async function takeStep(scene: Scene, step: Step): Promise<void> {
  begin(scene, step);
  const seat = scene.seats[step.desk - 1];
  let touched = seat;
  const happening = happenings[step.what];
  const deed = deeds[step.what]?.[0];
  if (happening?.[2] === 'district') {
    touched = (await happening[0](scene)) ?? undefined;
    await quiet();
  } else if (seat) {
    const { trouble } = seat;
    if (step.cut !== undefined) trouble.crashAt = { point: step.cut, passes: scene.random.whole(3) };
    seat.knewTime = seat.knowsTime;
    await enduring(seat, async () => {
      if (happening) await happening[0](scene, seat);
      else if (deed) await deed(doingAt(scene, seat));
      else throw new Error(`nobody knows how to ${step.what}`);
    });
    await quiet();
    trouble.crashAt = undefined;
    if (trouble.isDead) {
      await reopen(scene, seat, { isAllRestarted: true });
      await quiet();
    }
  }
  if (touched) await look(scene.observed, touched, scene.say);
  checkStep(scene.observed, touched ? [touched] : []);
}
