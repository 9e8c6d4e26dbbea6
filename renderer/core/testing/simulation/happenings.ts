/**
 * What happens to desks and to the district: turns and pushes on good and bad lines, restarts, lost databases, clocks that jump by years, rights that
 * come and go, a district that comes back from its backup.
 */
import type { AdministrationOutput } from '../../../../shared/protocol/administer.ts';
import { BOTH, CARER_HERE, LEADER, OTHER, SECRETARY_HERE, WORKER_HERE } from './rights.ts';
import { forgetDistrict, must } from './observed.ts';
import { forgetApproved, noteApproved } from './approving.ts';
import { installOlder, isOlder, update } from './older-app.ts';
import { takeOver, waitsForSomebody } from './reviewing.ts';
import { arrive, carry, doingAt, goOn, reopen, turn } from './seat.ts';
import type { Random } from '../random.ts';
import { quiet } from '../shell-in-process.ts';
import type { Scene, Seat } from './scene.ts';
import type { Gate } from './trouble.ts';

type Happening = (scene: Scene, seat: Seat) => Promise<unknown>;
/** @returns the computer at which something happened as well */
type AtDistrict = (scene: Scene) => Promise<Seat | void>;

export const OLDER_APP = 'older app';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** What somebody may come to hold, and lose again. */
const RIGHTS = [WORKER_HERE, BOTH, CARER_HERE, OTHER, OTHER, SECRETARY_HERE, LEADER];

const carryOnce: Happening = (_, seat) => carry(seat);

const carryAndTurn: Happening = async (scene, seat) => {
  await carry(seat);
  await turn(scene, seat);
};

/** @param passes how many requests go through before the one that waits */
function closedGate(random: Random, passes: number): { readonly gate: Gate; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const holds = random.chance(0.6) ? 'reply' : 'request';
  return { gate: { passes, holds, opened, isReached: false }, open: () => open() };
}

/** One of its requests waits; meanwhile the world goes on, until the desk speaks again. */
async function slowTurn(scene: Scene, seat: Seat): Promise<void> {
  await goOn(seat);
  const { gate, open } = closedGate(scene.random, scene.random.whole(3));
  seat.trouble.gate = gate;
  const whole = turn(scene, seat);
  seat.slow = {
    goOn: async () => {
      seat.trouble.gate = undefined;
      open();
      await whole;
      // An answer that took hours says little about the time.
      seat.knowsTime = false;
    },
  };
}

/** A push waits, or its verdicts do, while the window of the same desk asks and is answered: the answers come in the other order. */
async function slowPush({ random }: Scene, seat: Seat): Promise<void> {
  await arrive(seat);
  const { gate, open } = closedGate(random, 0);
  seat.trouble.pushGate = gate;
  await seat.handle.main.carry();
  seat.slowPush = {
    goOn: async () => {
      seat.trouble.pushGate = undefined;
      open();
      await quiet();
    },
  };
}

const jump: Happening = async ({ random }, seat) => {
  seat.handle.skew = random.pick([0, 1, -1, 10, -10]) * YEAR + random.whole(60_000);
  seat.knowsTime = false;
};

const fold: Happening = (_, { handle }) => {
  const { store, records, inOrder } = handle.desk.inside.engine;
  return inOrder(() => store.fold(records.baseVia));
};

const restart: Happening = (scene, seat) => reopen(scene, seat, { isAllRestarted: scene.random.chance(0.5) });

/** Chromium found the database damaged and opened an empty one without a word. */
const discard: Happening = (scene, seat) => reopen(scene, seat, { isDiscarded: true });

/** As it was when the computer was set up, in the first steps of a history. */
async function olderApp(scene: Scene, seat: Seat): Promise<void> {
  installOlder(seat.app);
  await reopen(scene, seat, { isAllRestarted: true });
}

async function updateApp(scene: Scene, seat: Seat): Promise<void> {
  if (!isOlder(seat.app)) return scene.say('is new already');
  update(seat.app);
  await reopen(scene, seat, { isAllRestarted: true });
}

/** A month without contact: what is written next is written blind. */
async function lapse(scene: Scene, seat: Seat): Promise<void> {
  seat.handle.ringOf(seat.handle.person.id).lapse();
  await reopen(scene, seat);
}

async function changeOver(scene: Scene, seat: Seat): Promise<void> {
  const next = scene.random.pick(seat.handle.people);
  scene.say(`${next.name} unlocks`);
  await reopen(scene, seat, { person: next.id });
}

