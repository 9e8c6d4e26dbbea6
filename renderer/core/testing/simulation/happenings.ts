/**
 * What happens to desks and to the district: turns and pushes on good and bad lines, restarts, lost databases, clocks that jump by years, rights that
 * come and go, a district that comes back from its backup.
 */
import { BOTH, CARER_HERE, LEADER, OTHER, SECRETARY_HERE, WORKER_HERE } from './rights.ts';
import { forgetDistrict } from './observed.ts';
import { installOlder, isOlder, update } from './older-app.ts';
import { reopen, turn, goOn } from './seat.ts';
import type { Scene, Seat } from './scene.ts';

type Happening = (scene: Scene, seat: Seat) => Promise<unknown>;
/** @returns the computer at which something happened as well */
type AtDistrict = (scene: Scene) => Promise<Seat | void>;

export const OLDER_APP = 'older app';

const DAY = 86_400_000;
const YEAR = 365 * DAY;

/** What somebody may come to hold, and lose again. */
const RIGHTS = [WORKER_HERE, BOTH, CARER_HERE, OTHER, OTHER, SECRETARY_HERE, LEADER];

const carry: Happening = (_, { handle }) => handle.main.carry();

const carryAndTurn: Happening = async (scene, seat) => {
  await seat.handle.main.carry();
  await turn(scene, seat);
};

/** One of its requests waits; meanwhile the world goes on, until the desk speaks again. */
async function slowTurn(scene: Scene, seat: Seat): Promise<void> {
  await goOn(seat);
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const { random } = scene;
  const gate = {
    passes: random.whole(3),
    holds: random.chance(0.6) ? ('reply' as const) : ('request' as const),
    opened,
    isReached: false,
  };
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
  await handle.main.carry();
  return seat;
};

const backUp: AtDistrict = async (scene) => {
  scene.backup = await scene.world.district.backup();
  const { world, observed } = scene;
  observed.saved = new Map(
    [...world.district.tables().operations.values()]
      .filter(({ seq }) => seq !== null)
      .map(({ id }) => [id, observed.saved.get(id) ?? world.now]),
  );
};

const restore: AtDistrict = async ({ backup, observed, world, say }) => {
  if (!backup) return say('no backup yet');
  await backup();
  observed.lives += 1;
  // What counts for letting go begins anew.
  observed.saved = new Map([...observed.saved.keys()].map((id) => [id, world.now]));
  observed.verdicts.clear();
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
  carry: [carry, 10, 'desk'],
  'carry and turn': [carryAndTurn, 16, 'desk'],
  'slow turn': [slowTurn, 14, 'desk'],
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
  restore: [restore, 2.5, 'district'],
  'arrive late': [arriveLate, 3, 'district'],
  'days pass': [daysPass, 3, 'district'],
};
