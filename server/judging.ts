/** What the judge is given anew for every batch: the rules, the time, the district's word, and the areas' short names. */
import type { Judging } from './judge/bench.ts';
import type { DistrictKeys } from './keys.ts';
import type { Registry } from '../shared/core/registry.ts';
import type { Writing } from './ledger/transactor.ts';

export interface JudgingGiven {
  readonly registry: Registry;
  readonly keys: Pick<DistrictKeys, 'mac'>;
  /** Where official numbers find the areas' short names: an entity and two of its fields. */
  readonly areas?: { readonly entity: string; readonly code: string; readonly shortName: string };
  readonly onFailure?: Judging['onFailure'];
}

const AREAS = { entity: 'area', code: 'code', shortName: 'shortName' };

export function judgingOf(
  { registry, keys, areas = AREAS, onFailure }: JudgingGiven,
  instant: () => string,
): () => Judging {
  // A directory of hundreds is read again only where anything of it has changed, by whichever process.
  let kept: { readonly as: string; readonly values: AreaValues } | undefined;
  const valuesOfAreas = async (writing: Writing): Promise<AreaValues> => {
    const { epoch } = await writing.head();
    const as = `${epoch}/${await writing.lastChangeOf(areas.entity)}`;
    if (kept?.as !== as) kept = { as, values: await valuesOf(writing, areas.entity) };
    return kept.values;
  };
  return () => {
    // Of one batch, in one transaction: looked at once, however many areas it is about.
    let known: Promise<AreaValues> | undefined;
    return {
      registry,
      now: instant(),
      mac: keys.mac,
      areaName: async (writing, code) => {
        const values = await (known ??= valuesOfAreas(writing));
        return String(values.find((area) => area[areas.code] === code)?.[areas.shortName] ?? code);
      },
      ...(onFailure && { onFailure }),
    };
  };
}

type AreaValues = readonly Readonly<Record<string, unknown>>[];

const valuesOf = async (writing: Writing, entity: string): Promise<AreaValues> =>
  (await writing.recordsOf(entity)).map(
    ({ text }) => (JSON.parse(text) as { readonly values: Record<string, unknown> }).values,
  );
