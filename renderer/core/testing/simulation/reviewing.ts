/** What waits for a person's decision (sync.md S10, S14): it is decided on by whoever may, handed over by its author; and what must hold of it. */
import type { Operation } from '../../../../shared/core/operation.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import { isReview } from '../../../../shared/core/review-kinds.ts';
import { isForReview, mayTakeOver } from '../../../../shared/core/review.ts';
import type { StoredOperation } from '../../../../server/ledger/transactor.ts';
import type { Desk } from '../../desk.ts';
import type { Random } from '../random.ts';
import { ASK, must, type Observed, type Watched } from './observed.ts';
import { isOlder, type App } from './older-app.ts';

interface Reviewing {
  readonly desk: Desk;
  readonly random: Random;
  readonly sees: (record: RecordState | undefined) => void;
  readonly word: () => string;
  readonly app: App;
}

async function decide({ desk, random, word }: Reviewing): Promise<void> {
  await desk.askReview();
  const waiting = desk.review().cases ?? [];
  if (waiting.length === 0) return;
  const items = random.pick(waiting);
  const { entity = '', record = '' } = items[0]?.operation ?? {};
  const reviews = items.map(({ operation }) => operation.id);
  const decision = random.chance(0.6)
    ? { kind: 'accept' as const }
    : { kind: 'decline' as const, words: word() };
  await desk.run({ ...decision, entity, record, reviews });
}

/** Whether anything at the district waits for somebody's decision. */
export const waitsForSomebody = ({ world }: Observed): boolean =>
  [...world.district.tables().operations.values()].some(
    ({ verdict }) => verdict.verdict === 'held' && isForReview(verdict.reason),
  );

/** The reviewer writes in their own name what a colleague could not, and sends the colleague's back, as one (S14-11). @returns whether they did */
export async function takeOver({ desk, random, word, sees }: Reviewing): Promise<boolean> {
  await desk.askReview();
  const { cases = [] } = desk.review();
  const [{ operation } = {}, ...others] = cases.length > 0 ? random.pick(cases) : [];
  const entity = operation && desk.registry.entities.get(operation.entity);
  if (!entity || others.length > 0) return false;
  const opened = desk.open(operation.record);
  const asking = { entity, roles: desk.registry.roles, actor: desk.me };
  if (!mayTakeOver({ operation, record: opened.seen }, asking)) return false;
  const { id, kind, record, area = '', to = '', set = {} } = operation;
  const of = { entity: operation.entity, record };
  const values = { ...set, [ASK[operation.entity] ?? '']: word() };
  const command =
    kind === 'create'
      ? { kind, ...of, area, values }
      : kind === 'advance'
        ? { kind, ...of, to }
        : { kind: 'change' as const, ...of, values };
  sees(opened.seen);
  const decline = { kind: 'decline' as const, ...of, reviews: [id], words: word() };
  return (await desk.runAll([command, decline], { opened, corrects: id })).ok;
}

async function handOver({ desk, app }: Reviewing): Promise<void> {
  const item = desk.tray().find(({ kind }) => kind === 'refused');
  // An older app has no such button.
  if (item?.kind === 'refused' && !isOlder(app)) await desk.handOver(item.operation.id);
}

export const reviewingDeeds = {
  decide: [decide, 6],
  'hand over': [handOver, 1],
} as const;

/**
 * S14, S10: what waits for a person is neither applied unseen nor dropped. What comes again after a restoration with the district's own
 * word was decided on in a former life.
 */
export function onlyDecided({ verdicts, known }: Observed, operations: readonly StoredOperation[]): void {
  for (const { id, author, verdict, review, earlier, text } of operations) {
    if (earlier !== null || verdict.verdict === 'held') continue;
    isKept(known, text, verdict.verdict);
    const decision = review === null ? undefined : known.operations.get(review);
    const said = decision && (JSON.parse(decision.text) as Operation);
    const isConfirmed = verdict.verdict === 'confirmed';
    if (said) {
      const isRight =
        decision.verdict.verdict === 'confirmed' &&
        said.kind === (isConfirmed ? 'accept' : 'decline') &&
        said.reviews?.includes(id) === true;
      must(isRight, 'S14 a decision that nobody took', { id, verdict, said });
      must(said.author !== author || isConfidential(text), 'S14 somebody decided on their own', said);
    }
    const { handed } = JSON.parse(text) as Operation;
    must(!isConfirmed || handed !== true || said !== undefined, 'S10 handed over and applied unseen', id);
    const reason = verdict.verdict === 'refused' ? verdict.reason.code : '';
    must(reason !== 'declined' || said !== undefined, 'S14 declined by nobody', { id, verdict });
    const before = verdicts.get(id);
    const waited = before?.verdict === 'held' && before.reason.code === 'handed';
    const isDropped = waited && !isConfirmed && reason !== 'declined' && reason !== 'resolved';
    must(!isDropped, 'S14 dropped without a decision', { before, verdict });
  }
}

/** A decision that counts stands with what it decided on, or another one does that said the same before. */
function isKept(known: Observed['known'], text: string, verdict: 'confirmed' | 'refused'): void {
  const { id, kind, reviews: [first = ''] = [] } = JSON.parse(text) as Operation;
  if (!isReview(kind) || verdict === 'refused') return;
  const decided = known.operations.get(first);
  must(decided?.review !== null || decided.earlier !== null, 'S14 a decision is not kept', { id, decided });
}

const isConfidential = (text: string): boolean =>
  ['talk', 'said'].includes((JSON.parse(text) as Operation).entity);

/** S14: whoever supervises where a change has landed finds it in their list. */
export async function supervisorsSee({ world, known }: Observed, { handle, app }: Watched): Promise<void> {
  const { person, desk } = handle;
  const areas = (await world.district.grantsOf(person.id)).filter(({ role }) => role === 'secretary');
  if (areas.length === 0 || isOlder(app)) return;
  await desk.askReview();
  const { cases = [], hasMore } = desk.review();
  const listed = new Set(cases.flatMap((items) => items.map(({ operation }) => operation.id)));
  for (const { id, author, verdict, record, text } of known.operations.values()) {
    if (verdict.verdict !== 'held' || !isForReview(verdict.reason) || author === person.id) continue;
    const [area = '', name = ''] = known.records.get(record ?? '')?.scope.split('/') ?? [];
    const isTheirs = areas.some((grant) => grant.area === area) && ['casework', 'residents'].includes(name);
    const { kind, set = {} } = JSON.parse(text) as Operation;
    if (kind !== 'change' || 'care' in set || !isTheirs) continue;
    must(hasMore || listed.has(id), 'S14 a supervisor is not asked', person.name, { id, verdict });
  }
}
