import { expect, it } from 'vitest';
import { toldToWait } from './carrier-pauses.ts';

it('reads the seconds that a busy district tells, within what a desk may be told', () => {
  expect(['90', '0', '1', '999999'].map(toldToWait)).toEqual([90_000, 1_000, 1_000, 900_000]);
});

it('comes again after half a minute where nothing is told that it can read', () => {
  const said = [undefined, '', '-5', '1e9', '9999999999', 'Wed, 21 Oct 2015 07:28:00 GMT'];
  expect(said.map(toldToWait)).toEqual(said.map(() => 30_000));
});
