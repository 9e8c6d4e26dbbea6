/**
 * One history: some computers and a district, one seed, so many steps; the promises are checked after each step and once all is quiet.
 * The engine, the store and the judge are the real ones; only clock, line, disk, cipher and main process are stand-ins.
 */
import type { Grant } from '../../../../shared/core/access.ts';
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { operationIn } from '../plain-vault.ts';
import { createRandom, type Random } from '../random.ts';
import { AREA, OTHER_AREA } from '../small-registry.ts';
import { createWorld, WORKER, type World, type WorldDesk } from '../small-world.ts';
import { cursorOf } from '../../store/state.ts';
import { emptyDisk } from '../memory-database.ts';
import type { Fault } from './faults.ts';
import { plantedLedger } from './planted-ledger.ts';
import { ASK, Broken, recordsAtDistrict, type Displayed, type Observed, type Watched } from './observed.ts';
import { checkPersonAtRest, checkRest, checkStep } from './promises.ts';
import { register, steps, type Doing, type Form } from './steps.ts';
import { crashPoints, createTrouble, PowerCut, type Trouble } from './trouble.ts';

export interface HistoryOptions {
  readonly seed: number;
  readonly steps: number;
  readonly fault?: Fault | undefined;
}

export interface HistoryResult {
  readonly seed: number;
  readonly operations: number;
  /** Of everything that the district holds at the end: the same for the same seed. */
  readonly trace: string;
  /** The broken promise, if any. */
  readonly broken?: string;
}

const PEOPLE = ['周敏', '陈国栋', '樊晓燕', '沈丽娟', '马丽', '何静'];
const idOf = (index: number): string => `person_${String(index + 1).padStart(26, '0')}`;
const BOTH: readonly Grant[] = [...WORKER, { role: 'worker', area: OTHER_AREA }];
/** What somebody may come to hold, and lose again. */
const RIGHTS: readonly (readonly Grant[])[] = [
  WORKER,
  WORKER,
  BOTH,
  BOTH,
  [{ role: 'carer', area: AREA }],
  [{ role: 'worker', area: OTHER_AREA }],
];
const YEAR = 365 * 86_400_000;

interface Seat extends Watched {
  readonly trouble: Trouble;
  /** Open forms of the person who has unlocked the window, and the drafts of the others. */
  readonly forms: Map<string, Form[]>;
  sight: Displayed;
  /** Whether the last turn taught this desk how far its clock is off. */
  knowsTime: boolean;
  /** The same when it last saved something. */
  knewTime: boolean;
}

