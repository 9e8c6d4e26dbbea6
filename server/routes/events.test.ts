import type { FastifyReply } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { District } from '../district.ts';
import { createPokes } from './events.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** So many listeners, each at a computer of its own, and what they have been told. */
function listening(count: number) {
  let commit = (_: number): void => undefined;
  const district = {
    listen: (heard: (seq: number, all: boolean) => void) => {
      commit = (seq) => heard(seq, false);
      return () => undefined;
    },
    moved: async () => ({ epoch: 'epoch_1', scopes: ['310104007001/casework'] }),
  } as Partial<District> as District;
  const pokes = createPokes(district, { heartbeatMs: 60_000 });
  const told: string[][] = [];
  for (let at = 0; at < count; at++) {
    const mine: string[] = [];
    told.push(mine);
    const write = (text: string): void => void mine.push(...(text.match(/"head":\d+/g) ?? []));
    const raw = { write, writeHead: vi.fn(), end: vi.fn(), on: vi.fn(), writableLength: 0 };
    const reply = { hijack: vi.fn(), getHeaders: () => ({}), raw } as unknown as FastifyReply;
    pokes.add(reply, { device: `device_${at}`, reached: { head: 0, epoch: 'epoch_1' }, hears: () => true });
  }
  return { pokes, told, commit: (seq: number) => commit(seq) };
}

it('ten desks of a committee hear of everything within a moment', async () => {
  const { pokes, told, commit } = listening(10);
  commit(1);
  await vi.advanceTimersByTimeAsync(60);
  commit(2);
  await vi.advanceTimersByTimeAsync(140);
  expect(told[9]).toEqual(['"head":0', '"head":1', '"head":2']);
  pokes.close();
});

it('a thousand are told of many commits once, and of the last one at the latest after a quarter of a minute', async () => {
  const { pokes, told, commit } = listening(1_000);
  commit(1);
  await vi.advanceTimersByTimeAsync(60);
  for (let seq = 2; seq <= 50; seq++) {
    commit(seq);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told[999]).toEqual(['"head":0', '"head":1']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told[999]).toEqual(['"head":0', '"head":1', '"head":50']);
  pokes.close();
});
