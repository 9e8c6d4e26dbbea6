/**
 * The judge: decides each operation with the SAME `decide()` as the desk, on the district's own record, and gives its verdict.
 *
 * - same id, same content: the same verdict for ever; other content: an alarm, and the first one stands (S3)
 * - a group is confirmed whole or not at all (S4)
 * - what builds on something that is not confirmed, or not here yet, is held and judged again when that arrives; `held` changes
 *   once, into confirmed or refused (S10)
 * - what a receipt proves to have been said in a former life is said again: the same refusal; confirmed as it was, or held for a person
 *   where it does not fit any more, never refused (S8)
 * - what its author has given up or sent anew takes no effect any more, whatever it waited for (S3)
 * - what was written under rights that were taken away since is held, not refused, until a person decides (S14, `review.ts`)
 * - what goes on from no end of its device's chain is not judged at all (`chain.ts`)
 *
 * Runs inside one transaction that holds the head's lock. Names no entity: the registry comes in.
 */
import { isId } from '../../shared/core/id.ts';
import { isReview } from '../../shared/core/review-kinds.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { REVIEW_KEY } from '../ledger/review-key.ts';
import type { Head, StoredOperation, Writing } from '../ledger/transactor.ts';
import { createBench, type Bench, type Judging } from './bench.ts';
import type { Layer } from './draft.ts';
import { followChains } from './chain.ts';
import { judgeDecision, reviewKeyOf } from './judge-decision.ts';
import { hold, judgeOne, refuse, REGISTRY_KEY, settle } from './judge-one.ts';
import { readOperation } from './open-envelope.ts';
import { receiptFor } from './receipt.ts';
import type { Outcome, Submission } from './submission.ts';

export async function judge(
  writing: Writing,
  given: readonly Submission[],
  judging: Judging,
): Promise<readonly Outcome[]> {
  const head = await writing.lockHead();
  const stopped = await followChains(writing, given, { now: judging.now, epoch: head.epoch });
  const submissions = given.filter((submission) => !stopped.has(submission));
  const verdicts = (await verdictsOn(writing, head, submissions, judging)).values();
  return given.map(
    (submission): Outcome =>
      stopped.get(submission) ?? { kind: 'judged', verdict: verdicts.next().value as Verdict },
  );
}

async function verdictsOn(
  writing: Writing,
  head: Head,
  submissions: readonly Submission[],
  judging: Judging,
): Promise<readonly Verdict[]> {
  if (submissions.length === 0) return [];
  const bench = createBench(writing, head, judging);
  await bench.load(
    submissions.map(operationIn),
    submissions.map(({ id }) => id),
  );
  const fresh: StoredOperation[] = [];
  const isChanged = submissions.map((submission) => {
    const known = bench.draft.operation(submission.id);
    if (known) {
      const isSame = known.digest === submission.digest;
      const isOwn = known.author === submission.author && known.device === submission.device;
      if (isSame && isOwn && isRemembered(known, submission)) {
        const standing = freshOperation(submission, judging.now);
        const again = { ...known, ...standingOf(standing), earlier: standing.earlier };
        bench.draft.setOperation(again);
        fresh.push(again);
      } else if (isSame && isOwn && submission.settled) settle(bench.draft, known);
      return !isSame;
    }
    const stored = freshOperation(submission, judging.now);
    bench.draft.setOperation(stored);
    fresh.push(stored);
    return false;
  });
  for (const [index, { id: operation, device, author: person }] of submissions.entries()) {
    if (isChanged[index]) {
      await writing.raiseAlarm({ at: judging.now, code: 'contentChanged', operation, device, person });
    }
  }
  const readable = fresh.filter((stored) => isToJudge(stored) && bench.contentOf(stored) !== undefined);
  const woken = await judgeUnits(bench, readable);
  // A decision may have come before what it decides on, after a restoration (S8); whatever became of that, it waits no longer.
  await wake(bench, [...woken, ...fresh.map(({ id }) => reviewKeyOf(id))]);
  await bench.write();
  return submissions.map(({ id }, index): Verdict =>
    isChanged[index]
      ? { id, verdict: 'refused', reason: { code: 'contentChanged' } }
      : verdictOf(bench.withWord(bench.draft.operation(id) as StoredOperation), judging),
  );
}

