import { describe, expect, it } from 'vitest';
import { batchOf, halved, WIDEST } from './carrier-batch.ts';
import { operationId } from './testing/envelopes.ts';

describe('batches', () => {
  const operation = (number: number, size = 10) => ({ id: operationId(number), number, link: number, size });
  const numbers = (batch: readonly { number: number }[]) => batch.map(({ number }) => number);

  it('keep a group whole while the limit allows, and cut it only when it alone is too large', () => {
    const groups = [[operation(1)], [operation(2), operation(3), operation(4)], [operation(5)]];
    expect([3, 4, 2, 1].map((entries) => numbers(batchOf(groups, { entries, bytes: 1000 })))).toEqual([
      [1],
      [1, 2, 3, 4],
      [1],
      [1],
    ]);
    expect(numbers(batchOf(groups.slice(1), { entries: 2, bytes: 1000 }))).toEqual([2, 3]);
  });

  it('stay below 500 entries and 1 MiB, and let one large operation through alone', () => {
    const many = Array.from({ length: 600 }, (_, at) => [operation(at + 1)]);
    expect(batchOf(many, WIDEST)).toHaveLength(500);
    expect(numbers(batchOf([[operation(1, 2_000_000)], [operation(2)]], WIDEST))).toEqual([1]);
    expect(numbers(batchOf([[operation(1, 600_000)], [operation(2, 600_000)]], WIDEST))).toEqual([1]);
    expect(halved([operation(1), operation(2), operation(3)])).toEqual({ entries: 1, bytes: 15 });
  });
});