export async function runHistory(options: HistoryOptions): Promise<HistoryResult> {
  const { seed, fault } = options;
  const random = createRandom(seed);
  const pushing = new Set<string>();
  const world = createWorld({
    seed: seed + 1_000_003,
    wrapLedger: (ledger) => plantedLedger(ledger, fault, pushing),
  });
  const seats: Seat[] = [];
  const observed: Observed = { world, desks: seats, displayed: new Map(), verdicts: new Map(), lives: 1 };
  let backup: (() => Promise<void>) | undefined;
  let words = 0;
  const broken = await findBroken(async () => {
    for (let count = 2 + random.whole(3); count > 0; count--)
      seats.push(await addSeat({ world, random, index: seats.length, fault, pushing }));
    // One computer or two have a second user, who may be somebody new or sit at another one as well.
    for (let count = random.whole(3); count > 0; count--)
      await joinSeat(world, random.pick(seats), seats.length + random.whole(2));
    await begin(seats, random, () => `第${++words}句`);
    for (const seat of seats) look(observed, seat, fault);
    for (let count = 0; count < options.steps; count++) {
      world.now += random.whole(20 * 60_000);
      const luck = random.next();
      if (luck < 0.03) backup = await world.district.backup();
      else if (luck < 0.05 && backup) {
        await backup();
        // What the district says from now on is the word of another life (sync.md S8).
        observed.lives += 1;
        observed.verdicts.clear();
      }
      await takeStep(world, random, seats, fault, () => `第${++words}句`);
      for (const seat of seats) look(observed, seat, fault);
      await checkStep(observed);
    }
    await comeToRest(observed, seats);
    for (const seat of seats) {
      for (const { id } of seat.handle.people) {
        await seatTurn(seat, id);
        await checkPersonAtRest(observed, seat);
      }
    }
    await checkRest(observed);
  });
  const operations = seats.reduce((sum, { journal }) => sum + journal.size, 0);
  const trace = hashOf(JSON.stringify(await recordsAtDistrict(observed)));
  return { seed, operations, trace, ...(broken !== undefined && { broken }) };
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

interface Adding {
  readonly world: World;
  readonly random: Random;
  readonly index: number;
  readonly fault: Fault | undefined;
  readonly pushing: Set<string>;
}

async function addSeat({ world, random, index, fault, pushing }: Adding): Promise<Seat> {
  const holder: { handle?: WorldDesk } = {};
  const ownTime = (): number => world.now + (holder.handle?.skew ?? 0);
  const person = (): string => holder.handle?.person.id ?? '';
  const trouble = createTrouble({ random, fault, ownTime, person, pushing });
  trouble.isCalm = true;
  // The first one works in both committees from the start; others may come to.
  const grants = index === 0 ? BOTH : WORKER;
  const handle = await world.addDesk({ id: idOf(index), name: PEOPLE[index] ?? '', grants }, trouble.line);
  holder.handle = handle;
  trouble.isCalm = false;
  return {
    handle,
    trouble,
    journal: new Map(),
    cursors: new Map(),
    life: '',
    forms: new Map(),
    sight: { writer: undefined, rivals: [] },
    knowsTime: false,
    knewTime: false,
  };
}

async function joinSeat(world: World, { handle, trouble }: Seat, index: number): Promise<void> {
  const id = idOf(index);
  if (handle.people.some((person) => person.id === id)) return;
  trouble.isCalm = true;
  const name = PEOPLE[index] ?? '';
  await handle.join({ id, name, grants: index % 2 === 0 ? [{ role: 'carer', area: AREA }] : WORKER });
  trouble.isCalm = false;
}

/** Some records that everybody knows. */
async function begin(seats: readonly Seat[], random: Random, word: () => string): Promise<void> {
  for (const seat of seats) {
    seat.trouble.isCalm = true;
    await seat.handle.sync();
    for (let count = 0; count < 3; count++) await register(doingAt(seat, seats, random, word));
    await seat.handle.sync();
  }
  for (const seat of seats) {
    await seat.handle.sync();
    seat.trouble.isCalm = false;
  }
}

const formsOf = ({ forms, handle }: Seat): Form[] => {
  const own = forms.get(handle.person.id) ?? [];
  forms.set(handle.person.id, own);
  return own;
};

const doingAt = (seat: Seat, seats: readonly Seat[], random: Random, word: () => string): Doing => ({
  desk: seat.handle.desk,
  everybody: [...new Set(seats.flatMap(({ handle }) => handle.people.map(({ id }) => id)))],
  random,
  forms: formsOf(seat),
  word,
  sees: (record) => (seat.sight = sightOf(record)),
});

async function takeStep(
  world: World,
  random: Random,
  seats: readonly Seat[],
  fault: Fault | undefined,
  word: () => string,
): Promise<void> {
  const seat = random.pick(seats);
  const { handle, trouble } = seat;
  const act = async (): Promise<void> => {
    const step = random.pick(steps);
    seat.knewTime = seat.knowsTime;
    if (fault && SPOILING.includes(fault)) spoilForms(seat, fault);
    const saved = await recording(seat, () => step(doingAt(seat, seats, random, word)));
    if (saved === 'died') await reopen(seat, random);
  };
  const kind = random.next();
  if (kind < 0.55) await act();
  else if (kind < 0.72) await turn(seat);
  else if (kind < 0.8) await handle.main.carry().then(() => turn(seat));
  else if (kind < 0.86) {
    // Somebody goes on working while a page is under way.
    trouble.meanwhile = act;
    await turn(seat);
    trouble.meanwhile = undefined;
  } else if (kind < 0.92) {
    trouble.crashAt = { point: random.pick(crashPoints), passes: random.whole(4) };
    if (random.chance(0.5)) await act();
    if (!trouble.isDead) await turn(seat);
    await reopen(seat, random);
  } else if (kind < 0.95) {
    handle.skew = random.pick([0, 1, -1, 10, -10]) * YEAR + random.whole(60_000);
    seat.knowsTime = false;
  } else if (kind < 0.958) {
    await world.district.changePerson(random.pick(handle.people).id, random.pick(RIGHTS));
  } else if (kind < 0.968) await reopen(seat, random, { isDiscarded: random.chance(0.4) });
  else if (kind < 0.975) {
    // A month without contact: what is written next is written blind.
    handle.ringOf(handle.person.id).lapse();
    await reopen(seat, random);
  } else if (kind < 0.99) await reopen(seat, random, { person: random.pick(handle.people).id });
  else {
    const { store, records, inOrder } = handle.desk.inside.engine;
    await recording(seat, () => inOrder(() => store.fold(records.baseVia)));
  }
}

async function turn(seat: Seat): Promise<void> {
  await recording(seat, () => seat.handle.turn());
  seat.knowsTime ||= seat.handle.desk.sync().connection === 'online';
}

/** A power cut ends the step; anything else that is thrown is a finding. */
async function recording(seat: Seat, work: () => Promise<unknown>): Promise<'done' | 'died'> {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof PowerCut) && !seat.trouble.isDead) throw failure;
  }
  return seat.trouble.isDead ? 'died' : 'done';
}

