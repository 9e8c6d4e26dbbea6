import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BridgeClient } from '../../../shared/bridge.ts';
import { lockNow } from './lock-now.ts';

beforeEach(() => void vi.stubGlobal('window', new EventTarget()));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What happens while it locks, in order, with a form that hands over its words when it is asked. */
async function locking(
  kept: () => Promise<unknown>,
  during: () => Promise<unknown>,
): Promise<readonly string[]> {
  const told: string[] = [];
  const onPageHide = (): void => void told.push('asked for the last words');
  window.addEventListener('pagehide', onPageHide);
  const ask = (name: string): Promise<void> => {
    told.push(name);
    return Promise.resolve();
  };
  const desk = { kept: () => kept() as Promise<undefined> };
  const locked = lockNow(desk, { ask } as unknown as BridgeClient);
  told.push(String(await during()));
  await locked;
  window.removeEventListener('pagehide', onPageHide);
  return told;
}

test('the page goes away only when the last words lie on the disk', async () => {
  let written = (): void => undefined;
  const onDisk = new Promise<void>((resolve) => (written = resolve));
  const during = async (): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    written();
    return 'they lie there';
  };
  expect(await locking(() => onDisk, during)).toEqual([
    'asked for the last words',
    'they lie there',
    'door.lock',
  ]);
});

test('a disk that hangs or refuses keeps nobody from locking', async () => {
  const refused = () => Promise.reject(new Error('no space'));
  const nothing = () => Promise.resolve('nothing');
  expect(await locking(refused, nothing)).toContain('door.lock');
  vi.useFakeTimers();
  const hangs = () => new Promise(() => undefined);
  const passes = () => vi.advanceTimersByTimeAsync(3_000);
  expect(await locking(hangs, passes)).toContain('door.lock');
});
