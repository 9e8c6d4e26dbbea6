/** What a seed means: who sits where, and the steps of its history with the luck of each. */
import { createRandom, type Random } from '../random.ts';
import { happenings, OLDER_APP } from './happenings.ts';
import { PEOPLE, type History, type Step } from './notation.ts';
import { deeds } from './steps.ts';
import { crashPoints } from './trouble.ts';

const MOST_DESKS = 6;
/** Of every hundred steps so many happen to a desk or to the district; in all others somebody does something. */
const HAPPENING = 0.5;
const OLDER = 0.15;

/** @param length of steps after the first ones, in which everybody registers something and learns of the others' */
export function planOf(seed: number, length: number): History {
  const random = createRandom(seed);
  const desks = peopleAt(random);
  const steps = [...beginning(random, desks.length)];
  for (let count = 0; count < length; count++) {
    // What was lost is looked through while the journals have not brought it back.
    const isToApprove = steps.at(-1)?.what === 'restore' && random.chance(0.6);
    steps.push(isToApprove ? { desk: 0, what: 'approve', ...calm } : anyStep(random, desks.length));
  }
  return {
    seed,
    desks,
    steps: steps.map((step, index) => ({ ...step, n: index + 1, luck: Math.floor(random.next() * 2 ** 32) })),
  };
}

const calm = { isRough: false, cut: undefined };

type Unnumbered = Omit<Step, 'n' | 'luck'>;

/** Two to six computers; few are many often enough. One or two have a second user, who may be somebody new or sit at another one as well. */
function peopleAt(random: Random): readonly (readonly number[])[] {
  const count = Math.min(MOST_DESKS, 2 + random.whole(3) + Number(random.chance(0.15)) * random.whole(3));
  const desks = Array.from({ length: count }, (_, index) => [index]);
  for (let more = random.whole(3); more > 0; more--) {
    const person = (count + random.whole(2)) % PEOPLE.length;
    const desk = random.pick(desks);
    if (!desk.includes(person)) desk.push(person);
  }
  return desks;
}

/** Some computers have an older app; some records that everybody knows. */
function* beginning(random: Random, desks: number): Iterable<Unnumbered> {
  for (let desk = 1; desk <= desks; desk++)
    if (random.chance(OLDER)) yield { desk, what: OLDER_APP, ...calm };
  for (let desk = 1; desk <= desks; desk++) {
    yield { desk, what: 'register', ...calm };
    yield { desk, what: 'register', ...calm };
    yield { desk, what: 'carry', ...calm };
  }
  for (let desk = 1; desk <= desks; desk++) yield { desk, what: 'turn', ...calm };
}

function anyStep(random: Random, desks: number): Unnumbered {
  const isHappening = random.chance(HAPPENING);
  const what = isHappening ? weighted(random, happenings) : weighted(random, deeds);
  const isOfDistrict = isHappening && happenings[what]?.[2] === 'district';
  const isCut = !isOfDistrict && random.chance(0.05);
  return {
    desk: isOfDistrict ? 0 : 1 + random.whole(desks),
    what,
    isRough: random.chance(0.8),
    cut: isCut ? random.pick(crashPoints) : undefined,
  };
}

function weighted(
  random: Random,
  from: Readonly<Record<string, readonly [unknown, number, ...unknown[]]>>,
): string {
  const all = Object.entries(from);
  let left = random.next() * all.reduce((sum, [, [, weight]]) => sum + weight, 0);
  const found = all.find(([, [, weight]]) => (left -= weight) < 0);
  return found?.[0] ?? all[0]?.[0] ?? '';
}
