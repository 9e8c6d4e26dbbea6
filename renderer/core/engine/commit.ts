/**
 * From decided operations to saved ones: seal for the readers of what the record is then, append to the journal (the commit point, sync.md S1), one IndexedDB transaction, then
 * memory and every view of it. Once the journal has answered, the operation exists, whatever happens after.
 */
import { NO_ROOM, type BridgeOutput } from '../../../shared/bridge.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { parseScope, scopeName } from '../../../shared/core/scope.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { Envelope } from '../../../shared/protocol/envelope.ts';
import { filesOf } from './attachments.ts';
import type { Kept } from '../store/kept-operation.ts';
import { noteTrouble, type Engine, type Local } from './engine.ts';
import { catchUp, keepOperations, showChanged } from './mirror.ts';

/**
 * Must run inside `engine.inOrder`. Refuses only where the computer has not taken the operations: a full or broken disk.
 *
 * @param local the records as these operations leave them
 */
export async function commit(
  engine: Engine,
  operations: readonly Operation[],
  local: Local,
): Promise<Result<undefined, Refusal>> {
  if (!(await beginScopes(engine, operations, local))) return refuse({ code: 'storage' });
  const sealed = await sealAll(engine, operations, local);
  if (!sealed.ok) return sealed;
  const envelopes = sealed.value;
  const entries = await append(engine, envelopes);
  if (entries === 'storage' || entries === 'noRoom') return refuse({ code: entries });
  if (entries) {
    const kept = operations.map((operation, index): Kept => {
      const [envelope, entry] = [envelopes[index], entries[index]];
      if (!envelope || !entry) throw new Error('the journal numbers every operation');
      return { operation, envelope, ...entry };
    });
    for (const one of kept) engine.operations.put(one);
    await keepOperations(engine, kept);
    showChanged(engine, new Set(operations.map(({ record }) => record)));
  }
  return ok(undefined);
}

/** Each with the files that follow it. What a forgotten draft names and this computer has let go is said, not promised to anybody. */
async function sealAll(
  engine: Engine,
  operations: readonly Operation[],
  local: Local,
): Promise<Result<readonly Envelope[], Refusal>> {
  const envelopes: Envelope[] = [];
  for (const operation of operations) {
    const { here, missing } = await filesOf(engine, operation);
    if (missing !== undefined && operation.kind === 'create')
      return refuse({ code: 'schema', problems: [{ code: 'fileMissing', field: missing }] });
    const scope = openScopeOf(engine, local.get(operation.record));
    const envelope = await engine.vault.sealOperation(operation, scope);
    envelopes.push(here.length > 0 ? { ...envelope, files: [...here] } : envelope);
  }
  return ok(envelopes);
}

/** Through whichever scope colleagues at this computer may read it; undefined where only its author may. */
const openScopeOf = ({ vault }: Engine, record: RecordState | undefined): string | undefined =>
  record && [record.scope, ...(record.shares ?? [])].find((scope) => vault.keyOf(scope) !== undefined);

/** A confidential matter begins the scope of its readers: the key comes first. @returns whether all of them are here */
async function beginScopes(engine: Engine, operations: readonly Operation[], local: Local): Promise<boolean> {
  const begun = operations.flatMap(({ kind, record }) => {
    const scope = parseScope(local.get(record)?.scope ?? '');
    return kind === 'create' && scope?.form === 'readers' && scope.record === record
      ? [scopeName(scope)]
      : [];
  });
  try {
    for (const scope of begun) {
      if (engine.vault.keyOf(scope) !== undefined) continue;
      const { key } = await engine.bridge.ask('scopes.begin', { scope });
      await engine.vault.admit([key]);
    }
    return true;
  } catch {
    noteTrouble(engine, 'storage');
    return false;
  }
}

/** @returns numbers and links; undefined where the answer was lost but the journal turned out to have them */
async function append(
  engine: Engine,
  envelopes: readonly Envelope[],
): Promise<BridgeOutput<'journal.append'>['entries'] | undefined | 'storage' | 'noRoom'> {
  try {
    const entries = envelopes.map((envelope) => ({ envelope }));
    return (await engine.bridge.ask('journal.append', { entries })).entries;
  } catch (error) {
    if (error instanceof Error && error.message === NO_ROOM) return 'noRoom';
    // What cannot be read now is found at the next turn, if it is there.
    await catchUp(engine).catch(() => undefined);
    if (envelopes.every(({ id }) => engine.operations.get(id))) return undefined;
    noteTrouble(engine, 'storage');
    return 'storage';
  }
}
