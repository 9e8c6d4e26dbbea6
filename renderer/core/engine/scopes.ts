/**
 * Scopes come and go while the desk runs. A gained one gets its key, shows what somebody on this computer has pulled of it already, and
 * is pulled on from there, or from zero. A lost one is settled first: as long as one of its records waits for a verdict on own work, it
 * stays; then its key is destroyed, its rows go where nobody here holds it any more, and memory lets go of what came through it.
 */
import type { ScopeKey } from '../../../shared/bridge.ts';
import { seqOf, standingOf } from '../memory/local-operations.ts';
import { cursorOf } from '../store/state.ts';
import { isForgotten } from './former.ts';
import { isMine, noteTrouble, tellRecords, type Engine } from './engine.ts';
import { catchUp, letGo, showChanged } from './mirror.ts';

/** @returns the entitled scopes whose keys are here now; the others are asked for again at the next turn */
export async function openScopes(engine: Engine, entitled: readonly string[]): Promise<readonly string[]> {
  const isOpen = (scope: string): boolean => engine.vault.keyOf(scope) !== undefined;
  const missing = new Set(entitled.filter((scope) => !isOpen(scope)));
  if (missing.size > 0) {
    const answer = await engine.bridge.ask('scopes.open', { scopes: [...missing] }).catch(() => undefined);
    const keys = (answer?.keys ?? []).filter(({ scope }) => missing.has(scope));
    if (keys.length > 0) await engine.inOrder(() => gain(engine, keys));
  }
  return entitled.filter(isOpen);
}

async function gain(engine: Engine, keys: readonly ScopeKey[]): Promise<void> {
  await engine.vault.admit(keys);
  const scopes = [...new Set(keys.map(({ scope }) => scope))];
  for (const scope of scopes) {
    engine.leaseOver.delete(scope);
    engine.left.delete(scope);
  }
  const changed: string[] = [];
  const { cursors } = await engine.store.loadScopes(scopes, (bases) => {
    changed.push(...engine.records.take(bases));
  });
  engine.state = { ...engine.state, cursors: { ...engine.state.cursors, ...cursors } };
  showChanged(engine, new Set(changed));
  // Colleagues' entries may open now.
  engine.mirrored = 0;
  await engine.store.keepOperations([], 0);
  await catchUp(engine);
}

/**
 * Everything up to their cursors has been pulled of all scopes that this person may read: what was confirmed by then and lies in no
 * record here has left them. Must run inside `engine.inOrder`.
 */
export async function letUnreadableGo(engine: Engine, entitled: readonly string[]): Promise<void> {
  const reached = reachedIn(engine, entitled);
  const gone = engine.operations
    .all()
    .filter((kept) => (seqOf(kept) ?? Infinity) <= reached)
    .filter(({ operation }) => engine.records.baseOf(operation.record) === undefined);
  await letGo(engine, gone);
}

/** How far all of them have been pulled. */
const reachedIn = ({ state, vault }: Engine, entitled: readonly string[]): number =>
  Math.min(
    ...entitled.filter((scope) => vault.keyOf(scope) !== undefined).map((scope) => cursorOf(state, scope)),
  );

/** Must run inside `engine.inOrder`. */
export async function forgetLostScopes(engine: Engine, entitled: readonly string[]): Promise<void> {
  const may = new Set(entitled);
  const foreign = [...new Set([...engine.vault.scopes(), ...engine.leaseOver])].filter(
    (scope) => !may.has(scope) && !isForgotten(engine, scope),
  );
  if (foreign.length === 0) return;
  const waiting = scopesThatWait(engine, reachedIn(engine, entitled));
  const lost = foreign.filter((scope) => !waiting.has(scope));
  if (lost.length === 0) return;
  const left = await engine.bridge.ask('scopes.leave', { scopes: lost }).catch(() => undefined);
  if (!left) return;
  // Without a key nobody opens what a full disk keeps of it.
  await engine.store.forgetScopes(lost, left.gone).catch(() => noteTrouble(engine, 'storage'));
  forget(engine, lost);
}

function forget(engine: Engine, lost: readonly string[]): void {
  engine.vault.forget(lost);
  const isLost = new Set(lost);
  const cursors = Object.entries(engine.state.cursors).filter(([scope]) => !isLost.has(scope));
  engine.state = { ...engine.state, cursors: Object.fromEntries(cursors) };
  const changed = new Set<string>();
  for (const scope of lost) {
    engine.leaseOver.delete(scope);
    engine.left.add(scope);
    for (const id of engine.records.lose(scope, engine.records.inScope(scope))) changed.add(id);
  }
  for (const kept of engine.operations.all()) {
    if (isMine(engine, kept) || engine.vault.scopeOf(kept.envelope.forScope?.key ?? '') !== undefined)
      continue;
    engine.operations.remove(kept.operation.id);
    changed.add(kept.operation.record);
  }
  engine.records.changed(changed);
  tellRecords(engine, changed, { also: ['sync', 'tray'] });
}

/**
 * Where own work is under way, or arrived after the district said what this person may read: a record that begins a scope is not
 * among the entitled before.
 */
function scopesThatWait(engine: Engine, reached: number): ReadonlySet<string> {
  const { operations, records } = engine;
  const found = new Set<string>();
  for (const kept of operations.all()) {
    const { record } = kept.operation;
    const isUnderWay = standingOf(kept) === 'pending' || (seqOf(kept) ?? 0) > reached;
    if (!isMine(engine, kept) || !isUnderWay) continue;
    for (const via of records.viasOf(record)) found.add(via);
    const shown = records.shown(record);
    for (const scope of shown ? [shown.scope, ...(shown.shares ?? [])] : []) found.add(scope);
  }
  return found;
}
