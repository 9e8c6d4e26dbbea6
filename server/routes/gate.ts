/**
 * How much of one kind is under way at a time, and how long it may wait. After an outage a district's desks all come at once, and whatever has
 * been read waits in memory until it is answered: so a push is let in before its body is read, by the bytes that it says it has, and a question
 * as one of a few. What comes by itself never waits; whoever waits leaves nothing here but an open line.
 *
 * A desk gives up where nothing moves (electron/district.ts), and then all its waiting was for nothing. So the line is only as long as what can
 * be answered well before; everybody else is told at once when to come again, and keeps the place of the first asking: who came first is let in
 * first, however often it was sent away. In memory on purpose: a restart forgives, and each node tells of its own line.
 */
import { createPace } from './pace.ts';

export type Admission =
  | {
      /** Resolves when its turn has come, or with when to come again where the line moves more slowly than it was thought to. */
      readonly letIn: Promise<ComeAgain | undefined>;
      /** Call once it is answered or has hung up, as often as wanted: lets the next ones in. */
      readonly leave: () => void;
    }
  | ComeAgain;

/** Milliseconds. */
export interface ComeAgain {
  readonly comeAgain: number;
}

export interface Gate {
  /** @param who a name that nobody else can use: the district's own word, or a secret's hash; undefined for a stranger, who has no place to keep */
  readonly come: (who: string | undefined, weight: number) => Admission;
}

export interface GateGiven {
  /** Milliseconds that only grow. */
  readonly ticks: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Weight inside at a time. */
  readonly most: number;
  /** Milliseconds from coming to being answered. */
  readonly patience: number;
  /** Weight a millisecond before anything is known (pace.ts). */
  readonly first: number;
  /** Milliseconds in the line. */
  readonly longest?: number;
}

/** In the line. The least that a desk waits is 30 s, and inside it takes its time as well. */
const LONGEST_MS = 20_000;
/** How often those are looked for who have waited longer. */
const LOOK_MS = 250;
const SOONEST_MS = 2_000;
/**
 * The estimate may be wrong (the first pushes of a cold district are slow), and nobody is to sleep while there is room: with five minutes 300
 * desks left a district idle for a third of the time. To be told again costs next to nothing.
 */
const LATEST_MS = 60_000;
/** Whoever does not come so long after the hour told has no place any more. */
const NO_SHOW_MS = 60_000;
const MOST_TOLD = 10_000;

interface Place {
  /** In the order of the first askings. */
  readonly since: number;
  readonly weight: number;
}

interface Waiting extends Place {
  readonly who: string | undefined;
  readonly came: number;
  readonly open: () => void;
  readonly sendAway: (again: ComeAgain) => void;
}

interface Told extends Place {
  readonly until: number;
}

export function createGate(given: GateGiven): Gate {
  const { ticks, random, most, patience, first, longest = LONGEST_MS } = given;
  const pace = createPace(ticks, first);
  /** By the first asking. */
  const line: Waiting[] = [];
  const told = new Map<string, Told>();
  let inside = 0;
  let askings = 0;
  let sweptAt = 0;
  let lookedAt = 0;

  const hasRoom = (weight: number): boolean => inside === 0 || inside + weight <= most;

  function admit(): void {
    for (let next = line[0]; next && hasRoom(next.weight); next = line[0]) {
      line.shift();
      inside += next.weight;
      next.open();
    }
  }

  function queue(who: string | undefined, { since, weight }: Place): Admission {
    let state: 'waiting' | 'inside' | 'gone' = 'waiting';
    let waiting: Waiting | undefined;
    const letIn = new Promise<ComeAgain | undefined>((resolve) => {
      const open = (): void => {
        state = 'inside';
        resolve(undefined);
      };
      const sendAway = (again: ComeAgain): void => {
        state = 'gone';
        resolve(again);
      };
      waiting = { who, since, weight, came: ticks(), open, sendAway };
      const later = line.findIndex((other) => other.since > since);
      line.splice(later < 0 ? line.length : later, 0, waiting);
    });
    admit();
    return {
      letIn,
      leave: () => {
        pace.elapsed(line.length > 0, state === 'inside' ? weight : 0);
        if (state === 'inside') inside -= weight;
        else if (state === 'waiting') line.splice(line.indexOf(waiting as Waiting), 1);
        state = 'gone';
        admit();
        sendLateAway();
      },
    };
  }

  /** Before they give up: the line was taken for quicker than it is. */
  function sendLateAway(): void {
    const now = ticks();
    if (now - lookedAt < LOOK_MS) return;
    lookedAt = now;
    for (const late of line.filter(({ came }) => now - came > longest)) {
      line.splice(line.indexOf(late), 1);
      late.sendAway(tell(late.who, late, pace.timeFor(before(late))));
    }
  }

  function forgetNoShows(): void {
    const now = ticks();
    if (now - sweptAt < 1_000) return;
    sweptAt = now;
    for (const [who, { until }] of told) if (until < now) told.delete(who);
  }

  const weightBefore = (since: number, places: Iterable<Place>): number => {
    let sum = 0;
    for (const place of places) if (place.since < since) sum += place.weight;
    return sum;
  };

  const before = ({ since }: Place): number =>
    inside + weightBefore(since, line) + weightBefore(since, told.values());

  /** @param wait milliseconds until everything before it is answered */
  function tell(who: string | undefined, { since, weight }: Place, wait: number): ComeAgain {
    // A little early, so that the line never runs dry; not all at the same moment.
    const early = (wait - patience / 2) * (0.9 + random() / 5);
    const comeAgain = Math.min(Math.max(early, SOONEST_MS), LATEST_MS);
    if (who !== undefined && told.size < MOST_TOLD)
      told.set(who, { since, weight, until: ticks() + comeAgain + NO_SHOW_MS });
    return { comeAgain };
  }

  return {
    come: (who, weight) => {
      pace.elapsed(line.length > 0);
      forgetNoShows();
      sendLateAway();
      askings += 1;
      const since = (who === undefined ? undefined : told.get(who)?.since) ?? askings;
      if (who !== undefined) told.delete(who);
      const place = { since, weight };
      if (line.length === 0 && hasRoom(weight)) return queue(who, place);
      const wait = pace.timeFor(before(place));
      return wait <= patience ? queue(who, place) : tell(who, place, wait);
    },
  };
}
