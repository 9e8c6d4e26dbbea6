import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { smallRegistry } from '../testing/small-registry.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Base } from '../store/base.ts';
import { packBlock, unpackBlock } from '../store/block.ts';
import { createUnfolded } from '../store/unfolded.ts';
import { basesOf } from './bases-of.ts';
import { createLocalOperations } from './local-operations.ts';
import { createRecords } from './records.ts';

const SCOPE = '310104007001/residents';
const writer = { by: 'person_1', at: '2026-11-23T01:00:00.000Z', seq: 1, operation: 'operation_1' };
const surnames = ['周', '陈', '区', '𠮷', 'Ann', '沈'];

function neighbour(count: number, seq: number, values: Record<string, unknown>, withdrawn = false): Base {
  const id = `neighbour_${String(count).padStart(26, '0')}`;
  const text = JSON.stringify({
    id,
    entity: 'neighbour',
    version: 1,
    area: '310104007001',
    scope: SCOPE,
    seq,
    values,
    created: writer,
    writers: {},
    ...(withdrawn && { withdrawn: writer }),
  });
  return { id, entity: 'neighbour', via: SCOPE, epoch: 'epoch_1', seq, text };
}

/** As the engine makes them of a page. */
const arrived = (page: readonly Base[]): readonly Base[] =>
  basesOf(
    page.map(({ via, text }) => ({ via, record: JSON.parse(text) as RecordState })),
    'epoch_1',
    smallRegistry,
  );

const fresh = () =>
  createRecords({
    registry: smallRegistry,
    operations: createLocalOperations(),
    epoch: () => ({ epoch: 'epoch_1', restoredHead: 0 }),
  });

test('lists, counts and filters kept through changes are those of a fresh look', () => {
  const random = createRandom(7);
  const kept = fresh();
  const newest = new Map<string, Base>();
  const queries = [
    { entity: 'neighbour' },
    { entity: 'neighbour', sort: { field: 'name' } },
    { entity: 'neighbour', sort: { field: 'phone', descending: true } },
    { entity: 'neighbour', withdrawn: true },
    { entity: 'neighbour', filter: { tags: ['quiet'] } },
  ];
  const page: Base[] = [];
  for (let seq = 1; seq <= 800; seq++) {
    const values = {
      name: random.pick(surnames) + random.whole(50),
      ...(random.chance(0.7) && { phone: `139${random.whole(1000)}` }),
      tags: random.chance(0.5) ? ['quiet', 'quiet'] : ['carer', 'quiet'].slice(0, random.whole(3)),
    };
    const base = neighbour(random.whole(60), seq, values, random.chance(0.2));
    newest.set(base.id, base);
    page.push(base);
    // Sometimes one record is saved, sometimes most of them come in one page.
    if (random.chance(0.9)) continue;
    // As a page comes, sealed and opened again, or as texts whose lines are made here.
    const came = page.splice(0);
    kept.take(random.chance(0.5) ? came : unpackBlock(packBlock(arrived(came)), createUnfolded()));
    const again = fresh();
    again.take([...newest.values()]);
    for (const query of queries) expect(kept.list(query)).toEqual(again.list(query));
    for (const person of [writer.by, 'person_2'])
      expect(kept.touched('neighbour', person, 8)).toEqual(again.touched('neighbour', person, 8));
    expect(new Map([...kept.counts('neighbour', 'tags')].sort())).toEqual(
      new Map([...again.counts('neighbour', 'tags')].sort()),
    );
  }
});

test('an older state never replaces a newer one, and what cannot be read from another epoch is replaced', () => {
  const records = fresh();
  const changed = [
    records.take([neighbour(1, 5, { name: '周敏' })]),
    records.take([neighbour(1, 4, { name: '旧' })]),
    records.take([{ ...neighbour(1, 9, { name: '从前' }), epoch: 'epoch_0' }]),
    records.take([neighbour(1, 6, { name: '周敏敏' })]),
  ].map((ids) => ids.length);
  expect([changed, records.list({ entity: 'neighbour' }).map(({ values }) => values.name)]).toEqual([
    [1, 0, 0, 1],
    ['周敏敏'],
  ]);
});

test('absent values stand last in either direction', () => {
  const records = fresh();
  records.take([
    neighbour(1, 1, { name: '周敏' }),
    neighbour(2, 2, { name: '陈国栋', phone: '1390001' }),
    neighbour(3, 3, { name: '沈丽娟', phone: '1390002' }),
  ]);
  const names = (descending: boolean) =>
    records
      .list({ entity: 'neighbour', sort: { field: 'phone', descending } })
      .map(({ values }) => values.name);
  expect([names(false), names(true)]).toEqual([
    ['陈国栋', '沈丽娟', '周敏'],
    ['沈丽娟', '陈国栋', '周敏'],
  ]);
});
