/** Who meets a record, in people's terms: those of an area, one person, the named readers of a confidential matter. Pure. */
import { readersIn, type AnyEntity } from '../../../shared/core/entity.ts';
import type { SharedWith } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { parseScope } from '../../../shared/core/scope.ts';
import type { Desk } from '../../core/desk.ts';

export type Viewers =
  | { readonly kind: 'area'; readonly area: string }
  | { readonly kind: 'person'; readonly person: string }
  /** Empty where the matter behind it is not here. */
  | { readonly kind: 'readers'; readonly people: readonly string[] };

type Reading = Pick<Desk, 'get' | 'registry'>;

export function homeViewers(record: RecordState, entity: AnyEntity, desk: Reading): Viewers | undefined {
  const home = parseScope(record.scope);
  if (!home) return undefined;
  if (home.form === 'area') return { kind: 'area', area: home.area };
  if (home.form === 'person') return { kind: 'person', person: home.person };
  const matter = home.record === record.id ? record : desk.get(home.record)?.record;
  const declared = matter === record ? entity : matter && desk.registry.entities.get(matter.entity);
  return { kind: 'readers', people: matter && declared ? readersIn(declared, matter.values) : [] };
}

/** People first, then areas, as `share` and `unshare` name them. */
export function sharesOf({ shares = [] }: Pick<RecordState, 'shares'>): readonly SharedWith[] {
  const scopes = shares.flatMap((name) => parseScope(name) ?? []);
  return [
    ...scopes.flatMap((scope) => (scope.form === 'person' ? [{ person: scope.person }] : [])),
    ...scopes.flatMap((scope) => (scope.form === 'area' ? [{ area: scope.area }] : [])),
  ];
}

const DISTRICT_DIGITS = 6;

/** Areas of the record's district that could have it as well, or instead. */
export function otherAreas<T extends { readonly code: string }>(
  areas: readonly T[],
  home: string,
): readonly T[] {
  const district = home.slice(0, DISTRICT_DIGITS);
  return areas
    .filter(({ code }) => code.startsWith(district) && code !== home)
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}
