/**
 * What a benchmark says: the median of its rounds for every side, one line of JSON for a figure, and a table for people that holds each
 * against its goal. A side that fails says so in its place; nothing is left out.
 */
import { goals, type Goal } from './goals.ts';

/** `perSecond`, `percent`: more is better; of all others less. */
export type Unit = 'ms' | 'MB' | 'perSecond' | 'percent';

/** One value a round, or why there is none. */
export type Side = readonly number[] | { readonly failed: string };

export interface Figure {
  /** `store.write`: the part, then what is measured. */
  readonly bench: string;
  readonly n: number;
  readonly unit: Unit;
  readonly ours: Side;
  readonly floor?: Side;
  readonly peers?: Readonly<Record<string, Side>>;
  /** What each side promises when it says that something is written, and what a reader must know to compare them. */
  readonly notes?: Readonly<Record<string, string>>;
}

export type Judged = 'met' | 'not met' | 'unknown' | 'no goal';

const MORE_IS_BETTER: readonly Unit[] = ['perSecond', 'percent'];
const SUFFIX: Readonly<Record<Unit, string>> = {
  ms: 'Ms',
  MB: 'MB',
  perSecond: 'PerSecond',
  percent: 'Percent',
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  if (upper === undefined) throw new Error('nothing was measured');
  return sorted.length % 2 === 0 && lower !== undefined ? (lower + upper) / 2 : upper;
}

/** The value below which `part` of all lie, 0 to 1. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

const isMeasured = (side: Side | undefined): side is readonly number[] =>
  Array.isArray(side) && side.length > 0;
const valueOf = (side: Side | undefined): number | undefined => (isMeasured(side) ? median(side) : undefined);

/** Four digits that mean something. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** How many times better ours is than another. */
function aheadOf(other: number, ours: number, unit: Unit): number {
  return MORE_IS_BETTER.includes(unit) ? ours / other : other / ours;
}

/** The form that performance.md gives, and beside it how far the rounds lay apart and what was wanted. */
export function jsonLine(figure: Figure): string {
  const { bench, n, unit, ours, floor, peers = {}, notes } = figure;
  const [mine, least] = [valueOf(ours), valueOf(floor)];
  const said = (side: Side): unknown => (isMeasured(side) ? rounded(median(side)) : side);
  const better = Object.entries(peers).flatMap(([name, side]) => {
    const other = valueOf(side);
    return mine === undefined || other === undefined ? [] : [[name, rounded(aheadOf(other, mine, unit))]];
  });
  const sides = { ours, ...(floor && { floor }), ...peers };
  const spread = Object.entries(sides).flatMap(([name, side]) =>
    isMeasured(side) ? [[name, [rounded(Math.min(...side)), rounded(Math.max(...side))]]] : [],
  );
  const goal = goals[bench];
  return JSON.stringify({
    bench,
    n,
    [`ours${SUFFIX[unit]}`]: said(ours),
    ...(floor && { [`floor${SUFFIX[unit]}`]: said(floor) }),
    peers: Object.fromEntries(Object.entries(peers).map(([name, side]) => [name, said(side)])),
    ...(mine !== undefined && least !== undefined && { ratioToFloor: rounded(mine / least) }),
    timesFasterThan: Object.fromEntries(better),
    rounds: isMeasured(ours) ? ours.length : 0,
    spread: Object.fromEntries(spread),
    ...(goal && { goal, judged: judge(figure) }),
    ...(notes && { notes }),
  });
}

/** `unknown` where a side that the goal speaks of has not been measured. */
export function judge(figure: Figure, goal: Goal | undefined = goals[figure.bench]): Judged {
  if (!goal) return 'no goal';
  const { unit, ours, floor, peers = {} } = figure;
  const mine = valueOf(ours);
  if (mine === undefined) return 'not met';
  const least = valueOf(floor);
  const ofFloor = least === undefined ? undefined : mine / least;
  const asked = (wanted: number | undefined, holds: (wanted: number) => boolean | undefined) =>
    wanted === undefined ? [] : [holds(wanted)];
  const answers = [
    ...asked(goal.most, (most) => mine <= most),
    ...asked(goal.least, (wanted) => mine >= wanted),
    ...asked(goal.mostOfFloor, (times) => (ofFloor === undefined ? undefined : ofFloor <= times)),
    ...asked(goal.leastOfFloor, (times) => (ofFloor === undefined ? undefined : ofFloor >= times)),
    ...Object.entries(goal.ahead ?? {}).map(([name, times]) => {
      const other = valueOf(peers[name]);
      return other === undefined ? undefined : aheadOf(other, mine, unit) >= times;
    }),
  ];
  if (answers.includes(false)) return 'not met';
  return answers.includes(undefined) ? 'unknown' : 'met';
}

/** One row a figure, in columns of even width. */
export function table(figures: readonly Figure[]): string {
  const head = ['figure', 'ours', 'floor', '× floor', 'peers (times behind ours)', 'goal', ''];
  const rows = figures.map((figure) => {
    const { bench, unit, ours, floor, peers = {} } = figure;
    const [mine, least] = [valueOf(ours), valueOf(floor)];
    const others = Object.entries(peers).map(([name, side]) => {
      const other = valueOf(side);
      const times =
        other === undefined || mine === undefined ? '' : ` (${shown(aheadOf(other, mine, unit))}×)`;
      return `${name} ${sideShown(side, unit)}${times}`;
    });
    return [
      bench,
      sideShown(ours, unit),
      floor ? sideShown(floor, unit) : '',
      mine === undefined || least === undefined ? '' : shown(mine / least),
      others.join(', '),
      goalShown(goals[bench], unit),
      goals[bench] ? judge(figure) : '',
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));
const UNITS: Readonly<Record<Unit, string>> = { ms: ' ms', MB: ' MB', perSecond: '/s', percent: ' %' };

const sideShown = (side: Side, unit: Unit): string =>
  isMeasured(side) ? `${shown(median(side))}${UNITS[unit]}` : 'failed' in side ? 'failed' : 'not measured';

function goalShown(goal: Goal | undefined, unit: Unit): string {
  if (!goal) return '';
  const { most, least, mostOfFloor, leastOfFloor, ahead = {} } = goal;
  return [
    ...(most === undefined ? [] : [`≤ ${most}${UNITS[unit]}`]),
    ...(least === undefined ? [] : [`≥ ${least}${UNITS[unit]}`]),
    ...(mostOfFloor === undefined ? [] : [`≤ ${mostOfFloor} × floor`]),
    ...(leastOfFloor === undefined ? [] : [`≥ ${leastOfFloor} × floor`]),
    ...Object.entries(ahead).map(([name, times]) => `${times} × ahead of ${name}`),
  ].join('; ');
}
