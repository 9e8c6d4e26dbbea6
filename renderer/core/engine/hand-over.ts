/**
 * A refused operation handed to whoever reviews (sync.md S10): as it is, with what was held with it. The rules are not asked here, and
 * nothing of it takes effect, on this desk neither, before a person has decided.
 */
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, type Result } from '../../../shared/core/result.ts';
import type { Saved } from '../desk.ts';
import type { Engine } from './engine.ts';
import { sendAgain } from './send-again.ts';

export const handOver = (engine: Engine, operation: string): Promise<Result<Saved, Refusal>> =>
  sendAgain(engine, operation, { write: () => ({ handed: true }), fits: () => ok(undefined) });
