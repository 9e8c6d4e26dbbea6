/**
 * A small district for the tests of the core: people ask, it decides, numbers and plays. What a person has seen is said by hand, so
 * that a test reads as the story of who knew what: `asks(zhouMin, change({…}), { seen: 1 })`.
 */
import type { Actor } from '../access.ts';
import { operationOf, type Command } from '../command.ts';
import { decide } from '../decide.ts';
import type { AnyEntity } from '../entity.ts';
import type { Values } from '../field/base.ts';
import type { Operation, SharedWith } from '../operation.ts';
import type { RecordState } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import { errand, roles } from './errand.ts';
import { people } from '../../testing/town.ts';

export const EPOCH = 'epoch-1';
export const AT = '2026-11-23T02:00:00.000Z';
export const COMMITTEE = '310104007001';
export const RECORD = 'errand_00000000000000000000000001';

export const numbered = (kind: string, count: number): string => `${kind}_${String(count).padStart(26, '0')}`;

export const create = (values: Values = {}): Command => ({
  kind: 'create',
  entity: 'errand',
  record: RECORD,
  area: COMMITTEE,
  values: { title: '修楼道灯', helpers: [{ id: people.fanXiaoyan.id, title: '樊晓燕' }], ...values },
});
export const change = (
  values: Values,
  more: { settles?: string[]; append?: Record<string, Values> } = {},
): Command => ({
  kind: 'change',
  entity: 'errand',
  record: RECORD,
  values,
  ...more,
});
export const advance = (to: string, values: Values = {}): Command => ({
  kind: 'advance',
  entity: 'errand',
  record: RECORD,
  to,
  values,
});
export const withdraw: Command = { kind: 'withdraw', entity: 'errand', record: RECORD };
export const restore: Command = { kind: 'restore', entity: 'errand', record: RECORD };

export const share = (target: SharedWith): Command => ({
  kind: 'share',
  entity: 'errand',
  record: RECORD,
  with: target,
});
export const unshare = (target: SharedWith): Command => ({
  kind: 'unshare',
  entity: 'errand',
  record: RECORD,
  with: target,
});
export const move = (area: string): Command => ({ kind: 'move', entity: 'errand', record: RECORD, area });

export interface Known {
  /** The sequence up to which the author had pulled; everything unless told. */
  readonly seen?: number;
  /** Own operations of the author that the basis does not contain. */
  readonly after?: readonly string[];
  /** What the form showed where it is not the record at `seen`. */
  readonly shown?: RecordState;
}

export interface Story {
  readonly entity: AnyEntity;
  /** What the author's desk sends; not judged yet. */
  readonly writes: (author: Actor, command: Command, known?: Known) => Operation;
  /** Judged in the order of these calls. */
  readonly judges: (operation: Operation) => Result<RecordState, Refusal>;
  readonly asks: (author: Actor, command: Command, known?: Known) => Result<RecordState, Refusal>;
  readonly record: () => RecordState;
  /** As it was at that sequence. */
  readonly at: (seq: number) => RecordState | undefined;
  readonly head: () => number;
  readonly confirmed: () => readonly Operation[];
}

export function tellStory(entity: AnyEntity = errand): Story {
  const states: (RecordState | undefined)[] = [undefined];
  const confirmed: Operation[] = [];
  const actors = new Map<string, Actor>();
  let count = 0;
  const head = (): number => states.length - 1;

  const writes: Story['writes'] = (
    author,
    command,
    { seen = head(), after = [], shown = states[seen] } = {},
  ) => {
    actors.set(author.id, author);
    count += 1;
    return operationOf(command, entity, {
      id: numbered('operation', count),
      author: author.id,
      device: 'device-1',
      at: AT,
      after,
      seen: shown,
      basis: { epoch: EPOCH, seq: seen },
      newEntryId: () => numbered('entry', count),
      temporaryNumber: `临-D1-${count}`,
    });
  };
  const judges: Story['judges'] = (operation) => {
    const actor = actors.get(operation.author) ?? { id: operation.author, grants: [] };
    const decided = decide(states.at(-1), operation, { entity, roles, actor, epoch: EPOCH, seq: head() + 1 });
    if (decided.ok) {
      states.push(decided.value);
      confirmed.push(operation);
    }
    return decided;
  };
  return {
    entity,
    writes,
    judges,
    asks: (author, command, known) => judges(writes(author, command, known)),
    record: () => {
      const record = states.at(-1);
      if (!record) throw new Error('the story has no record yet');
      return record;
    },
    at: (seq) => states[seq],
    head,
    confirmed: () => confirmed,
  };
}
