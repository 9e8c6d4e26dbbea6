/** A history while it runs: the world, its computers with their troubles, and the luck of the present step. */
import type { Stepped } from '../random.ts';
import type { World, WorldDesk } from '../small-world.ts';
import type { Shell } from '../shell-in-process.ts';
import type { Displayed, Observed, Watched } from './observed.ts';
import type { Form } from './steps.ts';
import type { Trouble } from './trouble.ts';

/** What a desk knew after its last turn: the rows of the district, and the last line of its own journal. */
export interface Heard {
  readonly district: unknown;
  readonly line: number;
}

export interface Seat extends Watched {
  readonly handle: WorldDesk<Shell>;
  readonly trouble: Trouble;
  /** Open forms of the person who has unlocked the window, and the drafts of the others. */
  readonly forms: Map<string, Form[]>;
  /** What the author has before their eyes. */
  sight: Displayed;
  /** Whether the last turn taught this desk how far its clock is off. */
  knowsTime: boolean;
  /** The same when it last saved something. */
  knewTime: boolean;
  /** The last line of the journal that was looked at. */
  lookedAt: number;
  /** A turn whose request waits on a slow line, and how it goes on. */
  slow: { readonly goOn: () => Promise<void> } | undefined;
  /** A push that waits there, whatever the window asks meanwhile. */
  slowPush: { readonly goOn: () => Promise<void> } | undefined;
  /** Noted when all comes to rest. */
  heard?: Heard;
}

export interface Scene {
  readonly world: World<Shell>;
  readonly seats: Seat[];
  readonly observed: Observed;
  /** Of the present step: what people and their apps choose. */
  readonly random: Stepped;
  /** Of the present step: what the line does. */
  readonly weather: Stepped;
  step: number;
  isRough: boolean;
  /** Pushes that are still on their way although their desk has given up on them. */
  readonly late: (() => Promise<unknown>)[];
  /** Whether the district's process dies as soon as it has work to commit. */
  readonly district: { dies: boolean };
  /** Oldest first: each brings the district back as it was then, and the confirmed operations that it holds. */
  readonly backups: { readonly bringBack: () => Promise<void>; readonly holds: readonly string[] }[];
  /** How many texts the step has made. */
  words: number;
  /** A text that nobody has written before. */
  readonly word: () => string;
  readonly say: (note: string) => void;
}

export const idOf = (person: number): string => `person_${String(person + 1).padStart(26, '0')}`;

export const everybodyOf = ({ seats }: Scene): readonly string[] => [
  ...new Set(seats.flatMap(({ handle }) => handle.people.map(({ id }) => id))),
];
