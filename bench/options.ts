/** What `npm run bench` and its parts may be told; the same words for all of them. */
import { parseArgs } from 'node:util';

export type Browser = 'electron' | 'chromium';

export interface Options {
  /** Records in every measurement. */
  readonly n: number;
  readonly rounds: number;
  /** Where pages run; what needs the main process runs in Electron alone. */
  readonly browser: Browser;
  /** The lines of JSON are written here as well. */
  readonly json?: string;
  /** Rows of performance.md by their letters, in lower case; Δ is `delta`. All of them where nothing is said. */
  readonly only?: ReadonlySet<string>;
  /** Only these take part: `ours`, `floor`, or a peer by its name. Growth is measured without peers. */
  readonly sides?: ReadonlySet<string>;
  /** Writes a CPU profile of the product's side of every page into this folder. */
  readonly profile?: string;
}

const DEFAULTS = { n: 100_000, rounds: 3, browser: 'electron' } as const satisfies Options;

export const USAGE =
  '[--n 100000] [--rounds 3] [--browser electron|chromium] [--only w,o,q] [--sides ours,floor] [--json FILE] [--profile FOLDER]';

/** Throws with a sentence for whoever typed it. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      n: { type: 'string' },
      rounds: { type: 'string' },
      browser: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string' },
      sides: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const { browser = DEFAULTS.browser, json, only, sides, profile } = values;
  if (browser !== 'electron' && browser !== 'chromium')
    throw new Error(`--browser is electron or chromium, not ${browser}`);
  return {
    n: wholeOf('--n', values.n, DEFAULTS.n),
    rounds: wholeOf('--rounds', values.rounds, DEFAULTS.rounds),
    browser,
    ...(json !== undefined && { json }),
    ...(only !== undefined && { only: new Set(only.toLowerCase().replaceAll('δ', 'delta').split(',')) }),
    ...(sides !== undefined && { sides: new Set(sides.split(',')) }),
    ...(profile !== undefined && { profile }),
  };
}

function wholeOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(count) || count < 1) throw new Error(`${name} is a whole number from 1, not ${text}`);
  return count;
}

/** @param rows letters of performance.md, in lower case */
export const wants = ({ only }: Options, ...rows: readonly string[]): boolean =>
  only === undefined || rows.some((row) => only.has(row));

/** @param all of one measurement */
export const takingPart = <T extends string>({ sides }: Options, all: readonly T[]): readonly T[] =>
  all.filter((name) => sides === undefined || sides.has(name));
