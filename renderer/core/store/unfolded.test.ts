import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import type { Part } from '../vault/apart.ts';
import { pressed, unfolded } from '../vault/pressed.ts';
import { createUnfolded, type Unfolded } from './unfolded.ts';

const SIZE = 60_000;
const plainOf = (block: number): Uint8Array =>
  new Uint8Array(SIZE + (block % 7) * 900).fill(32 + (block % 90));

async function blocks(count: number): Promise<readonly Part[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, block) => {
      const plain = plainOf(block);
      return { bytes: await pressed(plain), length: plain.length };
    }),
  );
}

function counted(most?: number): {
  readonly texts: Unfolded;
  readonly times: () => number;
  readonly rooms: () => number;
} {
  let times = 0;
  const rooms = new Set<ArrayBuffer>();
  const texts = createUnfolded(most, (part, room) => {
    times += 1;
    rooms.add(room);
    return unfolded(part, room);
  });
  return { texts, times: () => times, rooms: () => rooms.size };
}

test('a page of fifty records from fifty blocks unfolds each once, and none when it is shown again', async () => {
  const { texts, times } = counted();
  const parts = await blocks(50);
  for (let look = 0; look < 3; look++) for (const part of parts) texts.of(part);
  expect(times()).toBe(50);
});

test('who reads all records in their order unfolds each block once, in room that is used again', async () => {
  const { texts, times, rooms } = counted();
  for (const part of await blocks(300)) for (let record = 0; record < 64; record++) texts.of(part);
  expect(times()).toBe(300);
  expect(rooms()).toBeLessThan(70);
});

test('whatever is looked at in whatever order is right, and no more room is taken than allowed', async () => {
  const most = 400_000;
  const { texts, rooms } = counted(most);
  const parts = await blocks(40);
  const random = createRandom(5);
  for (let look = 0; look < 2_000; look++) {
    const block = random.whole(40);
    const part = parts[block]!;
    expect(Buffer.compare(random.chance(0.2) ? texts.once(part) : texts.of(part), plainOf(block))).toBe(0);
  }
  // What stays, one that was given back, one that passes.
  expect(rooms()).toBeLessThanOrEqual(Math.ceil(most / SIZE) + 2);
});
