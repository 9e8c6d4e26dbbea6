/** Figures of several runs as series over the number of records, and over connections for each amount of data. */
import { median, type Figure, type Unit } from '../report.ts';

export interface Measured {
  readonly figure: Figure;
  /** Records there were. */
  readonly size: number;
  /** Districts' worth of data that lay there, where connections are what grows. */
  readonly over?: number;
}

export interface Series {
  readonly name: string;
  readonly unit: Unit;
  /** What there was of it, and the median; ascending. A size at which it failed is missing. */
  readonly points: readonly (readonly [size: number, value: number])[];
}

const CONNECTIONS = '.connections-';

export function collected(all: readonly Measured[]): {
  readonly bySize: readonly Series[];
  readonly byConnections: readonly Series[];
} {
  const bySize = all.filter(({ over }) => over === undefined);
  const byConnections = all.filter(({ over }) => over !== undefined);
  return {
    bySize: seriesOf(bySize, ({ figure, size }) => [figure.bench, size]),
    byConnections: seriesOf(byConnections, ({ figure: { bench }, over }) => {
      const [name = '', connections = '0'] = bench.split(CONNECTIONS);
      return [`${name}, ${over} ${over === 1 ? 'district' : 'districts'}`, Number(connections)];
    }),
  };
}

function seriesOf(
  all: readonly Measured[],
  place: (one: Measured) => readonly [name: string, at: number],
): readonly Series[] {
  const found = new Map<string, { unit: Unit; points: (readonly [number, number])[] }>();
  for (const one of all) {
    const { ours, unit } = one.figure;
    const [name, at] = place(one);
    const series = found.get(name) ?? { unit, points: [] };
    if (!('failed' in ours) && ours.length > 0) series.points.push([at, median(ours)]);
    found.set(name, series);
  }
  return [...found].map(([name, { unit, points }]) => ({
    ...{ name, unit },
    points: points.toSorted(([one], [other]) => one - other),
  }));
}

/**
 * The power of the amount with which it grows between the last two sizes that are at least tenfold apart, or the first and last: 1 is as fast as the
 * data, 0 not at all. Undefined for what is a rate or a share, and with a single point.
 */
export function growthOf({ unit, points }: Series): number | undefined {
  const last = points.at(-1);
  if (unit === 'percent' || unit === 'perSecond' || !last) return undefined;
  const before = points.findLast(([size]) => size * 10 <= last[0]) ?? points[0];
  if (!before || before[0] === last[0]) return undefined;
  // What cannot be told from nothing grows by nothing.
  const [low, high] = [Math.max(before[1], LEAST), Math.max(last[1], LEAST)];
  return Math.log(high / low) / Math.log(last[0] / before[0]);
}

const LEAST = 0.01;
/** Faster than the data, by more than rounds differ. */
export const FASTER = 1.15;
