/** From commands to saved operations: decided here with this person's rights, by the same function that the district asks again. */
import { operationOf, type Command } from '../../../shared/core/command.ts';
import { decideTogether } from '../../../shared/core/decide-together.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { Opened, RunOptions, Saved } from '../desk.ts';
import { commit } from './commit.ts';
import { actorOf, correctedNow, freshId, instant, noteTrouble, type Engine, type Local } from './engine.ts';
import { noteDecided, refusalOfDecision } from './review.ts';
import { isReview } from '../../../shared/core/review-kinds.ts';
import { creationsOf, openRecord, presentNames } from './opened.ts';

export function runAll(
  engine: Engine,
  commands: readonly Command[],
  options: RunOptions = {},
): Promise<Result<Saved, Refusal>> {
  return engine.inOrder(async () => {
    if (engine.isNewerStore) return refuse({ code: 'newerApp' });
    if (engine.link.room.room === 'none') return refuse({ code: 'noRoom' });
    const local: Local = new Map();
    const decided: Operation[] = [];
    const group = commands.length > 1 ? { id: freshId(engine, 'group'), size: commands.length } : undefined;
    for (const command of commands) {
      const result = await decideOne(engine, command, { ...options, group, local, before: decided });
      if (!result.ok) return result;
      if (result.value) decided.push(result.value);
    }
    // Commands that change nothing leave no trace; a group is as large as what is left of it.
    const operations = decided.map((operation) => sized(operation, decided.length));
    if (operations.length > 0) {
      const kept = await commit(engine, operations, local);
      if (!kept.ok) return kept;
      noteDecided(engine, operations);
    }
    return ok({
      record: commands[0]?.record ?? '',
      operations: operations.map(({ id }) => id),
    });
  });
}

function sized(operation: Operation, size: number): Operation {
  const { group, ...rest } = operation;
  if (!group) return operation;
  return size > 1 ? { ...rest, group: { ...group, size } } : rest;
}

interface Deciding extends RunOptions {
  readonly group: { readonly id: string; readonly size: number } | undefined;
  readonly local: Local;
  readonly before: readonly Operation[];
}

async function decideOne(
  engine: Engine,
  command: Command,
  { opened, corrects, group, local, before }: Deciding,
): Promise<Result<Operation | undefined, Refusal>> {
  const entity = engine.registry.entities.get(command.entity);
  if (!entity) return refuse({ code: 'unknownEntity' });
  const saw = sightOf(engine, command, opened, local, before);
  const other =
    'other' in command
      ? sightOf(engine, { kind: 'change', record: command.other }, undefined, local, before)
      : undefined;
  const isNumbered = command.kind === 'create' && entity.numberField !== undefined;
  const temporaryNumber = isNumbered ? await nextNumber(engine) : undefined;
  if (isNumbered && temporaryNumber === undefined) return refuse({ code: 'storage' });
  const operation = operationOf(command, entity, {
    id: freshId(engine, 'operation'),
    author: engine.session.person.id,
    device: engine.session.device.id,
    at: instant(correctedNow(engine)),
    seen: saw.seen,
    seenOther: other?.seen,
    basis: saw.basis,
    after: afterOf(engine, command, { ...saw, after: [...saw.after, ...(other?.after ?? [])] }, local),
    newEntryId: () => freshId(engine, 'entry'),
    ...(temporaryNumber !== undefined && { temporaryNumber }),
    ...(group && { group }),
    ...(corrects !== undefined && !isReview(command.kind) && { corrects }),
  });
  if (isEmpty(operation)) return ok(undefined);
  if (isReview(operation.kind)) {
    const decision = { ...operation, after: [] };
    const refusal = refusalOfDecision(engine, decision);
    return refusal ? refuse(refusal) : ok(decision);
  }
  const result = check(engine, operation, local);
  return result.ok ? ok(operation) : result;
}

/** What the author had before their eyes: what the form kept, or what is shown now, with this saving's own operations on top. */
function sightOf(
  engine: Engine,
  command: Pick<Command, 'kind' | 'record'>,
  opened: Opened | undefined,
  local: Local,
  before: readonly Operation[],
): Opened {
  const isItsForm = opened?.seen ? opened.seen.id === command.record : command.kind === 'create';
  const now = opened && isItsForm ? opened : openRecord(engine, command.record);
  if (!local.has(command.record)) return now;
  const own = before.filter(({ record }) => record === command.record).map(({ id }) => id);
  return { ...now, seen: local.get(command.record), after: [...now.after, ...own] };
}

function afterOf(engine: Engine, command: Command, { after }: Opened, local: Local): readonly string[] {
  const { record: _, ...rest } = command;
  // A record that is spoken of is pointed to like any other: it may be as new as this one.
  const asked = 'other' in rest ? { ...rest, other: { id: rest.other } } : rest;
  return [...new Set([...presentNames(engine, after), ...creationsOf(engine, asked, local)])].slice(-1000);
}

/** Asks the rules, on the record as it is shown; what they leave is what the next operation of this saving meets. */
export function check(
  engine: Engine,
  operation: Operation,
  local: Local,
): Result<readonly RecordState[], Refusal> {
  const find = (id: string): RecordState | undefined =>
    local.has(id) ? local.get(id) : engine.records.shown(id);
  const decided = decideTogether(find, operation, {
    entity: engine.registry.entities.get(operation.entity),
    roles: engine.registry.roles,
    actor: actorOf(engine, local),
    epoch: engine.state.epoch,
    restoredHead: engine.state.restoredHead,
    seq: null,
  });
  for (const record of decided.ok ? decided.value : []) local.set(record.id, record);
  return decided;
}

const isEmpty = ({ kind, set, add, remove, append, settles }: Operation): boolean =>
  kind === 'change' && [set, add, remove, append, settles].every((part) => part === undefined);

/** 临-D7-3: until the district gives the official one. Undefined where the disk takes no more. */
async function nextNumber(engine: Engine): Promise<string | undefined> {
  try {
    const { ordinal } = await engine.bridge.ask('journal.temporaryNumber');
    return `临-${engine.session.device.label}-${ordinal}`;
  } catch {
    noteTrouble(engine, 'storage');
    return undefined;
  }
}
