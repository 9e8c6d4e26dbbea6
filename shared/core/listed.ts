/** What lists do with an entity's fields, from its declaration: which ones they sort by, and which ones filter, count and point. */
import type { AnyEntity } from './entity.ts';
import type { AnyField, Fields } from './field/field.ts';

export interface Listed {
  readonly sorted: readonly string[];
  readonly grouped: readonly string[];
}

/** Kinds with a closed set of values, and pointers. */
const GROUPED: ReadonlySet<AnyField['kind']> = new Set([
  'choice',
  'choices',
  'yesNo',
  'stages',
  'reference',
  'references',
]);
/** Several values in one have no order that people expect. */
const UNSORTED: ReadonlySet<AnyField['kind']> = new Set([
  'rows',
  'entries',
  'references',
  'choices',
  'address',
  'attachments',
]);

const known = new WeakMap<AnyEntity, Listed>();

/** Every record's own area groups it as well. */
export function listedIn(entity: AnyEntity): Listed {
  const remembered = known.get(entity);
  if (remembered) return remembered;
  const fields = entity.fields as Fields;
  const isSorted = (name: unknown): name is string =>
    typeof name === 'string' && fields[name] !== undefined && !UNSORTED.has(fields[name].kind);
  const isGrouped = (name: string): boolean =>
    name !== 'area' && fields[name] !== undefined && GROUPED.has(fields[name].kind);
  const listed = {
    sorted: [...new Set([entity.list.sort?.field, ...entity.list.columns].filter(isSorted))].sort(),
    grouped: ['area', ...Object.keys(fields).filter(isGrouped).sort()],
  };
  known.set(entity, listed);
  return listed;
}
