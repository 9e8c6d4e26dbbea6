/**
 * The district came back from a backup (sync.md S8). What it has lost of this computer's work the main process offers anew, and the
 * journal's lines tell which (mirror.ts): only they know to which life of the district a verdict belongs. Here only what is shown is
 * brought up to date: every basis counts anew, so everything with operations of this computer is played again.
 */
import type { Engine } from './engine.ts';
import { showMany } from './mirror.ts';

export function restoredDistrict(engine: Engine): Promise<void> {
  return showMany(engine, new Set(engine.operations.all().map(({ operation }) => operation.record)));
}
