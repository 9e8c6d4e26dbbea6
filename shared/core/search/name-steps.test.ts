import { expect, test } from 'vitest';
import { createSteps, DONE, NOWHERE } from './name-steps.ts';

/** A name of the same character so often: 安, which may be read an and nan. */
const reached = (term: string, characters: number): number => {
  const { first, next } = createSteps([[], ['安', 'an', 'nan']], term);
  let state = first[1] ?? NOWHERE;
  for (let count = 1; count < characters && state > DONE; count++) state = next(state, 1);
  return state;
};

test('SEARCH-1 a term is done at the first character with which all of it is taken, and the edge of a name takes nothing', () => {
  const { first, next } = createSteps([[], ['王', 'wang'], ['晓', 'xiao']], 'wxi');
  const afterWang = first[1] ?? NOWHERE;
  expect([afterWang > DONE, next(afterWang, 2), next(afterWang, 1), next(afterWang, 0)]).toEqual([
    true,
    DONE,
    NOWHERE,
    NOWHERE,
  ]);
});

test('SEARCH-1 a name that can be read in a million ways is looked through as quickly as any other', () => {
  const term = `${'an'.repeat(29)}zz`;
  const begun = performance.now();
  expect(reached(term, 60)).toBe(NOWHERE);
  expect(reached('an'.repeat(30), 60)).toBe(DONE);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
