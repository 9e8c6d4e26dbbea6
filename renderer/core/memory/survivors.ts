/** Which record stands for one that was merged, as far as it is here. Itself for nearly all. */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Links } from './links.ts';

export interface Survivors {
  /** The record that stands for this one now. */
  readonly survivorOf: (id: string) => string;
  /** Ids that lead to the same record, the record's own first. */
  readonly idsFor: (id: string) => readonly string[];
}

export function createSurvivors(
  links: Pick<Links, 'around'>,
  shownOf: (id: string) => RecordState | undefined,
): Survivors {
  function survivorOf(id: string): string {
    const around = links.around(id);
    if (around.length === 1) return id;
    // Over what is not here as well: the one behind it may be.
    const met = new Set<string>();
    let last = id;
    for (let current: string | undefined = id; current !== undefined && !met.has(current);) {
      met.add(current);
      const record = shownOf(current);
      if (record) last = current;
      current = record ? record.merged?.into : absorberOf(current, around);
    }
    return last;
  }

  /** For whoever reads the survivor alone. */
  const absorberOf = (id: string, around: readonly string[]): string | undefined =>
    around.find((other) => shownOf(other)?.absorbed?.includes(id));

  function idsFor(id: string): readonly string[] {
    const around = links.around(id);
    if (around.length === 1) return around;
    const survivor = survivorOf(id);
    return [survivor, ...around.filter((one) => one !== survivor && survivorOf(one) === survivor)];
  }

  return { survivorOf, idsFor };
}