/** It waits here, and comes with the district's own final word of a former life. */
const isRemembered = ({ verdict, earlier }: StoredOperation, submission: Submission): boolean =>
  verdict.verdict === 'held' && earlier === null && submission.earlier !== undefined;

/** A word for ever goes out with its receipt. */
function verdictOf(stored: StoredOperation, { mac }: Judging): Verdict {
  const { verdict } = stored;
  if (verdict.verdict === 'held' || !mac) return verdict;
  const receipt = receiptFor(stored, mac);
  return receipt === undefined ? verdict : { ...verdict, receipt };
}

/**
 * Judges again what waits for any of these keys: rights that came back, a newer registry.
 * @returns how many were judged
 */
export async function judgeAgain(
  writing: Writing,
  keys: readonly string[],
  judging: Judging,
): Promise<number> {
  const bench = createBench(writing, await writing.lockHead(), judging);
  await wake(bench, keys);
  await bench.write();
  return bench.draft.changed().operations.length;
}

const operationIn = ({ content }: Submission): Operation | undefined =>
  content.kind === 'operation' ? content.operation : undefined;

/** Not judged yet: stands as held until its turn in the batch comes, or with the verdict that it has without being judged. */
function freshOperation(submission: Submission, receivedAt: string): StoredOperation {
  const { id, author, device, digest, text, link } = submission;
  const operation = operationIn(submission);
  const group = operation?.group;
  return {
    id,
    seq: null,
    record: operation && isId(operation.record) ? operation.record : null,
    author,
    device,
    link: link && placeOf(link),
    digest,
    group: group ? storable(`${device}/${group.id}`) : null,
    ...standing(submission),
    review: null,
    receivedAt,
    text: storable(text),
    said: null,
    earlier: submission.earlier ?? null,
  };
}

const placeOf = ({ entry: _, ...place }: NonNullable<Submission['link']>): StoredOperation['link'] => place;

const standingOf = ({ verdict, waits }: Standing): Standing => ({ verdict, waits });

function standing({ id, device, content, settled, revoked, earlier }: Submission): Standing {
  const verdict = (kind: 'held' | 'refused', reason: Refusal): Verdict => ({ id, verdict: kind, reason });
  // What was said once is said again, whatever has been lost meanwhile.
  if (earlier && 'reason' in earlier) return { verdict: verdict('refused', earlier.reason), waits: [] };
  if (earlier && content.kind === 'operation')
    return { verdict: verdict('held', { code: 'depends' }), waits: [] };
  if (settled) return { verdict: verdict('refused', { code: 'resolved' }), waits: [] };
  if (content.kind === 'refused') return { verdict: verdict('refused', content.reason), waits: [] };
  if (revoked)
    return { verdict: verdict('held', { code: 'revoked' }), waits: [`device:${device}`, REVIEW_KEY] };
  if (content.kind === 'held') return { verdict: verdict('held', content.reason), waits: [REGISTRY_KEY] };
  if (content.kind === 'operation' && content.operation.handed)
    return { verdict: verdict('held', { code: 'handed' }), waits: [REVIEW_KEY] };
  return { verdict: verdict('held', { code: 'depends' }), waits: [] };
}

type Standing = Pick<StoredOperation, 'verdict' | 'waits'>;

const isToJudge = ({ verdict, waits }: StoredOperation): boolean =>
  verdict.verdict === 'held' && waits.length === 0;

/** PostgreSQL's text holds every character but one; what carries it is no operation, or an id of nothing. */
const storable = (text: string): string => text.replaceAll('\0', '\ufffd');

