/**
 * One operation, its verdict: the shared `decide()` on the district's record, and what the district adds to it: predecessors, lost
 * rights, official numbers, and that a broken rule of ours stops nobody.
 */
import { mayDoTo, type Actor } from '../../shared/core/access.ts';
import { decideTogether } from '../../shared/core/decide-together.ts';
import type { AnyEntity } from '../../shared/core/entity.ts';
import { isId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { isPairing } from '../../shared/core/pairing.ts';
import { isPlacing } from '../../shared/core/place.ts';
import { actionOf } from '../../shared/core/place-rules.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import { parseScope } from '../../shared/core/scope.ts';
import { REVIEW_KEY } from '../ledger/review-key.ts';
import type { Find } from '../../shared/core/together.ts';
import { wasConfirmed, type Confirmed, type Said } from '../ledger/said.ts';
import type { Counter } from '../ledger/official-numbers.ts';
import type { StoredOperation } from '../ledger/transactor.ts';
import { authorNow, authorOnce, homesOnce, placeOnce } from './author.ts';
import type { Bench } from './bench.ts';
import type { Layer } from './draft.ts';
import { inFormerOrder, withSeen } from './former-order.ts';
import { mattersOf } from './matters.ts';
import { counterName, counterOf, numberName, numberSaid, withOfficialNumber } from './official-number.ts';

/** Wakes what waits for a newer build of the district. */
export const REGISTRY_KEY = 'registry';

export function hold(layer: Layer, stored: StoredOperation, reason: Refusal, waits: readonly string[]): void {
  const keys = new Set(waits);
  if (stored.group !== null) keys.add(`group:${stored.group}`);
  layer.setOperation({ ...stored, verdict: { id: stored.id, verdict: 'held', reason }, waits: [...keys] });
}

/** What its author or a reviewer has said stands. */
const BY_A_PERSON: ReadonlySet<Refusal['code']> = new Set(['resolved', 'handed', 'declined', 'decided']);

/** What was confirmed once is never refused: where it does not fit any more, a person looks at it (sync.md S8). */
export function refuse(layer: Layer, stored: StoredOperation, reason: Refusal): void {
  if (wasConfirmed(stored.earlier) && !BY_A_PERSON.has(reason.code)) {
    const { code: because, ...more } = reason;
    const about = stored.record === null ? [] : [`record:${stored.record}`];
    const waits = [`person:${stored.author}`, ...about, REVIEW_KEY];
    hold(layer, stored, { ...more, code: 'restored', because }, waits);
    return;
  }
  layer.setOperation({ ...stored, verdict: { id: stored.id, verdict: 'refused', reason }, waits: [] });
}

/** Its author has dealt with it: while it is held, it never takes effect. */
export function settle(layer: Layer, stored: StoredOperation): void {
  if (stored.verdict.verdict === 'held') refuse(layer, stored, { code: 'resolved' });
}

/** It takes its place in the order and in the history of its record, which stays what it is. */
export function confirmAsItIs(
  layer: Layer,
  stored: StoredOperation,
  { epoch, number }: { readonly epoch: string; readonly number?: Confirmed['number'] | undefined },
): void {
  const seq = layer.takeSeq();
  const record = layer.record(stored.record ?? '');
  if (record) layer.setRecord({ ...record, seq });
  const said: Confirmed = { epoch, seq, prior: record?.seq ?? 0, ...(number && { number }) };
  const verdict = { id: stored.id, verdict: 'confirmed', seq } as const;
  layer.setOperation({ ...stored, seq, verdict, waits: [], said });
}

/** @param review the decision that lets it through: then every right that its author ever had counts, not only those of now */
export function judgeOne(bench: Bench, layer: Layer, stored: StoredOperation, review?: string): void {
  const operation = bench.contentOf(stored) as Operation;
  const missing = operation.after.find((id) => layer.operation(id)?.verdict.verdict !== 'confirmed');
  if (missing !== undefined) {
    hold(layer, stored, { code: 'depends', operation: missing }, [`operation:${missing}`]);
    return;
  }
  const entity = bench.judging.registry.entities.get(operation.entity);
  const record = layer.record(operation.record);
  if (!isId(operation.record, operation.entity) || (record && record.entity !== operation.entity)) {
    refuse(layer, stored, { code: 'schema', problems: [{ code: 'malformed', field: 'record' }] });
    return;
  }
  const seen = withSeen(bench, layer, stored);
  const deciding: Deciding = { bench, layer, record, operation: seen, entity, seq: layer.seq() + 1 };
  const decided =
    review !== undefined && mayOnce(deciding)
      ? decideSafely({ ...deciding, isReviewed: true }, authorNow(bench, layer, operation.author))
      : decideSafely(deciding, authorNow(bench, layer, operation.author));
  if (decided === 'failed') hold(layer, stored, { code: 'rule', rule: 'judge' }, [REGISTRY_KEY]);
  else if (decided.ok) {
    const given =
      entity &&
      numberFor(bench, layer, operation, {
        entity,
        earlier: stored.earlier,
        isReviewed: review !== undefined,
      });
    if (given === 'taken') return refuse(layer, stored, { code: 'numberTaken' });
    const seq = layer.takeSeq();
    const number = given && ([given.entity, given.area, given.year, given.ordinal] as const);
    const { epoch } = bench.head;
    const said = { epoch, seq, prior: record?.seq ?? 0, ...(number && { number: [...number] }) } as Said;
    const [last, ...survivors] = decided.value as readonly [RecordState, ...RecordState[]];
    const isAlone = survivors.length === 0 && record !== undefined && entity !== undefined;
    const first = (isAlone && inFormerOrder(stored, { bench, layer, entity, record, seq })) || last;
    layer.setRecord(given ? withOfficialNumber(first, entity, given, bench.areaName(given.area)) : first);
    for (const survivor of survivors) {
      layer.takeSeq();
      layer.setRecord(survivor);
    }
    const verdict = { id: stored.id, verdict: 'confirmed', seq } as const;
    layer.setOperation({ ...stored, seq, verdict, waits: [], review: review ?? stored.review, said });
    const corrected = layer.operation(operation.corrects ?? '');
    if (corrected?.author === stored.author) settle(layer, corrected);
  } else if (decided.error.code === 'unknownRecord') {
    const wanted = [operation.record, ...(operation.other === undefined ? [] : [operation.other])];
    const waits = wanted.filter((id) => !layer.record(id)).map((id) => `record:${id}`);
    hold(layer, stored, decided.error, waits);
  } else if (decided.error.code === 'unknownEntity' || decided.error.code === 'newerVersion') {
    hold(layer, stored, decided.error, [REGISTRY_KEY]);
  } else if (decided.error.code === 'recordExists' && record?.created.operation === stored.id) {
    confirmBroughtBack(layer, { ...stored, review: review ?? stored.review }, bench.head.epoch);
  } else if (decided.error.code === 'access') refuseOrHold(deciding, stored, decided.error);
  else refuse(layer, stored, decided.error);
}

/** Its record was brought back by approval before its author's computer returned (sync.md S8): it is what it says already. */
function confirmBroughtBack(layer: Layer, stored: StoredOperation, epoch: string): void {
  const number = numberSaid(stored.earlier);
  const isStill = number && layer.number(numberName(number))?.record === stored.record;
  confirmAsItIs(layer, stored, { epoch, number: isStill ? wasConfirmed(stored.earlier)?.number : undefined });
}

/** Nobody may do it now: perhaps later, when rights come back, or the matter that says who may has arrived. */
function refuseOrHold(deciding: Deciding, stored: StoredOperation, reason: Refusal): void {
  const { bench, layer, record, operation } = deciding;
  const matters = mattersOf(operation, record, bench.judging.registry.entities);
  const missing = matters.find((id) => isId(id) && !layer.record(id));
  if (missing !== undefined) hold(layer, stored, { code: 'unknownRecord' }, [`record:${missing}`]);
  else if (mayOnce(deciding)) {
    const places = [operation.record, ...matters].map((id) => `record:${id}`);
    hold(layer, stored, reason, [`person:${operation.author}`, ...places, REVIEW_KEY]);
  } else refuse(layer, stored, reason);
}

interface Deciding {
  readonly bench: Bench;
  readonly layer: Layer;
  readonly record: RecordState | undefined;
  readonly operation: Operation;
  readonly entity: AnyEntity | undefined;
  readonly seq: number;
  readonly isReviewed?: boolean;
}

function decideSafely(
  { bench, layer, operation, entity, seq, isReviewed = false }: Deciding,
  actor: Actor,
  find: Find = layer.record,
): ReturnType<typeof decideTogether> | 'failed' {
  const { registry, onFailure } = bench.judging;
  const { epoch, restoredHead } = bench.head;
  const deciding = { entity, roles: registry.roles, actor, epoch, restoredHead, seq, isReviewed };
  try {
    return decideTogether(find, operation, deciding);
  } catch (failure) {
    onFailure?.(operation.id, failure);
    return 'failed';
  }
}

/** Whether the author had the right before it was taken away: a grant, a naming, or the record's place (sync.md S14). */
function mayOnce(deciding: Deciding): boolean {
  const { bench, layer, record, operation, entity } = deciding;
  const person = bench.person(operation.author);
  if (!person || !entity) return false;
  const once = authorOnce(bench, layer, person);
  if (record && isPlacing(operation.kind)) {
    const { roles } = bench.judging.registry;
    // Shared back to the home that it had left, it has left nothing there: who has not seen it so may have known it at home.
    const isSeen = operation.basis.epoch === bench.head.epoch && operation.basis.seq >= record.seq;
    const homes = [record.scope, ...homesOnce(bench, record), ...(isSeen ? [] : (record.shares ?? []))];
    return homes.some((scope) => mayDoTo(once, actionOf(operation), entity.access, { scope }, roles));
  }
  return recordsOnce(deciding, person.id).some((known) => {
    // An edit was written for its own record; who stands for it now was not there to be asked about.
    const otherOnce = (id: string): RecordState | undefined => {
      const other = isPairing(operation.kind) ? layer.record(id) : undefined;
      return other && placeOnce(bench, other, person.id);
    };
    const find = (id: string): RecordState | undefined => (id === operation.record ? known : otherOnce(id));
    const decided = decideSafely(deciding, once, find);
    return decided === 'failed' || decided.ok || decided.error.code !== 'access';
  });
}

/** As it lies now, and as it lay in every area that it has left: what is reclassified stays in its author's area. */
function recordsOnce({ bench, record }: Deciding, author: string): readonly (RecordState | undefined)[] {
  if (!record) return [undefined];
  const known = placeOnce(bench, record, author);
  const areas = homesOnce(bench, record).flatMap((name) => {
    const scope = parseScope(name);
    return scope?.form === 'area' ? [scope.area] : [];
  });
  return [record.area, ...areas].map((area) => ({ ...known, area }));
}

/** The one of a former life, or the next one that nobody has; also where a reviewer takes over what had one that is taken. */
function numberFor(
  bench: Bench,
  layer: Layer,
  operation: Operation,
  given: { readonly entity: AnyEntity; readonly earlier: Said | null; readonly isReviewed: boolean },
): Counter | 'taken' | undefined {
  const key = counterOf(operation, given.entity);
  if (!key) return undefined;
  const name = counterName(key);
  const last = layer.counter(name)?.ordinal ?? 0;
  const before = numberSaid(given.earlier);
  const isTaken = before !== undefined && layer.number(numberName(before)) !== undefined;
  if (isTaken && !given.isReviewed) return 'taken';
  const number = before && !isTaken ? before : { ...key, ordinal: last + 1 };
  layer.setCounter(name, { ...key, ordinal: Math.max(last, number.ordinal) });
  layer.setNumber(numberName(number), { ...number, record: operation.record });
  return number;
}
