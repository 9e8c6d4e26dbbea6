/** Desks that write, merge and undo at random, in whatever order the district hears of it: nothing is lost and nothing goes in circles. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import type { Command } from './command.ts';
import type { Operation } from './operation.ts';
import { survivorsOf } from './pairing.ts';
import { unseenBy } from './play.ts';
import { lastWriter, type RecordState } from './record.ts';
import { sameValue } from './same-value.ts';
import {
  born,
  distinguish,
  edit,
  merge,
  named,
  tellOfSeveral,
  unmerge,
  type Shown,
  type SmallDesk,
} from './testing/several.ts';

const { zhouMin, chenGuodong, fanXiaoyan } = people;
const grants = [{ role: 'mediator', area: '310104' }];
const authors = [zhouMin, chenGuodong, fanXiaoyan].map((person) => ({ ...person, grants }));
const RECORDS = 4;
const number = fc.integer({ min: 1, max: RECORDS });
const pair = fc.tuple(number, number);
/** Every value that is ever written into `cost`, so that each can be told from all others. */
let written = 0;

/** What somebody would do at a desk that shows these records. */
type Doing = (shown: Shown) => Command;
const always =
  (make: () => Command): Doing =>
  () =>
    make();

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 4, arbitrary: number.map((one) => always(() => edit(one, { cost: ++written }))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(number, fc.constantFrom('一楼', '二楼', ''))
      .map(([one, note]) => always(() => edit(one, { note }))),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(number, fc.subarray(['urgent', 'elderly', 'stairs']))
      .map(([one, tags]) => always(() => edit(one, { tags }))),
  },
  {
    weight: 1,
    arbitrary: number.map((one) =>
      always(() => edit(one, {}, { visits: { on: '2026-11-20', what: '回访' } })),
    ),
  },
  { weight: 3, arbitrary: pair.map(([one, other]) => always(() => merge(one, other))) },
  { weight: 1, arbitrary: pair.map(([one, other]) => always(() => unmerge(one, other))) },
  { weight: 2, arbitrary: number.map((one) => (shown: Shown) => undoing(shown) ?? edit(one, { note: '' })) },
  { weight: 1, arbitrary: pair.map(([one, other]) => always(() => distinguish(one, other))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(number, fc.constantFrom('withdraw' as const, 'restore' as const))
      .map(([one, kind]) => always(() => ({ kind, entity: 'errand', record: named(one) }))),
  },
);

function undoing(shown: Shown): Command | undefined {
  const merged = [...shown.values()].find((record) => record.merged);
  return (
    merged?.merged && { kind: 'unmerge', entity: 'errand', record: merged.id, other: merged.merged.into }
  );
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ does: fc.constant('pull' as const), who: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('write' as const), who: fc.nat(2), doing }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('send' as const), who: fc.nat(2) }) },
);

const entriesOf = (record: RecordState): readonly string[] =>
  ((record.values.visits ?? []) as { readonly id: string }[]).map(({ id }) => id);
const costsOf = (record: RecordState): readonly unknown[] => [
  record.values.cost,
  ...(record.conflicts?.cost?.rivals.map(({ value }) => value) ?? []),
];

test(
  'MERGE-1 MERGE-2 MERGE-3 MERGE-4 MERGE-6 DECIDE-14 PLAY-12 any order of edits, merges and undoings converges, without circle or loss',
  { timeout: 120_000 },
  () => {
    const seen = { merged: 0, chains: 0, landed: 0, carried: 0, undone: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 50 }), (steps) => {
        const district = tellOfSeveral();
        const desks = authors.map((author) => district.desk(author));
        for (let count = 1; count <= RECORDS; count++) desks[0]?.asks(born(count, { cost: ++written }));
        for (const desk of desks) desk.pull();
        const waiting = new Map<SmallDesk, Operation[]>(desks.map((desk) => [desk, []]));

        const send = (desk: SmallDesk): boolean => {
          const before = district.records();
          const decided = desk.sends();
          const operation = waiting.get(desk)?.shift();
          if (!decided || !operation) return false;
          if (!decided.ok) seen.refused += 1;
          else {
            const [own, ...survivors] = decided.value as readonly [RecordState, ...RecordState[]];
            if (operation.kind === 'change') seen.landed += survivors.length;
            if (before.get(own.id)?.merged && !own.merged) seen.undone += 1;
            for (const survivor of survivors) {
              if (operation.kind === 'unmerge') continue;
              seen.carried += checkKept(operation, before, own, survivor);
            }
          }
          checkMerges(district.records());
          return true;
        };
        for (const given of steps) {
          const desk = desks[given.who] as SmallDesk;
          if (given.does === 'pull') desk.pull();
          else if (given.does === 'send') send(desk);
          else waiting.get(desk)?.push(desk.writes(given.doing(desk.shown())));
          // What a desk shows goes in circles as little, whatever it does not know yet.
          checkMerges(desk.shown());
        }
        for (const desk of desks) while (send(desk));
        for (const desk of desks) {
          desk.pull();
          expect(desk.shown()).toEqual(district.records());
        }
        for (const record of district.records().values()) {
          const chain = survivorsOf(record, (id) => district.records().get(id));
          if (record.merged) seen.merged += 1;
          if (chain.length > 1) seen.chains += 1;
        }
      }),
      { numRuns: 300, seed: 20261126 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(15);
  },
);

/**
 * A cost that lands on a survivor, or comes along at a merge unseen by the merger, is in force there or among the rivals; and what stood
 * there before still is, unless its author saw it.
 * @returns 1 where something came along
 */
function checkKept(operation: Operation, before: Shown, own: RecordState, survivor: RecordState): 0 | 1 {
  const isEdit = operation.kind === 'change';
  const writer = isEdit ? own.writers.cost : before.get(own.id)?.writers.cost;
  const isUnseen = writer !== undefined && unseenBy(operation, operation.basis.seq)(writer);
  const comes = isEdit ? operation.set?.cost : isUnseen ? own.values.cost : undefined;
  if (comes === undefined) return 0;
  expect(costsOf(survivor)).toContain(comes);
  const stood = before.get(survivor.id) as RecordState;
  const last = lastWriter(stood, 'cost').operation;
  const isSeen = operation.after.includes(last) || sameValue(operation.was?.cost, stood.values.cost);
  if (!isSeen && stood.values.cost !== undefined) expect(costsOf(survivor)).toContain(stood.values.cost);
  return isEdit ? 0 : 1;
}

/** No circle; what a record says it is merged into knows it; what it says it stands for leads to it. */
function checkMerges(records: Shown): void {
  const find = (id: string) => records.get(id);
  for (const record of records.values()) {
    const chain = survivorsOf(record, find);
    const end = chain.at(-1) ?? record;
    expect(end.merged).toBeUndefined();
    for (const survivor of chain) expect(survivor.absorbed).toContain(record.id);
    for (const id of record.absorbed ?? []) {
      const absorbed = find(id);
      expect(absorbed && survivorsOf(absorbed, find).map((one) => one.id)).toContain(record.id);
    }
    expect(new Set(entriesOf(record)).size).toBe(entriesOf(record).length);
  }
}
