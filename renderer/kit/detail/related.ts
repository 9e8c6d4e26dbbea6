/** Which kinds of records point to this one, by which field. Derived from the registry. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Registry } from '../../../shared/core/registry.ts';

export interface Pointing {
  readonly entity: AnyEntity;
  readonly field: string;
}

/** Does this kind live on the page of what it points to by this field? The first reference says whose it is. */
export const isOwn = ({ entity, field }: Pointing): boolean =>
  entity.place === 'related' &&
  field === Object.entries(entity.fields as Fields).find(([, { kind }]) => kind === 'reference')?.[0];

/** Those that only live on other records' pages come first. Logs and rows do not point. */
export function pointingTo(
  registry: Registry,
  target: string,
  covered: readonly string[] = [],
): readonly Pointing[] {
  const all = [...registry.entities.values()]
    .filter((entity) => entity.place !== 'hidden' && !covered.includes(entity.name))
    .flatMap((entity) =>
      Object.entries(entity.fields as Fields)
        .filter(
          ([, field]) =>
            (field.kind === 'reference' || field.kind === 'references') && field.entity === target,
        )
        .map(([field]): Pointing => ({ entity, field })),
    );
  return all.sort(
    (one, other) => Number(other.entity.place === 'related') - Number(one.entity.place === 'related'),
  );
}