const changeRights: AtDistrict = async ({ world, seats, random, say }) => {
  // Whoever has written what the district does not know yet, more often than others.
  const waiting = seats.filter(({ handle }) => handle.main.pendingIds().length > 0);
  const isWritten = waiting.length > 0 && random.chance(0.7);
  const seat = random.pick(isWritten ? waiting : seats);
  const { handle } = seat;
  const { name, id } = isWritten ? handle.person : random.pick(handle.people);
  const rights = random.pick(RIGHTS);
  say(`${name}: ${rights.map(({ role, area }) => `${role} in ${area}`).join(', ')}`);
  await world.district.changePerson(id, rights);
  if (!isWritten) return undefined;
  await carry(seat);
  return seat;
};

/**
 * The administrator sees what desks have brought from before a restoration, and approves one state (sync.md S8). A window that has not heard of it yet
 * speaks first, before its main process pushes.
 */
const approve: AtDistrict = async (scene) => {
  const { world, seats, observed, random, say } = scene;
  const { administerLocally } = world.district.district;
  const { epoch } = world.district.tables().head;
  const seat = seats.find(({ life }) => life !== '' && life !== epoch);
  if (seat) await turn(scene, seat);
  const listed = await administerLocally({ name: 'recovered.list', input: {} });
  const { recovered } = (listed.ok ? listed.value : {}) as AdministrationOutput<'recovered.list'>;
  if (recovered.length === 0) {
    say('nothing was brought');
    return seat;
  }
  const { record } = random.pick(recovered);
  noteApproved(observed, record);
  const approved = await administerLocally({ name: 'recovered.approve', input: { record } });
  must(approved.ok, 'S8 what is listed cannot be approved', record, approved);
  say(`${record.slice(0, 4)}…${record.slice(-4)}`);
  return seat;
};

/** By the first who finds something in their list. */
const takeOverSomewhere: AtDistrict = async (scene) => {
  const { seats, observed, random, say } = scene;
  if (!waitsForSomebody(observed)) return say('nothing waits');
  const first = random.whole(seats.length);
  for (const seat of [...seats.slice(first), ...seats.slice(0, first)]) {
    seat.knewTime = seat.knowsTime;
    if (await takeOver(doingAt(scene, seat))) return seat;
  }
  return say('nobody may');
};

export const backUp = async (scene: Scene): Promise<void> => {
  const { world, observed, backups } = scene;
  const bringBack = await world.district.backup();
  const confirmed = [...world.district.tables().operations.values()].filter(({ seq }) => seq !== null);
  const holds = confirmed.map(({ id }) => id);
  backups.push({ bringBack, holds });
  observed.saved = new Map(holds.map((id) => [id, observed.saved.get(id) ?? world.now]));
};

/** From the newest backup, or from one before: what the journals have let go of meanwhile, only states still hold. */
const restore: AtDistrict = async ({ backups, observed, world, random, say }) => {
  const { bringBack, holds } = random.pick(random.chance(0.6) ? backups.slice(-1) : backups);
  say(`${holds.length} operations are there`);
  await bringBack();
  observed.lives += 1;
  // What counts for letting go begins anew.
  observed.saved = new Map(holds.map((id) => [id, world.now]));
  observed.verdicts.clear();
  forgetApproved(observed);
  forgetDistrict(observed);
};

/** Long enough for what the last backup holds to leave the journals, or nearly. */
const daysPass: AtDistrict = async ({ world, random, say }) => {
  const days = 26 + random.whole(12);
  say(`${days} days`);
  world.now += days * DAY;
};

/** A push that its desk has given up on arrives after all; nobody hears the answer. */
const arriveLate: AtDistrict = async ({ late, say }) => {
  const push = late.shift();
  if (!push) return say('nothing is under way');
  await push();
};

export const happenings: Readonly<
  Record<
    string,
    | readonly [happening: Happening, weight: number, where: 'desk']
    | readonly [happening: AtDistrict, weight: number, where: 'district']
  >
> = {
  turn: [turn, 30, 'desk'],
  carry: [carryOnce, 10, 'desk'],
  'carry and turn': [carryAndTurn, 16, 'desk'],
  'slow turn': [slowTurn, 14, 'desk'],
  'slow push': [slowPush, 5, 'desk'],
  jump: [jump, 6, 'desk'],
  fold: [fold, 2, 'desk'],
  restart: [restart, 5, 'desk'],
  discard: [discard, 1.5, 'desk'],
  lapse: [lapse, 1.5, 'desk'],
  'change over': [changeOver, 4, 'desk'],
  [OLDER_APP]: [olderApp, 0, 'desk'],
  update: [updateApp, 2, 'desk'],
  'change rights': [changeRights, 4, 'district'],
  'back up': [backUp, 5, 'district'],
  restore: [restore, 1.5, 'district'],
  'arrive late': [arriveLate, 3, 'district'],
  approve: [approve, 2, 'district'],
  'take over': [takeOverSomewhere, 6, 'district'],
  'days pass': [daysPass, 3, 'district'],
};
