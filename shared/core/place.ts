/**
 * Where a record lies after an operation: its area, its home scope and the scopes that it is shared into. The home follows from area
 * and values alone, so that whoever plays the same operations finds the record in the same place.
 *
 * A record that is given to another area stays shared with people, who were chosen by name, and no longer with areas; one that changes
 * its class, and with it who needs to know, begins anew.
 */
import { homeScopeOf, type AnyEntity } from './entity.ts';
import type { Values } from './field/base.ts';
import type { Operation, SharedWith } from './operation.ts';
import type { RecordState } from './record.ts';
import { areaScope, parseScope, scopeName, type Scope } from './scope.ts';

export interface Place {
  readonly area: string;
  readonly scope: string;
  readonly shares: readonly string[];
}

/** What only says where a record lies, and never what it holds. */
export const isPlacing = (kind: Operation['kind']): boolean =>
  kind === 'share' || kind === 'unshare' || kind === 'move';

export function placeAfter(
  start: RecordState,
  operation: Operation,
  entity: AnyEntity,
  values: Values,
): Place {
  const isMove = operation.kind === 'move';
  const area = isMove ? (operation.area ?? start.area) : start.area;
  const home = homeScopeOf(entity, { record: start.id, area, values });
  // Without its deciding reference a record stays where it was, and a new one where nobody reads it; `decide` lets neither through.
  const scope = home ? scopeName(home) : start.scope;
  const shares = new Set(scope === start.scope || isMove ? start.shares : []);
  if (scope !== start.scope) for (const name of shares) if (!isPersons(name)) shares.delete(name);

  const target = home && operation.with && shareTarget(home, operation.with);
  if (target && operation.kind === 'share') shares.add(scopeName(target));
  if (target && operation.kind === 'unshare') shares.delete(scopeName(target));
  shares.delete(scope);
  return { area, scope, shares: [...shares].sort() };
}

const isPersons = (name: string): boolean => parseScope(name)?.form === 'person';

/** The scope that sharing leads into: one person, or the home's own class in another area; undefined where that home is not shared so. */
export function shareTarget(home: Scope, target: SharedWith): Scope | undefined {
  if (home.form === 'readers') return undefined;
  if ('person' in target) return { form: 'person', person: target.person };
  return home.form === 'area' ? areaScope(target.area, home.class) : undefined;
}
