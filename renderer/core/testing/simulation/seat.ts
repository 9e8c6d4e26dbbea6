/** One computer of a history: how it is set up, how it does one thing, how it comes back after the power was off, and what it has kept. */
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { emptyDisk } from '../memory-database.ts';
import { operationIn } from '../plain-vault.ts';
import { createShell, quiet, type Shell } from '../shell-in-process.ts';
import type { Making } from '../main.ts';
import { WORKER, type Line } from '../small-world.ts';
import { PEOPLE } from './notation.ts';
import { ASK, Broken, type Displayed, type Observed } from './observed.ts';
import { fetchAs, newestApp, registryOf, sendAs } from './older-app.ts';
import { BOTH, CARER_HERE } from './rights.ts';
import { everybodyOf, idOf, type Scene, type Seat } from './scene.ts';
import type { Doing, Form } from './steps.ts';
import { createTrouble, PowerCut, type Trouble } from './trouble.ts';

/** What is made for one computer travels to its main process beside its line. */
export interface SeatLine extends Line {
  readonly trouble: Trouble;
  readonly now: () => number;
  readonly running: () => number;
}

export const makeShell = (making: Making, line: Line): Promise<Shell> => {
  const { trouble, now, running } = line as SeatLine;
  return createShell(making, { now, running, before: trouble.before });
};

/** @param people who use it, the first of whom unlocks it first */
export async function addSeat(scene: Scene, people: readonly number[]): Promise<Seat> {
  const { world } = scene;
  const [first = 0, ...others] = people;
  const trouble = createTrouble({
    luck: () => (scene.isRough ? scene.weather : undefined),
    say: scene.say,
    late: scene.late,
    district: scene.district,
  });
  const holder: { skew: () => number } = { skew: () => 0 };
  const now = (): number => world.now + holder.skew();
  const app = newestApp();
  const cursors: Seat['cursors'] = new Map();
  const line: SeatLine = {
    ...trouble.line,
    registry: () => registryOf(app),
    fetch: (ask) => trouble.line.fetch(fetchAs(app, ask)),
    push: (send) => trouble.line.push(sendAs(app, send)),
    vault: (vault) => ({
      ...vault,
      // Lost and gained again within one step of a history, it begins from nothing all the same.
      forget: (scopes) => {
        for (const scope of scopes) cursors.get(vault.own)?.delete(scope);
        vault.forget(scopes);
      },
    }),
    trouble,
    now,
    running: () => world.now,
  };
  // The first one works in both committees from the start; others may come to.
  const grants = first === 0 ? BOTH : WORKER;
  const handle = await world.addDesk({ id: idOf(first), name: PEOPLE[first] ?? '', grants }, line);
  holder.skew = () => handle.skew;
  for (const other of others) {
    const rights = other % 2 === 0 ? CARER_HERE : WORKER;
    await handle.join({ id: idOf(other), name: PEOPLE[other] ?? '', grants: rights });
  }
  return {
    handle,
    trouble,
    app,
    journal: new Map(),
    left: new Set(),
    cursors,
    life: '',
    forms: new Map(),
    sight: { writer: undefined, rivals: [] },
    knowsTime: false,
    knewTime: false,
    lookedAt: 0,
    slow: undefined,
    slowPush: undefined,
  };
}

const formsOf = ({ forms, handle }: Seat): Form[] => {
  const own = forms.get(handle.person.id) ?? [];
  forms.set(handle.person.id, own);
  return own;
};

export const doingAt = (scene: Scene, seat: Seat): Doing => ({
  desk: seat.handle.desk,
  everybody: everybodyOf(scene),
  random: scene.random,
  forms: formsOf(seat),
  word: scene.word,
  app: seat.app,
  sees: (record) => (seat.sight = sightOf(record)),
});

const sightOf = (record: RecordState | undefined): Displayed => {
  const field = record && ASK[record.entity];
  if (!record || field === undefined) return { writer: undefined, rivals: [] };
  return {
    writer: lastWriter(record, field).operation,
    rivals: (record.conflicts?.[field]?.rivals ?? []).map(({ writer }) => writer.operation),
  };
};