/** Judges in order. @returns the keys that the confirmed ones wake */
async function judgeUnits(bench: Bench, operations: readonly StoredOperation[]): Promise<readonly string[]> {
  const woken: string[] = [];
  const units = await unitsOf(bench, operations);
  await bench.recall(units.flat());
  for (const unit of units) woken.push(...judgeUnit(bench, unit));
  return woken;
}

/** Judges what waits for these, then what that wakes, until nothing moves. Each can be confirmed but once, so it ends. */
async function wake(bench: Bench, keys: readonly string[]): Promise<void> {
  let calling = keys;
  while (calling.length > 0) {
    const waiting = (await bench.waitingFor(calling)).filter((stored) => isReadable(bench, stored));
    await bench.load(waiting.map(bench.contentOf));
    calling = await judgeUnits(bench, waiting);
  }
}

/** What only a newer build can read goes on waiting; what turns out to be no operation is refused. */
function isReadable(bench: Bench, stored: StoredOperation): boolean {
  if (bench.contentOf(stored)) return true;
  const content = readOperation(stored.text);
  if (content.kind === 'refused') refuse(bench.draft, stored, content.reason);
  return false;
}

/** Single operations, and groups with all their members that are here, each group at the place of its last one. */
async function unitsOf(
  bench: Bench,
  operations: readonly StoredOperation[],
): Promise<readonly (readonly StoredOperation[])[]> {
  const lastOf = new Map(operations.map(({ id, group }) => [group, id]));
  const groups = new Map<string, Map<string, StoredOperation>>();
  for (const { group } of operations) if (group !== null) groups.set(group, new Map());
  if (groups.size > 0) {
    const members = await bench.waitingFor([...groups.keys()].map((group) => `group:${group}`));
    for (const stored of [...members, ...operations]) groups.get(stored.group ?? '')?.set(stored.id, stored);
    await bench.load(members.map(bench.contentOf));
  }
  return operations.flatMap((stored) => {
    if (stored.group === null) return [[stored]];
    return lastOf.get(stored.group) === stored.id ? [[...(groups.get(stored.group)?.values() ?? [])]] : [];
  });
}

/** One operation or one group, on a layer of its own. @returns the keys that it wakes */
function judgeUnit(bench: Bench, unit: readonly StoredOperation[]): readonly string[] {
  const { draft } = bench;
  const size = bench.contentOf(unit[0] as StoredOperation)?.group?.size ?? 1;
  if (unit.length < size) {
    for (const stored of unit) hold(draft, stored, { code: 'group' }, []);
    return [];
  }
  const layer = draft.layer();
  const members = unit.slice(0, size);
  for (const stored of members) judgeAny(bench, layer, stored);
  for (const stored of unit.slice(size)) {
    refuse(draft, stored, { code: 'schema', problems: [{ code: 'malformed', field: 'group' }] });
  }
  const judged = members.map(({ id }) => layer.operation(id) as StoredOperation);
  const culprit =
    judged.find(({ verdict }) => verdict.verdict === 'refused') ??
    judged.find(({ verdict }) => verdict.verdict === 'held');
  if (culprit && size > 1) {
    // Nothing of the group takes effect: its layer goes, the reasons stay.
    for (const stored of judged) {
      if (stored === culprit || stored.verdict.verdict === 'refused') draft.setOperation(stored);
      else hold(draft, { ...stored, seq: null }, { code: 'group', operation: culprit.id }, stored.waits);
    }
    return [];
  }
  const { records: touched, operations: changed } = layer.changed();
  layer.keep();
  return changed
    .filter(({ verdict }) => verdict.verdict === 'confirmed')
    .flatMap(({ id }) => [`operation:${id}`])
    .concat(touched.map(({ id }) => `record:${id}`));
}

function judgeAny(bench: Bench, layer: Layer, stored: StoredOperation): void {
  const { kind } = bench.contentOf(stored) as Operation;
  if (isReview(kind)) judgeDecision(bench, layer, stored);
  else judgeOne(bench, layer, stored);
}
