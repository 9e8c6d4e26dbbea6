/**
 * Scopes that this person may no longer read. Own operations come first: as long as one of a scope's records waits for its verdict,
 * the scope stays. An answer without any scope is trouble, never a reason to let go of anything (law 5).
 */
import { standingOf } from '../memory/own-operations.ts';
import { tellRecords, type Engine } from './engine.ts';

/** Must run inside `engine.inOrder`. */
export async function forgetLostScopes(engine: Engine, entitled: readonly string[]): Promise<void> {
  if (entitled.length === 0) return;
  const may = new Set(entitled);
  for (const scope of Object.keys(engine.state.cursors)) {
    if (may.has(scope)) continue;
    const records = engine.records.inScope(scope);
    const waits = records.some((id) => engine.own.of(id).some((kept) => standingOf(kept) === 'pending'));
    if (waits) continue;
    const { [scope]: _, ...cursors } = engine.state.cursors;
    engine.state = { ...engine.state, cursors };
    await engine.store.forget(records, engine.state, engine.records.baseOf);
    engine.records.forget(records);
    engine.search.changed(records);
    tellRecords(engine, records, ['sync', 'tray']);
  }
}
