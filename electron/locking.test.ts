import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchIdle } from './idle-lock.ts';
import { createLocking, type Locking } from './locking.ts';

let unlocked: boolean;
let steps: string[];
let locking: Locking;
beforeEach(() => {
  vi.useFakeTimers();
  unlocked = true;
  steps = [];
  locking = createLocking({
    isUnlocked: () => unlocked,
    tellPage: () => steps.push('tell'),
    forgetKey: () => {
      unlocked = false;
      steps.push('forget');
    },
    replacePage: () => steps.push('replace'),
  });
});
afterEach(() => vi.useRealTimers());

it('waits for the page that seals its drafts, then forgets the key, then replaces the page', async () => {
  const done = locking.soon();
  await vi.advanceTimersByTimeAsync(300);
  expect(steps).toEqual(['tell']);
  locking.asked();
  await done;
  await vi.runAllTimersAsync();
  expect(steps).toEqual(['tell', 'forget', 'replace']);
});

it('waits no longer than three seconds for a page that hangs, and tells it once', async () => {
  void locking.soon();
  void locking.soon();
  await vi.advanceTimersByTimeAsync(2_999);
  expect(steps).toEqual(['tell']);
  await vi.advanceTimersByTimeAsync(2);
  expect(steps).toEqual(['tell', 'forget', 'replace']);
});

it('locks at once when the page itself asks', async () => {
  locking.asked();
  await vi.runAllTimersAsync();
  expect(steps).toEqual(['forget', 'replace']);
});

it('makes no new page for a window that closes, and none while nobody is in', async () => {
  const closing = locking.beforeClose();
  locking.asked();
  await closing;
  await locking.soon();
  await locking.beforeClose();
  await vi.runAllTimersAsync();
  expect(steps).toEqual(['tell', 'forget']);
});

it('locks after the chosen idle minutes, counted over the system’s and the window’s input', () => {
  let now = 0;
  let systemIdle = 0;
  let locks = 0;
  const idle = watchIdle({
    isUnlocked: () => unlocked,
    lockAfterMinutes: () => 5,
    systemIdleSeconds: () => systemIdle,
    lock: () => locks++,
    now: () => now,
  });
  const pass = (seconds: number) => {
    now += seconds * 1000;
    systemIdle += seconds;
    idle.look();
    return locks;
  };
  expect([pass(200), pass(99)]).toEqual([0, 0]);
  idle.touch();
  expect([pass(299), pass(1)]).toEqual([0, 1]);
  unlocked = false;
  expect(pass(1000)).toBe(1);
  unlocked = true;
  expect(pass(299)).toBe(1);
});
