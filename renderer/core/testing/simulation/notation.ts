/**
 * A history, as it is written down: who sits where, and one line a step. Each step draws its luck from a number of its own, so any of them
 * can be left out and the others stay what they were.
 *
 *     seed 4711
 *     desk D1: 周敏, 陈国栋
 *     desk D2: 樊晓燕
 *       1  D1 register        1f2e3d4c  -- 周敏 creates matter …7Q
 *      12  D2 turn ~          9f3a01cc  -- pull lost
 *      13  D2 edit !after-append  00aa11ff  -- the power goes off
 *      14  district restore   77aa0b1c
 *
 * `~`: the line is rough in this step (lost, doubled, late, cut). `!point`: there the power goes off. What stands behind `--` is what came
 * of it and is not read back; nor is a line that begins with `#`.
 */
import { crashPoints, type CrashPoint } from './trouble.ts';

export interface Step {
  /** Its place in the history as it was first made. */
  readonly n: number;
  /** 0 is the district. */
  readonly desk: number;
  readonly what: string;
  readonly luck: number;
  readonly isRough: boolean;
  readonly cut: CrashPoint | undefined;
}

export interface History {
  readonly seed: number;
  /** By desk, the people who use it, as places in `PEOPLE`. */
  readonly desks: readonly (readonly number[])[];
  readonly steps: readonly Step[];
}

export const PEOPLE = ['周敏', '陈国栋', '樊晓燕', '沈丽娟', '马丽', '何静', '顾建华', '陆小萍'];

/** @param told what came of each step, by its number */
export function written(history: History, told: ReadonlyMap<number, readonly string[]> = new Map()): string {
  return [
    `seed ${history.seed}`,
    ...history.desks.map(
      (people, index) => `desk D${index + 1}: ${people.map((one) => PEOPLE[one]).join(', ')}`,
    ),
    ...history.steps.map((step) => {
      const notes = told.get(step.n) ?? [];
      return lineOf(step) + (notes.length > 0 ? `  -- ${notes.join('; ')}` : '');
    }),
  ].join('\n');
}

const lineOf = ({ n, desk, what, luck, isRough, cut }: Step): string => {
  const where = desk === 0 ? 'district' : `D${desk}`;
  const how = `${isRough ? ' ~' : ''}${cut === undefined ? '' : ` !${cut}`}`;
  return `${String(n).padStart(4)}  ${`${where} ${what}${how}`.padEnd(32)} ${luck.toString(16).padStart(8, '0')}`;
};

const STEP = /^\s*(\d+)\s+(D\d|district) ([a-z][a-z -]*?)( ~)?(?: !([a-z-]+))?\s+([0-9a-f]{8})(?:\s+--.*)?$/;

/** Throws at a line that says nothing. */
export function read(text: string): History {
  let seed = 0;
  const desks: number[][] = [];
  const steps: Step[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, name, value = ''] = /^(seed|desk D\d:) (.*)$/.exec(line.trim()) ?? [];
    if (name === 'seed') seed = Number(value);
    else if (name !== undefined) desks.push(value.split(', ').map((person) => placeOf(person.trim())));
    else steps.push(stepIn(line));
  }
  return { seed, desks, steps };
}

function placeOf(person: string): number {
  const place = PEOPLE.indexOf(person);
  if (place < 0) throw new Error(`nobody is called ${person}`);
  return place;
}

function stepIn(line: string): Step {
  const [, n, where, what, rough, cut, luck] = STEP.exec(line) ?? [];
  if (n === undefined || where === undefined || what === undefined || luck === undefined)
    throw new Error(`not a step: ${line}`);
  const point = crashPoints.find((one) => one === cut);
  if (cut !== undefined && point === undefined) throw new Error(`no such point: ${cut}`);
  return {
    n: Number(n),
    desk: where === 'district' ? 0 : Number(where.slice(1)),
    what,
    luck: Number.parseInt(luck, 16),
    isRough: rough !== undefined,
    cut: point,
  };
}
