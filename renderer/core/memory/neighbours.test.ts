import { expect, test } from 'vitest';
import type { RecordState } from '../../../shared/core/record.ts';
import { packBlock, unpackBlock } from '../store/block.ts';
import { createUnfolded } from '../store/unfolded.ts';
import { smallRegistry } from '../testing/small-registry.ts';
import { pressed, unfolded } from '../vault/pressed.ts';
import { basesOf } from './bases-of.ts';
import { createLocalOperations } from './local-operations.ts';
import { createRecords } from './records.ts';

const HOME = '310104007001/residents';
const BLOCKS = 12;
const writer = { by: 'person_1', at: '2026-11-23T01:00:00.000Z', seq: 1, operation: 'operation_1' };
const stateOf = (index: number): RecordState => ({
  id: `neighbour_${String(index).padStart(26, '0')}`,
  entity: 'neighbour',
  version: 1,
  area: '310104007001',
  scope: HOME,
  seq: index,
  values: { name: `邻居${(index * 7919) % 1000}`, care: 'open' },
  created: writer,
  writers: {},
});

test('a long list in whatever order unfolds each block once', async () => {
  let times = 0;
  const texts = createUnfolded(1, (part, room) => {
    times += 1;
    return unfolded(part, room);
  });
  const records = createRecords({
    registry: smallRegistry,
    operations: createLocalOperations(),
    epoch: () => ({ epoch: 'epoch_1', restoredHead: 0 }),
  });
  for (let block = 0; block < BLOCKS; block++) {
    const arrived = Array.from({ length: 64 }, (_, index) => ({
      via: HOME,
      record: stateOf(block * 64 + index + 1),
    }));
    records.take(unpackBlock(await pressed(packBlock(basesOf(arrived, 'epoch_1', smallRegistry))), texts));
  }
  times = 0;
  const listed = records.list({ entity: 'neighbour', sort: { field: 'name' } });
  expect(listed.length).toBe(BLOCKS * 64);
  expect(records.places({ entity: 'neighbour', sort: { field: 'name' } }).map(({ id }) => id)).toEqual(
    listed.map(({ id }) => id),
  );
  expect(times).toBe(BLOCKS);
});
