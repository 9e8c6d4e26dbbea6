import { expect, test } from 'vitest';
import type { Figure, Side, Unit } from '../report.ts';
import { collected, growthOf } from './series.ts';

const figure = (bench: string, ours: Side, unit: Unit = 'ms'): Figure => ({ bench, n: 0, unit, ours });

test('figures of one name become a series over the sizes, without those that failed', () => {
  const { bySize } = collected([
    { figure: figure('store.write', [30, 10, 20]), size: 10_000 },
    { figure: figure('store.write', [2]), size: 1_000 },
    { figure: figure('store.write', { failed: 'out of memory' }), size: 100_000 },
  ]);
  expect(bySize).toEqual([
    {
      name: 'store.write',
      unit: 'ms',
      points: [
        [1_000, 2],
        [10_000, 20],
      ],
    },
  ]);
});

test('connections are a series for each amount of data', () => {
  const { byConnections } = collected([
    { figure: figure('server.push.connections-64', [900], 'perSecond'), size: 5, over: 10 },
    { figure: figure('server.push.connections-8', [400], 'perSecond'), size: 5, over: 10 },
    { figure: figure('server.push.connections-8', [500], 'perSecond'), size: 5, over: 1 },
  ]);
  expect(byConnections.map(({ name, points }) => [name, points])).toEqual([
    [
      'server.push, 10 districts',
      [
        [8, 400],
        [64, 900],
      ],
    ],
    ['server.push, 1 district', [[8, 500]]],
  ]);
});

test('growth is a power of the amount, seen over a factor of ten', () => {
  const of = (points: readonly (readonly [number, number])[], unit: Unit = 'ms') =>
    growthOf({ name: '', unit, points });
  expect(
    of([
      [1_000, 1],
      [10_000, 10],
      [200_000, 200],
    ]),
  ).toBeCloseTo(1);
  expect(
    of([
      [1_000, 1],
      [10_000, 1],
      [100_000, 100],
    ]),
  ).toBeCloseTo(2);
  expect(
    of([
      [1_000, 0.001],
      [100_000, 0.01],
    ]),
  ).toBeCloseTo(0);
  expect([
    of([[1_000, 1]]),
    of([]),
    of(
      [
        [1, 1],
        [10, 9],
      ],
      'perSecond',
    ),
  ]).toEqual([undefined, undefined, undefined]);
});
