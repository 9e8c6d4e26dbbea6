/**
 * The sides of a measurement in turn, round after round (ABC, ABC), so that a machine that grows warm helps nobody. A side that fails
 * is not asked again; the others go on.
 */
import type { Side } from './report.ts';

export type Measures = Readonly<Record<string, number>>;

/** A side that has no such measure. */
export const NOT_MEASURED = 'was not measured';

/** What one side does once; one or several measures come of it. */
export type Work = (round: number) => Promise<Measures>;

/** By side, then by measure. */
export type Measured = ReadonlyMap<string, SideResult>;

export interface SideResult {
  readonly of: (measure: string) => Side;
}

export async function inTurn(
  sides: Readonly<Record<string, Work>>,
  rounds: number,
  say: (line: string) => void = () => undefined,
): Promise<Measured> {
  const values = new Map(Object.keys(sides).map((name) => [name, new Map<string, number[]>()]));
  const failures = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, work] of Object.entries(sides)) {
      if (failures.has(name)) continue;
      try {
        const measures = await work(round);
        const of = values.get(name);
        for (const [measure, value] of Object.entries(measures))
          of?.set(measure, [...(of.get(measure) ?? []), value]);
        say(`round ${round + 1}, ${name}: ${summary(measures)}`);
      } catch (problem) {
        const [failed = ''] = (problem instanceof Error ? problem.message : String(problem)).split('\n');
        failures.set(name, failed);
        say(`round ${round + 1}, ${name} failed: ${failed}`);
      }
    }
  }
  return new Map(
    [...values].map(([name, of]) => {
      const failed = failures.get(name);
      const result = (measure: string): Side =>
        failed === undefined ? (of.get(measure) ?? { failed: NOT_MEASURED }) : { failed };
      return [name, { of: result }];
    }),
  );
}

const summary = (measures: Measures): string =>
  Object.entries(measures)
    .map(([measure, value]) => `${measure} ${Number(value.toPrecision(4))}`)
    .join(', ');

/** One measure of the sides that are named, as a figure's peers. */
export const peersIn = (
  measured: Measured,
  names: readonly string[],
  measure: string,
): Readonly<Record<string, Side>> =>
  Object.fromEntries(names.map((name) => [name, sideIn(measured, name, measure)]));

export const sideIn = (measured: Measured, name: string, measure: string): Side =>
  measured.get(name)?.of(measure) ?? { failed: NOT_MEASURED };
