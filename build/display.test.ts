import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { openDisplay } from './display.ts';

test('a machine with a screen keeps it', async () => {
  expect(await openDisplay({ DISPLAY: ':7' })).toMatchObject({ env: {}, virtual: false });
});

test.runIf(process.platform === 'linux' && spawnSync('Xvfb', ['-help']).error === undefined)(
  'several screens live side by side, and each ends when it is stopped',
  async () => {
    const displays = await Promise.all([1, 2, 3].map(() => openDisplay({})));
    const numbers = displays.map(({ env }) => Number(env['DISPLAY']?.slice(1)));
    expect(new Set(numbers).size).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(displays.map(({ isOpen }) => isOpen())).toEqual([true, true, true]);
    displays.forEach(({ stop }) => stop());
    await expect.poll(() => displays.map(({ isOpen }) => isOpen())).toEqual([false, false, false]);
  },
);
