import { expect, it } from 'vitest';
import { createHolds } from './holds.ts';

const later = (milliseconds: number, isIn: boolean): Promise<boolean> =>
  new Promise((resolve) => setTimeout(() => resolve(isIn), milliseconds));

it('a form that waits for nothing is whole at once', async () => {
  expect(await createHolds().settled()).toBe(true);
});

it('saving waits for every file, also for one that is chosen meanwhile', async () => {
  const holds = createHolds();
  const done: string[] = [];
  holds.add(later(20, true).finally(() => done.push('first')));
  const settled = holds.settled();
  holds.add(later(60, true).finally(() => done.push('second')));
  expect([await settled, done]).toEqual([true, ['first', 'second']]);
});

it('a file that did not come keeps the form open, once', async () => {
  const holds = createHolds();
  holds.add(later(10, false));
  holds.add(later(20, true));
  expect([await holds.settled(), await holds.settled()]).toEqual([false, true]);
});
