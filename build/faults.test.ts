import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faults } from './faults.ts';
import { root } from './project.ts';

/** Whoever changes such a place plants the fault anew there, as the code is now. */
it.each(faults.map(({ name, file, from }) => [name, file, from] as const))(
  'a planted fault has its place once: %s',
  (_, file, from) => {
    expect(readFileSync(join(root, file), 'utf8').split(from)).toHaveLength(2);
  },
);

it('no two planted faults are the same', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  expect(new Set(faults.map(({ file, from, to }) => `${file}|${from}|${to}`)).size).toBe(faults.length);
});