interface Reopening {
  readonly isDiscarded?: boolean;
  /** Somebody else unlocks the window. */
  readonly person?: string;
}

async function reopen(
  seat: Seat,
  random: Random,
  { isDiscarded = false, person }: Reopening = {},
): Promise<void> {
  const { handle, trouble } = seat;
  trouble.isDead = true;
  await handle.desk.inside.turns.settled();
  handle.desk.inside.turns.stop();
  if (isDiscarded) {
    // Chromium found the database damaged and opened an empty one without a word.
    for (const [name, rows] of emptyDisk().tables) handle.disk.tables.set(name, rows);
    seat.cursors.clear();
  }
  trouble.isDead = false;
  trouble.crashAt = undefined;
  trouble.meanwhile = undefined;
  seat.knowsTime = false;
  // Drafts keep what their author saw; some forms are lost with the window.
  if (random.chance(0.5)) seat.forms.delete(handle.person.id);
  await handle.open(person);
}

/** At the end: the person unlocks this computer, and everything is said. */
async function seatTurn({ handle }: Seat, person: string): Promise<void> {
  if (handle.person.id !== person) await handle.switchTo(person);
  await handle.sync();
}

const sightOf = (record: RecordState | undefined): Displayed => {
  const field = record && ASK[record.entity];
  if (!record || field === undefined) return { writer: undefined, rivals: [] };
  return {
    writer: lastWriter(record, field).operation,
    rivals: (record.conflicts?.[field]?.rivals ?? []).map(({ writer }) => writer.operation),
  };
};

/** Reads the journal as a stranger would: which operations are new, and what their author had seen. */
function look({ displayed, world }: Observed, seat: Seat, fault: Fault | undefined): void {
  const { handle, journal, sight } = seat;
  if (fault === 'own operation dropped') dropRefused(handle);
  if (fault === 'verdict forgotten') forgetVerdicts(handle);
  for (const line of handle.main.lines) {
    if (line.kind !== 'operation' || journal.has(line.envelope.id)) continue;
    const operation: Operation = operationIn(line.envelope);
    journal.set(operation.id, operation);
    displayed.set(operation.id, (operation.corrects && displayed.get(operation.corrects)) || sight);
    const off = Math.abs(Date.parse(operation.at) - world.now);
    if (seat.knewTime && off > 5 * 60_000 + 20 * 60_000)
      throw new Broken(`S9 a wrong clock spread: ${operation.at}`);
  }
  // What the desk calls saved must be in the journal: it is what a restart will find.
  for (const { operation } of handle.desk.unconfirmed()) {
    if (!journal.has(operation.id)) throw new Broken(`S1 saved, and not in the journal: ${operation.id}`);
  }
}

async function comeToRest(observed: Observed, seats: readonly Seat[]): Promise<void> {
  for (const seat of seats) {
    seat.trouble.isCalm = true;
    // Everything is read from disk once more, so that what only memory knew is missed.
    await reopen(seat, observed.world.random);
  }
  for (let round = 0; round < 4; round++) {
    for (const seat of seats) for (const { id } of seat.handle.people) await seatTurn(seat, id);
  }
}

const SPOILING: readonly Fault[] = ['basis from the cursor', 'after left empty', 'device compared'];

function spoilForms(seat: Seat, fault: Fault): void {
  const { engine } = seat.handle.desk.inside;
  const forms = formsOf(seat);
  for (const [index, form] of forms.entries()) {
    const { opened, record } = form;
    const cursor = cursorOf(engine.state, record.scope);
    const basis = { ...opened.basis, epoch: engine.state.epoch, seq: cursor };
    const onThisDevice = [...seat.journal.values()].filter((one) => one.record === record.id);
    if (fault === 'after left empty') forms[index] = { record, opened: { ...opened, after: [] } };
    else if (fault === 'basis from the cursor') forms[index] = { record, opened: { ...opened, basis } };
    else forms[index] = { record, opened: { ...opened, after: onThisDevice.map(({ id }) => id) } };
  }
}

function dropRefused({ main, disk }: WorldDesk): void {
  for (const line of [...main.lines]) {
    if (line.kind !== 'verdict' || line.verdict.verdict !== 'refused') continue;
    const { id } = line.verdict;
    disk.tables.get('journal')?.delete(id);
    const at = main.lines.findIndex((one) => one.kind === 'operation' && one.envelope.id === id);
    if (at >= 0) main.lines.splice(at, 1);
  }
}

/** Judged already as the carrier believes, and never told to anybody. */
function forgetVerdicts({ main }: WorldDesk): void {
  const at = main.lines.findIndex((line) => line.kind === 'verdict' && line.number % 3 === 0);
  if (at >= 0) main.lines.splice(at, 1);
}

function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
