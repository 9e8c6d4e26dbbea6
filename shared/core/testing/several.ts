/**
 * A small district with several records of one kind, and desks that know different things at different times: for what is said of two
 * records. Records are named by number; what a desk shows is its base with its own unconfirmed operations on top.
 */
import type { Actor } from '../access.ts';
import { operationOf, type Command } from '../command.ts';
import { decideTogether } from '../decide-together.ts';
import type { AnyEntity } from '../entity.ts';
import type { Values } from '../field/base.ts';
import type { Operation } from '../operation.ts';
import { rebaseTogether, type Unconfirmed } from '../rebase.ts';
import type { RecordState } from '../record.ts';
import type { Refusal } from '../refusal.ts';
import type { Result } from '../result.ts';
import { errand, roles } from './errand.ts';
import { AT, COMMITTEE, EPOCH, numbered } from './story.ts';
import { people } from '../../testing/town.ts';

export const named = (count: number): string => numbered('errand', count);

export const born = (count: number, values: Values = {}, area = COMMITTEE): Command => ({
  kind: 'create',
  entity: 'errand',
  record: named(count),
  area,
  values: { title: '修楼道灯', helpers: [{ id: people.fanXiaoyan.id, title: '樊晓燕' }], ...values },
});
export const edit = (
  count: number,
  values: Values,
  append?: Record<string, Values>,
): Command & { kind: 'change' } => ({
  kind: 'change',
  entity: 'errand',
  record: named(count),
  values,
  ...(append && { append }),
});
const pairing =
  (kind: 'merge' | 'unmerge' | 'distinguish') =>
  (count: number, other: number): Command => ({
    kind,
    entity: 'errand',
    record: named(count),
    other: named(other),
  });
export const merge = pairing('merge');
export const unmerge = pairing('unmerge');
export const distinguish = pairing('distinguish');

export type Shown = ReadonlyMap<string, RecordState>;

export interface SmallDesk {
  readonly shown: () => Shown;
  readonly pull: () => void;
  /** Written on what is shown; stands as unconfirmed until the district has judged it. */
  readonly writes: (command: Command) => Operation;
  /** The district judges the oldest that waits. @returns undefined where nothing does */
  readonly sends: () => Result<readonly RecordState[], Refusal> | undefined;
  /** Writes, sends whatever waits, and pulls. @returns the last verdict */
  readonly asks: (command: Command) => Result<readonly RecordState[], Refusal> | undefined;
}

export interface SmallDistrict {
  readonly desk: (author: Actor) => SmallDesk;
  readonly records: () => Shown;
  readonly record: (count: number) => RecordState;
  readonly head: () => number;
}

export function tellOfSeveral(entity: AnyEntity = errand): SmallDistrict {
  let records: Shown = new Map();
  let head = 0;
  let count = 0;

  const judge = (operation: Operation, actor: Actor): Result<readonly RecordState[], Refusal> => {
    const find = (id: string): RecordState | undefined => records.get(id);
    const decided = decideTogether(find, operation, { entity, roles, actor, epoch: EPOCH, seq: head + 1 });
    if (decided.ok) {
      records = new Map([...records, ...decided.value.map((record) => [record.id, record] as const)]);
      head += decided.value.length;
    }
    return decided;
  };

  function desk(author: Actor): SmallDesk {
    let bases: Shown = new Map();
    let unconfirmed: Unconfirmed[] = [];
    const shown = (): Shown => rebaseTogether(bases, unconfirmed, { entity, epoch: EPOCH });
    const pull = (): void => {
      bases = records;
      unconfirmed = unconfirmed.filter(
        ({ operation, seq }) => seq === null || seq > (bases.get(operation.record)?.seq ?? 0),
      );
    };
    const writes = (command: Command): Operation => {
      count += 1;
      const now = shown();
      const seen = now.get(command.record);
      const operation = operationOf(command, entity, {
        id: numbered('operation', count),
        author: author.id,
        device: 'device-1',
        at: AT,
        after: unconfirmed.map(({ operation: { id } }) => id),
        seen,
        seenOther: 'other' in command ? now.get(command.other) : undefined,
        basis: { epoch: EPOCH, seq: bases.get(command.record)?.seq ?? 0 },
        newEntryId: () => numbered('entry', count),
        temporaryNumber: `临-D1-${count}`,
      });
      unconfirmed.push({ operation, seq: null });
      return operation;
    };
    const sends: SmallDesk['sends'] = () => {
      const place = unconfirmed.findIndex(({ seq }) => seq === null);
      const next = unconfirmed[place];
      if (!next) return undefined;
      const seq = head + 1;
      const decided = judge(next.operation, author);
      if (decided.ok) unconfirmed[place] = { ...next, seq };
      else unconfirmed = unconfirmed.filter((one) => one !== next);
      return decided;
    };
    return {
      shown,
      pull,
      writes,
      sends,
      asks: (command) => {
        writes(command);
        let last: ReturnType<SmallDesk['sends']>;
        for (let said = sends(); said; said = sends()) last = said;
        pull();
        return last;
      },
    };
  }

  return {
    desk,
    records: () => records,
    record: (number) => {
      const record = records.get(named(number));
      if (!record) throw new Error('the story has no such record');
      return record;
    },
    head: () => head,
  };
}