/** A power cut ends what was begun; anything else that is thrown is a finding. */
export async function enduring(seat: Seat, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof PowerCut) && !seat.trouble.isDead) throw failure;
  }
}

/** What waits on a slow line arrives. */
export async function goOn(seat: Seat): Promise<void> {
  const { slow } = seat;
  seat.slow = undefined;
  await slow?.goOn();
}

/** Of the main process, which is carried on before it pushes again. */
export async function arrive(seat: Seat): Promise<void> {
  const { slowPush } = seat;
  seat.slowPush = undefined;
  await slowPush?.goOn();
}

export async function carry(seat: Seat): Promise<void> {
  await arrive(seat);
  await seat.handle.main.carry();
}

export async function turn(_: Scene, seat: Seat): Promise<void> {
  await goOn(seat);
  await enduring(seat, () => seat.handle.turn());
  seat.knowsTime ||= seat.handle.desk.sync().connection === 'online';
}

export interface Reopening {
  readonly isDiscarded?: boolean;
  /** Also the main process, as after a power cut. */
  readonly isAllRestarted?: boolean;
  /** Somebody else unlocks the window. */
  readonly person?: string;
}

export async function reopen(
  { random }: Scene,
  seat: Seat,
  { isDiscarded = false, isAllRestarted = false, person }: Reopening = {},
): Promise<void> {
  const { handle, trouble } = seat;
  trouble.isDead = true;
  trouble.gate = undefined;
  await goOn(seat);
  await handle.desk.inside.turns.settled();
  handle.desk.inside.turns.stop();
  if (isAllRestarted) {
    await arrive(seat);
    handle.main.stop();
    await quiet();
    if (random.chance(0.7)) handle.main.files.loseUnsynced(random.next());
  }
  if (isDiscarded) {
    for (const [name, rows] of emptyDisk().tables) handle.disk.tables.set(name, rows);
    seat.cursors.clear();
  }
  trouble.isDead = false;
  trouble.crashAt = undefined;
  seat.knowsTime = false;
  // Drafts keep what their author saw; some forms are lost with the window.
  if (random.chance(0.5)) seat.forms.delete(handle.person.id);
  if (isAllRestarted) await handle.main.start();
  await handle.open(person);
}

/** Reads the journal as a stranger would: which operations are new, and what their author had seen. */
export async function look(observed: Observed, seat: Seat, say: (note: string) => void): Promise<void> {
  const { handle, journal } = seat;
  for (let more = handle.main.life().journal.lastNumber() !== seat.lookedAt; more;) {
    const read = await handle.main.life().journal.read({ after: seat.lookedAt });
    for (const line of read.entries) {
      if (line.kind !== 'operation' || journal.has(line.envelope.id)) continue;
      const operation = operationIn(line.envelope);
      journal.set(operation.id, operation);
      note(observed, seat, operation);
      say(
        `${operation.author.slice(-2)} ${operation.kind} ${operation.record.slice(0, 4)}…${operation.record.slice(-4)}`,
      );
    }
    seat.lookedAt = read.last;
    more = read.more;
  }
  // What the desk calls saved must be in the journal: it is what a restart will find.
  for (const { operation } of handle.desk.unconfirmed()) {
    if (!journal.has(operation.id)) throw new Broken(`S1 saved, and not in the journal: ${operation.id}`);
  }
}

function note(observed: Observed, { sight, knewTime }: Seat, operation: Operation): void {
  const { displayed, operations, corrected, groups, world } = observed;
  const { id, author, corrects, group, at } = operation;
  operations.set(id, operation);
  // Sent again by its author, it still says what they saw; whoever takes it over has seen something of their own.
  const isOwn = corrects !== undefined && operations.get(corrects)?.author === author;
  if (corrects !== undefined) corrected.add(corrects);
  if (group) groups.set(group.id, (groups.get(group.id) ?? new Set()).add(id));
  displayed.set(id, (isOwn && displayed.get(corrects)) || sight);
  const off = Math.abs(Date.parse(at) - world.now);
  if (knewTime && off > 5 * 60_000 + 20 * 60_000) throw new Broken(`S9 a wrong clock spread: ${at}`);
}
