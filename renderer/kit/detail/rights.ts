/** What this person may do with this record now. Only for the screen: decide says it again, here and at the district. */
import { mayDoTo, type Action, type Actor, type Roles } from '../../../shared/core/access.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { parseScope } from '../../../shared/core/scope.ts';

export interface Rights {
  readonly change: boolean;
  readonly advance: boolean;
  readonly withdraw: boolean;
  readonly restore: boolean;
  /** Logs still take entries after the record is closed. */
  readonly append: boolean;
  /** With others; a confidential matter names its readers instead. */
  readonly share: boolean;
  /** Taking a share back, also of a withdrawn record. */
  readonly unshare: boolean;
  /** To another area. */
  readonly move: boolean;
  /** Said to be one with another record, or not. */
  readonly merge: boolean;
  readonly isClosed: boolean;
}

export function rightsOn(entity: AnyEntity, record: RecordState, actor: Actor, roles: Roles): Rights {
  const may = (action: Action): boolean => mayDoTo(actor, action, entity.access, record, roles);
  // What another record stands for is changed there.
  const isHere = record.withdrawn === undefined && record.merged === undefined;
  const stage = entity.stageField === undefined ? '' : String(record.values[entity.stageField]);
  const isClosed = stagesOf(entity)?.stages[stage]?.closed ?? false;
  const home = parseScope(record.scope)?.form;
  return {
    change: isHere && !isClosed && may('change'),
    advance: isHere && may('advance'),
    withdraw: isHere && !isClosed && may('withdraw'),
    restore: record.withdrawn !== undefined && may('withdraw'),
    append: isHere && may('change'),
    share: isHere && home !== 'readers' && may('share'),
    unshare: home !== 'readers' && may('share'),
    move: isHere && !isClosed && home === 'area' && may('move'),
    merge: isHere && entity.duplicates !== undefined && may('merge'),
    isClosed,
  };
}
