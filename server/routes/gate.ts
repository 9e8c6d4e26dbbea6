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
      /** Resolves when its turn has come. */
      readonly letIn: Promise<void>;
      /** Call once it is answered or has hung up, as often as wanted: lets the next ones in. */
      readonly leave: () => void;
    }
  /** Milliseconds. */
  | { readonly comeAgain: number };

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
}

const SOONEST_MS = 2_000;
/** The estimate may be wrong, and nobody is to sleep while there is room. */
const LATEST_MS = 5 * 60_000;
/** Whoever does not come so long after the hour told has no place any more. */
const NO_SHOW_MS = 60_000;
const MOST_TOLD = 10_000;

interface Place {
  /** In the order of the first askings. */
  readonly since: number;
  readonly weight: number;
}

interface Waiting extends Place {
  readonly open: () => void;
}

interface Told extends Place {
  readonly until: number;
}

export function createGate({ ticks, random, most, patience, first }: GateGiven): Gate {
  const pace = createPace(ticks, first);
  /** By the first asking. */
  const line: Waiting[] = [];
  const told = new Map<string, Told>();
  let inside = 0;
  let askings = 0;
  let sweptAt = 0;

  const hasRoom = (weight: number): boolean => inside === 0 || inside + weight <= most;

  function admit(): void {
    for (let next = line[0]; next && hasRoom(next.weight); next = line[0]) {
      line.shift();
      inside += next.weight;
      next.open();
    }
  }

  function queue({ since, weight }: Place): Admission {
    let state: 'waiting' | 'inside' | 'gone' = 'waiting';
    let waiting: Waiting | undefined;
    const letIn = new Promise<void>((resolve) => {
      const open = (): void => {
        state = 'inside';
        resolve();
      };
      waiting = { since, weight, open };
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
      },
    };
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

  return {
    come: (who, weight) => {
      pace.elapsed(line.length > 0);
      forgetNoShows();
      askings += 1;
      const since = (who === undefined ? undefined : told.get(who)?.since) ?? askings;
      if (who !== undefined) told.delete(who);
      if (line.length === 0 && hasRoom(weight)) return queue({ since, weight });
      const ahead = inside + weightBefore(since, line) + weightBefore(since, told.values());
      const wait = pace.timeFor(ahead);
      if (wait <= patience) return queue({ since, weight });
      // A little early, so that the line never runs dry; not all at the same moment.
      const early = (wait - patience / 2) * (0.9 + random() / 5);
      const comeAgain = Math.min(Math.max(early, SOONEST_MS), LATEST_MS);
      if (who !== undefined && told.size < MOST_TOLD)
        told.set(who, { since, weight, until: ticks() + comeAgain + NO_SHOW_MS });
      return { comeAgain };
    },
  };
}
