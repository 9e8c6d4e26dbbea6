/**
 * When the world has become calm: every computer starts again from its disk, everything is said, everybody has looked. Then nothing may
 * wait, be lost, differ or be seen by the wrong eyes.
 */
import { quiet } from '../shell-in-process.ts';
import { Broken } from './observed.ts';
import { checkPersonAtRest, checkRest } from './promises.ts';
import type { Heard, Scene, Seat } from './scene.ts';
import { goOn, look, reopen, turn } from './seat.ts';

/** More than any history needed, by far. */
const MOST_ROUNDS = 8;

export async function comeToRest(scene: Scene): Promise<void> {
  const { seats, observed, late } = scene;
  scene.isRough = false;
  for (const push of late.splice(0)) await push();
  for (const seat of seats) {
    await goOn(seat);
    // Everything is read from disk once more, so that what only memory knew is missed.
    await reopen(scene, seat, { isAllRestarted: true });
    await quiet();
    seat.heard = heardOf(scene, seat);
  }
  for (let round = 0; ; round++) {
    const before = stateOf(scene);
    let broken: unknown;
    for (const seat of seats) {
      for (const { id } of seat.handle.people) {
        await sitDown(scene, seat, id);
        // What is found while somebody has still something to say is no finding yet.
        broken ??= await brokenAt(scene, seat);
      }
    }
    const isQuiet = stateOf(scene) === before;
    if (isQuiet && broken === undefined) break;
    if (isQuiet || round === MOST_ROUNDS) throw broken ?? new Broken('S7 the desks find no rest');
  }
  checkRest(observed);
}

/** The district's rows, and what waits. */
const stateOf = ({ world, seats }: Scene): string => {
  const { head, operations } = world.district.tables();
  const verdicts = [...operations.values()].map(({ verdict }) => verdict.verdict);
  const waiting = seats.flatMap(({ handle }) => handle.main.pendingIds());
  return [head.epoch, head.seq, ...verdicts, ...waiting].join();
};

async function sitDown(scene: Scene, seat: Seat, person: string): Promise<void> {
  const { handle } = seat;
  if (handle.person.id === person) await hearNews(scene, seat);
  else {
    await handle.switchTo(person);
    seat.heard = heardOf(scene, seat);
  }
  await handle.main.carry();
  if (isLacking(scene, seat)) {
    // An entry that is lost for good has its time to come back before the chain is cut there (chain-repair.ts).
    scene.world.now += 2 * 60_000;
    await handle.main.carry();
  }
  await hearNews(scene, seat);
  await quiet();
  await look(scene.observed, seat, scene.say);
}

/** Whether the district has not got everything that the journal holds. */
function isLacking({ world }: Scene, { handle, journal, left }: Seat): boolean {
  const { operations } = world.district.tables();
  const isGone = (id: string): boolean => left.has(id) || operations.has(id);
  return handle.main.pendingIds().length > 0 || ![...journal.keys()].every(isGone);
}

/** Where neither district nor journal has anything new, another turn says again what the last one has said. */
async function hearNews(scene: Scene, seat: Seat): Promise<void> {
  const now = heardOf(scene, seat);
  const { district, line } = seat.heard ?? {};
  if (district === now.district && line === now.line) return;
  await turn(scene, seat);
  seat.heard = heardOf(scene, seat);
}

const heardOf = ({ world }: Scene, { handle }: Seat): Heard => ({
  district: world.district.tables(),
  line: handle.main.life().journal.lastNumber(),
});

async function brokenAt({ observed }: Scene, seat: Seat): Promise<unknown> {
  try {
    await checkPersonAtRest(observed, seat);
    return undefined;
  } catch (failure) {
    if (failure instanceof Broken) return failure;
    throw failure;
  }
}
