/**
 * A line of so many bits a second in front of a district, as bytes pass and not as requests: packets that are lost come again after a
 * while, connections break, and it can be cut altogether. The randomness is seeded, so that a line is as poor as it was yesterday.
 */
import { type Socket, connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { seededSource } from '../../shared/testing/random.ts';

export interface Quality {
  readonly bitsPerSecond: number;
  /** Part of the packets that is lost, and sent again a second later, two, four… */
  readonly loss?: number;
  /** Part of the packets with which their whole connection breaks. */
  readonly breaks?: number;
}

export interface NarrowLine {
  readonly url: string;
  /** Undefined: cut. Open connections end. */
  readonly put: (quality: Quality | undefined) => void;
  /** Bytes that have come through, both ways. */
  readonly passed: () => number;
  readonly dispose: () => Promise<void>;
}

const PACKET = 1460;

export async function openNarrowLine(district: string, first: Quality): Promise<NarrowLine> {
  const { hostname, port } = new URL(district);
  const { chance } = seededSource(1);
  const open = new Set<Socket>();
  let quality: Quality | undefined = first;
  let passed = 0;
  const busyUntil = { up: 0, down: 0 };

  /** Takes its turn on the line, which all connections share. @returns whether the connection stands */
  async function travel(bytes: number, way: 'up' | 'down'): Promise<boolean> {
    if (!quality) return false;
    const { bitsPerSecond, loss = 0, breaks = 0 } = quality;
    const now = performance.now();
    busyUntil[way] = Math.max(busyUntil[way], now) + (bytes * 8000) / bitsPerSecond;
    let late = 0;
    for (let again = 1_000; chance(loss) && late < 60_000; again *= 2) late += again;
    await wait(Math.max(0, busyUntil[way] - now) + late);
    passed += bytes;
    return !chance(breaks);
  }

  function carry(from: Socket, to: Socket, way: 'up' | 'down'): void {
    // At ten megabits a packet takes a millisecond, which no timer measures: larger pieces, the same pace.
    const piece = (): number => Math.max(PACKET, Math.floor((quality?.bitsPerSecond ?? 0) / 8 / 100));
    void (async () => {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let at = 0; at < chunk.length;) {
          const part = chunk.subarray(at, at + piece());
          at += part.length;
          if (!(await travel(part.length, way))) return void from.destroy(new Error('broken'));
          to.write(part);
        }
      }
    })()
      .catch(() => undefined)
      .finally(() => to.end());
  }

  const server = createServer((near) => {
    if (!quality) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', (isBroken) => {
        open.delete(socket);
        // What was said before a good end is still on its way.
        if (isBroken) other.destroy();
      });
    }
    carry(near, far, 'up');
    carry(far, near, 'down');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const breakAll = (): void => open.forEach((socket) => socket.destroy(new Error('broken')));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (next) => {
      quality = next;
      busyUntil.up = busyUntil.down = 0;
      breakAll();
    },
    passed: () => passed,
    dispose: async () => {
      breakAll();
      await new Promise((done) => server.close(done));
    },
  };
}
