import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RoomState } from '../../shared/bridge.ts';
import { watchRoom } from './room.ts';

const MB = 1024 ** 2;
const none: RoomState['room'] = 'none';

it('tells once when the disk has less than 1 GB, less than 200 MB, and room again', async () => {
  let free = 0;
  const told: RoomState[] = [];
  const watch = watchRoom({
    folder: 'anywhere',
    onChange: (state) => told.push(state),
    read: async () => ({ bavail: free * 256, bsize: 4096 }),
  });
  for (free of [2000, 1024, 1023, 900, 200, 199, 199, 100, 201, 5000]) await watch.look();
  expect(told).toEqual([
    { room: 'low', free: 1023 * MB },
    { room: none, free: 199 * MB },
    { room: 'low', free: 201 * MB },
    { room: 'enough', free: 5000 * MB },
  ]);
  expect(watch.state()).toEqual({ room: 'enough', free: 5000 * MB });
});

it('stops nobody where the disk cannot be asked, and asks a real one', async () => {
  const told: RoomState[] = [];
  const gone = watchRoom({ folder: join(tmpdir(), 'no-such-folder'), onChange: (state) => told.push(state) });
  expect([(await gone.look()).room, told]).toEqual(['enough', []]);
  const folder = await mkdtemp(join(tmpdir(), 'linli-room-'));
  const marks = { low: Number.MAX_SAFE_INTEGER, none: 1 };
  const real = await watchRoom({ folder, marks, onChange: (state) => told.push(state) }).look();
  expect([real.room, real.free > 1, told]).toEqual(['low', true, [real]]);
});
