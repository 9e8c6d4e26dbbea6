/** What this person may do with this record now. Only for the screen: decide says it again, here and at the district. */
import { mayDo, parseScope, type Actor, type Roles } from '../../../shared/core/access.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';

export interface Rights {
  readonly change: boolean;
  readonly advance: boolean;
  readonly withdraw: boolean;
  readonly restore: boolean;
  /** Logs still take entries after the record is closed. */
  readonly append: boolean;
  readonly isClosed: boolean;
}

export function rightsOn(entity: AnyEntity, record: RecordState, actor: Actor, roles: Roles): Rights {
  const scope = parseScope(record.scope);
  const may = (action: 'change' | 'advance' | 'withdraw'): boolean =>
    mayDo(actor, action, entity.access, scope, roles);
  const isHere = record.withdrawn === undefined;
  const stage = entity.stageField === undefined ? '' : String(record.values[entity.stageField]);
  const isClosed = stagesOf(entity)?.stages[stage]?.closed ?? false;
  return {
    change: isHere && !isClosed && may('change'),
    advance: isHere && may('advance'),
    withdraw: isHere && !isClosed && may('withdraw'),
    restore: !isHere && may('withdraw'),
    append: isHere && may('change'),
    isClosed,
  };
}
