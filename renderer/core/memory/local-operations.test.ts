import { expect, test } from 'vitest';
import type { Kept } from '../store/kept-operation.ts';
import { createLocalOperations } from './local-operations.ts';

const kept = (number: number, verdict?: Kept['verdict']): Kept =>
  ({
    number,
    link: { number },
    envelope: { id: `operation_${number}` },
    operation: { id: `operation_${number}`, record: `matter_${number % 2}` },
    ...(verdict && { verdict }),
  }) as unknown as Kept;
const confirmed = (number: number): Kept =>
  kept(number, { id: `operation_${number}`, verdict: 'confirmed', seq: number });

test('each stands in one place, wherever verdicts and removals move it', () => {
  const operations = createLocalOperations();
  const standing = () =>
    (['pending', 'confirmed', 'refused', 'held'] as const).map((one) =>
      [...operations.standing(one).keys()].sort(),
    );
  for (const number of [3, 1, 2]) operations.put(kept(number));
  operations.put(kept(2, { id: 'operation_2', verdict: 'held', reason: { code: 'depends' } }));
  operations.put(confirmed(3));
  expect(standing()).toEqual([['operation_1'], ['operation_3'], [], ['operation_2']]);
  operations.put(kept(2, { id: 'operation_2', verdict: 'refused', reason: { code: 'access' } }));
  operations.remove('operation_3');
  operations.remove('operation_9');
  // Offered again after a restoration.
  operations.put(kept(2));
  expect(standing()).toEqual([['operation_1', 'operation_2'], [], [], []]);
  expect(operations.all().map(({ number }) => number)).toEqual([1, 2]);
});

test('what its author sent anew is dealt with; what a reviewer at the same computer made of it is not', () => {
  const operations = createLocalOperations();
  const by = (number: number, author: string, corrects?: string): Kept => {
    const one = kept(number);
    return { ...one, operation: { ...one.operation, author, ...(corrects && { corrects }) } } as Kept;
  };
  operations.put(by(1, 'zhou'));
  operations.put(by(2, 'chen', 'operation_1'));
  expect(operations.into('operation_1')).toBeUndefined();
  operations.put(by(3, 'zhou', 'operation_1'));
  expect(operations.into('operation_1')).toEqual(['operation_3']);
});
