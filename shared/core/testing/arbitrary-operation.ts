/** Operations that the boundary lets in, whatever they say: for the rules that nothing may throw. */
import fc from 'fast-check';
import type { Operation } from '../operation.ts';
import { AT, COMMITTEE, EPOCH, numbered, RECORD } from './story.ts';

const names = fc.constantFrom(
  ...'title note kind cost happenedOn promisedOn asker tags helpers phones visits result number stage'.split(
    ' ',
  ),
  ...'constructor toString hasOwnProperty valueOf unknownField'.split(' '),
);
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('2026-11-23', '2027-01-01', '修楼道灯', 'urgent', 'repair', 0, -1, '__proto__'),
  fc.constantFrom(
    { id: { toString: 1 } },
    { id: 'person_1' },
    { type: '111', number: 1 },
    { temporary: '临-1' },
  ),
);
const values = fc.dictionary(names, json, { maxKeys: 2, noNullPrototype: true });
const lists = fc.dictionary(names, fc.array(json, { maxLength: 3 }), { maxKeys: 1, noNullPrototype: true });
const stage = fc.constantFrom(
  'registered',
  'accepted',
  'paused',
  'done',
  'rejected',
  'constructor',
  '__proto__',
  '',
);

/** As withdrawals, shares and moves have to be. */
function bare<T extends Partial<Operation>>(operation: T): T {
  const { set: _set, add: _add, remove: _remove, append: _append, settles: _settles, ...rest } = operation;
  return rest as T;
}

export const arbitraryOperation = (author: string): fc.Arbitrary<Operation> =>
  fc
    .record(
      {
        v: fc.constant(1 as const),
        id: fc.nat(50).map((count) => numbered('operation', 1000 + count)),
        kind: fc.constantFrom(
          'create',
          'change',
          'advance',
          'withdraw',
          'restore',
          'share',
          'unshare',
          'move',
          'merge',
          'unmerge',
          'distinguish',
        ),
        entity: fc.constant('errand'),
        version: fc.constant(1),
        record: fc.constant(RECORD),
        author: fc.constant(author),
        device: fc.constant('device-1'),
        at: fc.constantFrom(AT, '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'),
        basis: fc.record({ epoch: fc.constantFrom(EPOCH, 'epoch-0'), seq: fc.nat(5) }),
        after: fc.array(
          fc.nat(5).map((count) => numbered('operation', count)),
          { maxLength: 3 },
        ),
        area: fc.constantFrom(COMMITTEE, '310104007002', '310104'),
        with: fc.constantFrom(
          { person: numbered('person', 1) },
          { person: '__proto__' },
          { area: '310104007002' },
          { area: '310112' },
        ),
        other: fc.constantFrom(numbered('errand', 2), RECORD, '__proto__'),
        set: values,
        was: values,
        add: lists,
        remove: lists,
        append: lists,
        from: stage,
        to: stage,
        settles: fc.array(fc.oneof(names, fc.constantFrom('__proto__', '$withdrawal')), { maxLength: 3 }),
      },
      {
        requiredKeys: [
          'v',
          'id',
          'kind',
          'entity',
          'version',
          'record',
          'author',
          'device',
          'at',
          'basis',
          'after',
        ],
        noNullPrototype: true,
      },
    )
    .chain((operation) => fc.constantFrom(operation, bare(operation)))
    .map((operation) => operation as Operation);
