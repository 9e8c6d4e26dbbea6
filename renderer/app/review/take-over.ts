/**
 * What waits for review, written in the reviewer's own name as they have put it right: their command, made from it, and the decision that
 * sends the author's back. Both are saved as one, so that neither counts without the other. Pure.
 */
import { mayTakeOver } from '../../../shared/core/review.ts';
import type { Command } from '../../../shared/core/command.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { ReviewItem } from '../../../shared/protocol/review.ts';
import type { Desk } from '../../core/desk.ts';

/** One text, that this person could have written: what was built on it would be left without its ground. */
export function canTakeOver(
  items: readonly ReviewItem[],
  desk: Pick<Desk, 'registry' | 'me' | 'get'>,
): boolean {
  const [{ operation } = {}] = items;
  const entity = operation && desk.registry.entities.get(operation.entity);
  if (!entity || items.length !== 1 || !isOneText(operation)) return false;
  const { roles } = desk.registry;
  const record = desk.get(operation.record)?.record;
  return mayTakeOver({ operation, record }, { entity, roles, actor: desk.me });
}

/** A form holds the values of a record, or one entry of one log. */
function isOneText({ append = {}, set, add, remove }: Operation): boolean {
  const entries = Object.values(append).flat();
  return entries.length === 0 || (entries.length === 1 && !set && !add && !remove);
}

/** @param values of the form: fields, or an entry under its log */
export function takeOver(
  operation: Operation,
  entity: AnyEntity,
  values: Values,
  words: string,
): readonly [Command, Command] {
  const { record, entity: name } = operation;
  const of = { entity: name, record };
  const decision: Command = { kind: 'decline', ...of, reviews: [operation.id], words };
  if (operation.kind === 'create')
    return [{ kind: 'create', ...of, area: operation.area ?? '', values }, decision];
  if (operation.kind === 'advance')
    return [{ kind: 'advance', ...of, to: operation.to ?? '', values }, decision];
  const [log] = Object.keys(operation.append ?? {});
  const isEntry = log !== undefined && entity.fields[log]?.merge === 'append';
  const append = isEntry ? { [log]: values[log] as Values } : undefined;
  return [{ kind: 'change', ...of, ...(append ? { append } : { values }) }, decision];
}
