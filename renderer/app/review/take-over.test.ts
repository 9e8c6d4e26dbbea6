import { expect, test } from 'vitest';
import type { Actor } from '../../../shared/core/access.ts';
import { operationOf, type Command } from '../../../shared/core/command.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { play } from '../../../shared/core/play.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { registry } from '../../../shared/modules/index.ts';
import type { ReviewItem } from '../../../shared/protocol/review.ts';
import { town } from '../../../shared/testing/town.ts';
import { canTakeOver, takeOver } from './take-over.ts';

const { zhouMin, chenGuodong, wuGuifang } = town.people;
const AREA = town.areas.jiangnan.code;
const resident = registry.entities.get('resident') as AnyEntity;
const mediation = registry.entities.get('mediation') as AnyEntity;
const idOf = (kind: string, count: number): string => `${kind}_${String(count).padStart(26, '0')}`;

function written(entity: AnyEntity, command: Command, count = 1): Operation {
  return operationOf(command, entity, {
    id: idOf('operation', count),
    author: zhouMin.id,
    device: idOf('device', 1),
    at: '2026-11-23T09:00:00.000Z',
    after: [],
    seen: undefined,
    basis: { epoch: 'e1', seq: 1 },
    newEntryId: () => idOf('entry', 1),
  });
}
const create = (entity: AnyEntity, values: Record<string, unknown>): Operation =>
  written(entity, { kind: 'create', entity: entity.name, record: idOf(entity.name, 1), area: AREA, values });
const waiting = (...operations: readonly Operation[]): readonly ReviewItem[] =>
  operations.map((operation) => ({
    operation,
    reason: { code: 'access' },
    why: 'post',
    receivedAt: operation.at,
    device: 'D1',
  }));
const deskOf = (me: Pick<Actor, 'id' | 'grants'>, of?: Operation) => {
  const record = of && play(undefined, of, { entity: resident, seq: 1, basis: 0 });
  return {
    registry,
    me: { ...me, name: '', isNamed: () => false },
    get: (id: string) => (record && id === record.id ? { record, pending: 0, isNew: false } : undefined),
  } as unknown as Parameters<typeof canTakeOver>[1];
};
const remark = written(
  resident,
  { kind: 'change', entity: 'resident', record: idOf('resident', 1), values: { note: '腿脚不便' } },
  2,
);

test('a text is taken over by who could have written it, alone, and where its record is known', () => {
  const begun = create(resident, { name: '王伟' });
  expect(canTakeOver(waiting(begun), deskOf(wuGuifang))).toBe(true);
  expect(canTakeOver(waiting(remark), deskOf(wuGuifang, begun))).toBe(true);
  expect(canTakeOver(waiting(remark), deskOf(wuGuifang))).toBe(false);
  expect(canTakeOver(waiting(begun, remark), deskOf(wuGuifang))).toBe(false);
  // A secretary answers for mediations and registers none.
  const matter = create(mediation, { subject: '楼上漏水' });
  expect(canTakeOver(waiting(matter), deskOf(wuGuifang))).toBe(false);
  expect(canTakeOver(waiting(matter), deskOf(chenGuodong))).toBe(true);
});

test('what the form says goes out with the decision, a creation under the id that its author gave it, an entry under its log', () => {
  const begun = create(resident, { name: '王伟' });
  const record = idOf('resident', 1);
  const decision = (operation: Operation, entity: string) => ({
    kind: 'decline',
    entity,
    record: operation.record,
    reviews: [operation.id],
    words: '改好了',
  });
  expect(takeOver(begun, resident, { name: '王伟' }, '改好了')).toEqual([
    { kind: 'create', entity: 'resident', record, area: AREA, values: { name: '王伟' } },
    decision(begun, 'resident'),
  ]);
  expect(takeOver(remark, resident, { note: '腿脚不便，慢一点' }, '改好了')).toEqual([
    { kind: 'change', entity: 'resident', record, values: { note: '腿脚不便，慢一点' } },
    decision(remark, 'resident'),
  ]);
  const [log] = Object.entries(mediation.fields as Fields).find(([, { merge }]) => merge === 'append') ?? [
    '',
  ];
  const matter = idOf('mediation', 1);
  const entry = written(mediation, {
    kind: 'change',
    entity: 'mediation',
    record: matter,
    append: { [log]: { what: '谈了一次' } },
  });
  expect(takeOver(entry, mediation, { [log]: { what: '谈了两次' } }, '改好了')[0]).toEqual({
    kind: 'change',
    entity: 'mediation',
    record: matter,
    append: { [log]: { what: '谈了两次' } },
  });
  const step = written(mediation, { kind: 'advance', entity: 'mediation', record: matter, to: 'accepted' });
  expect(takeOver(step, mediation, {}, '改好了')[0]).toEqual({
    kind: 'advance',
    entity: 'mediation',
    record: matter,
    to: 'accepted',
    values: {},
  });
});
