/**
 * From decided operations to saved ones: seal, append to the journal (the commit point, sync.md S1), one IndexedDB transaction, then
 * memory and every view of it. Once the journal has answered, the operation exists, whatever happens after.
 */
import type { Operation } from '../../../shared/core/operation.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { Kept } from '../store/kept-operation.ts';
import { noteTrouble, type Engine } from './engine.ts';
import { catchUp, keepOperations, showChanged } from './mirror.ts';

/** Must run inside `engine.inOrder`. Refuses only where the journal has not taken the operations: a full or broken disk. */
export async function commit(
  engine: Engine,
  operations: readonly Operation[],
): Promise<Result<undefined, Refusal>> {
  const envelopes = await Promise.all(operations.map((operation) => engine.vault.sealOperation(operation)));
  const numbers = await append(engine, envelopes);
  if (numbers === 'not taken') return refuse({ code: 'storage' });
  if (numbers) {
    const kept = operations.map((operation, index): Kept => {
      const envelope = envelopes[index];
      const number = numbers[index];
      if (!envelope || number === undefined) throw new Error('the journal numbers every operation');
      return { operation, envelope, number };
    });
    for (const one of kept) engine.own.put(one);
    await keepOperations(engine, kept);
    showChanged(engine, new Set(operations.map(({ record }) => record)));
  }
  void engine.bridge.ask('carrier.push').catch(() => undefined);
  return ok(undefined);
}

/** @returns the numbers; undefined where the answer was lost but the journal turned out to have them */
async function append(
  engine: Engine,
  envelopes: readonly Awaited<ReturnType<Engine['vault']['sealOperation']>>[],
): Promise<readonly number[] | undefined | 'not taken'> {
  try {
    const { numbers } = await engine.bridge.ask('journal.append', { envelopes: [...envelopes] });
    return numbers;
  } catch {
    // What cannot be read now is found at the next turn, if it is there.
    await catchUp(engine).catch(() => undefined);
    if (envelopes.every(({ id }) => engine.own.get(id))) return undefined;
    noteTrouble(engine, 'storage');
    return 'not taken';
  }
}
