/**
 * `decide`, for every record that an operation touches: a merge asks about both, and an edit of a merged record by somebody who did not
 * see the merge is decided for the survivor as well. What is refused for one of them takes effect on none.
 */
import { mayDoTo } from './access.ts';
import { shanghaiDay } from './calendar/day.ts';
import { brokenRule, decide, type Deciding } from './decide.ts';
import type { AnyEntity } from './entity.ts';
import { isId } from './id.ts';
import type { Operation } from './operation.ts';
import { isEdit, isPairing, survivorsOf } from './pairing.ts';
import { basisIn } from './play.ts';
import type { RecordState } from './record.ts';
import type { Refusal } from './refusal.ts';
import { ok, refuse, type Result } from './result.ts';
import { sameValue } from './same-value.ts';
import { landedOn, leadsTo, playTogether, type Find } from './together.ts';
import { upcastOperation } from './upcast.ts';

type Decided = Result<readonly RecordState[], Refusal>;

/** @returns the records as they are then, the operation's own one first */
export function decideTogether(find: Find, operation: Operation, deciding: Deciding): Decided {
  const record = find(operation.record);
  const decided = decide(record, operation, deciding);
  const { entity } = deciding;
  if (!decided.ok) return decided;
  if (!record || !entity) return ok([decided.value]);
  if (isPairing(operation.kind)) return decidePair(find, operation, { ...deciding, entity });
  if (!record.merged || !isEdit(operation.kind)) return ok([decided.value]);
  for (const survivor of survivorsOf(record, find)) {
    const landed = decide(survivor, landedOn(survivor, operation), { ...deciding, isLanded: true });
    if (!landed.ok) return landed;
  }
  return ok(played(find, operation, { ...deciding, entity }));
}

function decidePair(find: Find, operation: Operation, deciding: Pairing): Decided {
  const { entity, roles, actor, isReviewed = false } = deciding;
  const { kind, record: id, other = '' } = operation;
  const isPair = entity.duplicates !== undefined && isId(other, entity.name) && other !== id;
  if (!isPair) return refuse({ code: 'schema', problems: [{ code: 'malformed', field: 'other' }] });
  if (kind === 'distinguish') return ok(played(find, operation, deciding));
  const survivor = find(other);
  if (!survivor) return refuse({ code: 'unknownRecord' });
  if (!isReviewed && !mayDoTo(actor, 'merge', entity.access, survivor, roles))
    return refuse({ code: 'access' });
  if (kind === 'merge') {
    const merged = find(id)?.merged;
    // Said twice, or the other way round meanwhile: there is nothing left to do. Into a third one: a person looks at all three.
    if (merged && !areOne(find, id, other)) return refuse({ code: 'merged' });
    if (survivor.withdrawn) return refuse({ code: 'withdrawn' });
  }
  const records = played(find, operation, deciding);
  const today = shanghaiDay(Date.parse(operation.at));
  for (const after of records.slice(1)) {
    const before = find(after.id);
    if (!before || sameValue(before.values, after.values)) continue;
    const broken = brokenRule(before, after, { ...operation, kind: 'change' }, entity, today);
    if (broken) return refuse(broken);
  }
  return ok(records);
}

type Pairing = Deciding & { readonly entity: AnyEntity };

const areOne = (find: Find, one: string, other: string): boolean =>
  leadsTo(find, one, other) || leadsTo(find, other, one) || endOf(find, one) === endOf(find, other);

function endOf(find: Find, id: string): string {
  const record = find(id);
  return (record && survivorsOf(record, find).at(-1)?.id) ?? id;
}

function played(find: Find, given: Operation, deciding: Pairing): readonly RecordState[] {
  const { entity, epoch, restoredHead = 0, seq } = deciding;
  const operation = upcastOperation(given, entity);
  return playTogether(find, operation, { entity, seq, basis: basisIn(operation, epoch, restoredHead) });
}
