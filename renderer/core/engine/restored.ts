/**
 * The district came back from a backup (sync.md S8): what it had confirmed beyond the restored head counts as pending again on this
 * computer. The main process offers it anew under the same ids; nothing of one's own is ever dropped for it.
 */
import { seqOf } from '../memory/own-operations.ts';
import type { Engine } from './engine.ts';
import { keepOperations, pendingAgain, showChanged } from './mirror.ts';

export async function restoredDistrict(engine: Engine): Promise<void> {
  const { restoredHead } = engine.state;
  const lost = engine.own.all().filter((kept) => (seqOf(kept) ?? 0) > restoredHead);
  const again = lost.map(pendingAgain);
  for (const kept of again) engine.own.put(kept);
  await keepOperations(engine, again);
  // Every basis counts anew, so everything with own operations is played again.
  showChanged(engine, new Set(engine.own.all().map(({ operation }) => operation.record)));
}
