import { describe, expect, test } from 'vitest';
import { decide } from '../core/decide.ts';
import { duesOf } from '../core/deadline.ts';
import { readersIn } from '../core/entity.ts';
import { isId } from '../core/id.ts';
import { operationSchema, type Operation } from '../core/operation.ts';
import type { RecordState } from '../core/record.ts';
import { registry, roles } from '../modules/index.ts';
import { demoOperations } from './demo.ts';
import { town, type TownPerson } from './town.ts';

const EPOCH = 'epoch_demo';
const TODAY = '2026-11-23';
const actors = new Map(Object.values<TownPerson>(town.people).map((one) => [one.id, one]));

/** Judges the operations in their order, as the district does with an empty ledger. */
function judge(operations: Iterable<Operation>): {
  records: Map<string, RecordState>;
  refused: unknown[];
  count: number;
} {
  const records = new Map<string, RecordState>();
  const refused: unknown[] = [];
  const seen = new Set<string>();
  const namedIn = (who: string) => (id: string) => {
    const record = records.get(id);
    const entity = record && registry.entities.get(record.entity);
    return entity !== undefined && readersIn(entity, record?.values ?? {}).includes(who);
  };
  let seq = 0;
  for (const operation of operations) {
    seq += 1;
    const actor = actors.get(operation.author);
    const unknown = operation.after.filter((id) => !seen.has(id));
    const decided = decide(records.get(operation.record), operation, {
      entity: registry.entities.get(operation.entity),
      roles,
      actor: { ...(actor ?? { id: operation.author, grants: [] }), isNamed: namedIn(operation.author) },
      epoch: EPOCH,
      seq,
    });
    if (!decided.ok || unknown.length > 0 || seen.has(operation.id)) {
      refused.push({ operation, error: decided.ok ? unknown : decided.error });
    } else records.set(operation.record, decided.value);
    seen.add(operation.id);
  }
  return { records, refused, count: seq };
}

const countBy = <T>(items: readonly T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};

describe('the demo district', () => {
  const operations = [...demoOperations({ today: TODAY, epoch: EPOCH })];
  const { records, refused } = judge(operations);
  const all = [...records.values()];

  test('is accepted operation by operation, without a conflict', () => {
    expect(refused).toEqual([]);
    expect(all.filter(({ conflicts }) => conflicts)).toEqual([]);
  });

  test('has what the issue asks for: 3 000 residents, 60 mediations, 20 training events', () => {
    const counts = countBy(all, ({ entity }) => entity);
    expect(counts).toMatchObject({ resident: 3000, mediation: 60, trainingEvent: 20, area: 6, person: 37 });
    expect(counts['participation']).toBeGreaterThan(100);
    expect(counts['careTag']).toBeGreaterThan(150);
    expect(counts['homeVisit']).toBeGreaterThan(150);
  });

  test('lies in three committees, most of it in committee A', () => {
    const homes = countBy(
      all.filter(({ entity }) => entity === 'resident'),
      ({ area }) => area,
    );
    expect(Object.keys(homes).sort()).toEqual(['310104007001', '310104007002', '310104008001']);
    expect(homes['310104007001']).toBeGreaterThan(1700);
  });

  test('has a mediation in every stage, with sessions', () => {
    const mediations = all.filter(({ entity }) => entity === 'mediation');
    const stages = registry.entities.get('mediation')?.fields['stage'].stages as object;
    expect(Object.keys(countBy(mediations, ({ values }) => String(values['stage']))).sort()).toEqual(
      Object.keys(stages).sort(),
    );
    const sessions = mediations.flatMap(({ values }) => (values['sessions'] as unknown[] | undefined) ?? []);
    expect(sessions.length).toBeGreaterThan(60);
  });

  test('has clocks in committee A that run out today, that have run out and that still run', () => {
    const days = all
      .filter(({ area }) => area === town.areas.jiangnan.code)
      .flatMap((record) => {
        const entity = registry.entities.get(record.entity);
        return entity ? duesOf(entity, record.values).map(({ on }) => on) : [];
      });
    expect(days).toContain(TODAY);
    expect(days.filter((day) => day < TODAY).length).toBeGreaterThan(5);
    expect(days.filter((day) => day > TODAY).length).toBeGreaterThan(5);
  });

  test('is well formed, in the order of its times, and over before today', () => {
    const midnight = new Date(`${TODAY}T00:00:00+08:00`).toISOString();
    const times = operations.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)! < midnight).toBe(true);
    expect(operations.filter((operation) => !operationSchema.safeParse(operation).success)).toEqual([]);
    expect(operations.filter(({ record, entity }) => !isId(record, entity))).toEqual([]);
  });

  test('holds the need-to-know tags in their own class, written by the care worker', () => {
    const restricted = all.filter(({ scope }) => scope.endsWith('/careRestricted'));
    expect(restricted.map(({ values, created }) => [values['tag'], created.by]).sort()).toEqual([
      ['correction', town.people.shenLijuan.id],
      ['mental', town.people.shenLijuan.id],
      ['reentry', town.people.shenLijuan.id],
      ['rehabilitation', town.people.shenLijuan.id],
    ]);
  });

  test('SCOPE-1 SCOPE-2 shares a resident with the counsellor, quarrels with the committee next door, and keeps notes for few', () => {
    const shared = all.filter(({ shares }) => shares);
    const counts = countBy(shared, ({ entity, shares }) => `${entity} ${String(shares)}`);
    expect(counts).toEqual({
      [`resident person/${town.people.zhangHuifen.id}`]: 1,
      'mediation 310104007002/casework': expect.any(Number),
    });
    const hidden = countBy(
      all.filter(({ scope }) => scope.startsWith('readers/')),
      ({ entity }) => entity,
    );
    expect(hidden).toEqual({ confidentialNote: 3, confidentialEntry: 1 });
  });

  test('nobody is enrolled twice in one event', () => {
    const seats = all
      .filter(({ entity }) => entity === 'participation')
      .map(
        ({ values }) =>
          `${(values['event'] as { id: string }).id} ${(values['person'] as { id: string }).id}`,
      );
    expect(seats).toEqual([...new Set(seats)]);
  });

  test('every resident has an identity number of his or her own', () => {
    const numbers = all.flatMap(({ entity, values }) =>
      entity === 'resident' ? ((values['document'] as { number?: string } | undefined)?.number ?? []) : [],
    );
    expect(numbers.length - new Set(numbers).size).toBe(0);
  });
});

test.each(['2026-01-01', '2024-02-29', '2027-03-31', '2026-12-31'])(
  'the demo of %s is accepted too',
  (today) => {
    const { refused, count } = judge(
      demoOperations({ today, epoch: EPOCH, residents: 60, mediations: 60, trainingEvents: 24 }),
    );
    expect(refused).toEqual([]);
    expect(count).toBeGreaterThan(400);
  },
);

test('the same day and counts say the same, byte for byte', () => {
  const options = { today: TODAY, epoch: EPOCH, residents: 40, mediations: 20, trainingEvents: 4 };
  const once = JSON.stringify([...demoOperations(options)]);
  expect(JSON.stringify([...demoOperations(options)])).toBe(once);
});
