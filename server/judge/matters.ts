/** The confidential matters that decide about an operation: whom they name may do it. */
import { homeScopeOf, type AnyEntity } from '../../shared/core/entity.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { parseScope, type Scope } from '../../shared/core/scope.ts';

/** Ids of the matters in whose scopes the record lies, and of the one that it is written into. */
export function mattersOf(
  operation: Operation,
  record: RecordState | undefined,
  entities: ReadonlyMap<string, AnyEntity>,
): readonly string[] {
  const lies = record ? [record.scope, ...(record.shares ?? [])].map(parseScope) : [];
  const entity = entities.get(operation.entity);
  const joins =
    entity && 'readersOf' in entity.scope
      ? homeScopeOf(entity, { record: operation.record, area: '', values: operation.set ?? {} })
      : undefined;
  return [...new Set([...lies, joins].flatMap(matterIn))];
}

const matterIn = (scope: Scope | undefined): string | [] => (scope?.form === 'readers' ? scope.record : []);
