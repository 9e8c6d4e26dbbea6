/**
 * What one person may decide on of everything that is held for review (sync.md S14), with all that holds or falls with it. The rights are
 * the shared rule's (`mayReview`); the list and the count in the handshake are this one walk.
 */
import { mayDoTo, type Actor } from '../../shared/core/access.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { isId } from '../../shared/core/id.ts';
import { actionOf } from '../../shared/core/place-rules.ts';
import { play } from '../../shared/core/play.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { isForReview, mayReview } from '../../shared/core/review.ts';
import type { WhyForReview } from '../../shared/protocol/review.ts';
import { readOperation } from '../judge/open-envelope.ts';
import type { Person, Reading, StoredOperation } from '../ledger/transactor.ts';

/** So many are looked at for one answer, however few of them are for this person. */
const MOST_WALKED = 1000;
const STEP = 200;

export interface Waiting {
  readonly stored: StoredOperation;
  readonly operation: Operation;
  readonly why: WhyForReview | undefined;
}

export interface ForReview {
  /** In the order of their arrival. */
  readonly waiting: readonly Waiting[];
  /** From where the next answer goes on; undefined at the end. */
  readonly next: string | undefined;
}

interface Asked {
  readonly registry: Registry;
  readonly actor: Actor;
  readonly limit: number;
  readonly before?: string | undefined;
}

export async function forReview(
  reading: Reading,
  { registry, actor, limit, before }: Asked,
): Promise<ForReview> {
  const found = new Map<string, Waiting>();
  let from = before;
  for (let walked = 0; walked < MOST_WALKED; walked += STEP) {
    const step = await reading.forReview(Math.min(STEP, limit), from);
    from = step.at(-1)?.id ?? from;
    for (const one of await permitted(reading, step, { registry, actor })) found.set(one.stored.id, one);
    if (step.length < Math.min(STEP, limit)) return { waiting: arrived(found), next: undefined };
    if (found.size >= limit) break;
  }
  return { waiting: arrived(found), next: from };
}

const arrived = (found: ReadonlyMap<string, Waiting>): readonly Waiting[] =>
  [...found.values()].sort(
    ({ stored: one }, { stored: other }) =>
      one.receivedAt.localeCompare(other.receivedAt) ||
      (one.link?.number ?? 0) - (other.link?.number ?? 0) ||
      one.id.localeCompare(other.id),
  );

async function permitted(
  reading: Reading,
  step: readonly StoredOperation[],
  { registry, actor }: Pick<Asked, 'registry' | 'actor'>,
): Promise<readonly Waiting[]> {
  const held = await withFollowers(reading, step);
  const read = held.flatMap((stored) => {
    const content = readOperation(stored.text);
    return content.kind === 'operation' ? [{ stored, operation: content.operation }] : [];
  });
  const records = await recordsOf(
    reading,
    read.map(({ operation }) => operation),
    registry,
  );
  const authors = new Map(
    (await reading.persons([...new Set(read.map(({ stored }) => stored.author))])).map((one) => [
      one.id,
      one,
    ]),
  );
  return read.flatMap(({ stored, operation }) => {
    const entity = registry.entities.get(operation.entity);
    const record = records.get(operation.record);
    const other = records.get(operation.other ?? '');
    const { roles } = registry;
    if (!entity || !mayReview({ operation, record, other }, { entity, roles, actor })) return [];
    const author = authors.get(stored.author);
    return [{ stored, operation, why: whyOf(stored, operation, { record, author, registry }) }];
  });
}

/** What waits only because of these: built on them, or in one group with them. */
async function withFollowers(
  reading: Reading,
  step: readonly StoredOperation[],
): Promise<readonly StoredOperation[]> {
  const found = new Map(step.map((stored) => [stored.id, stored]));
  for (let fresh = [...step]; fresh.length > 0 && found.size < MOST_WALKED;) {
    const keys = fresh.flatMap(({ id, group }) => [
      `operation:${id}`,
      ...(group === null ? [] : [`group:${group}`]),
    ]);
    const authors = new Set(fresh.map(({ author }) => author));
    fresh = (await reading.waitingFor(keys)).filter(
      ({ id, author }) => !found.has(id) && authors.has(author),
    );
    for (const stored of fresh) found.set(stored.id, stored);
  }
  return [...found.values()];
}

/** As the ledger has them; where a creation is held as well, as it would be. */
async function recordsOf(
  reading: Reading,
  operations: readonly Operation[],
  { entities }: Registry,
): Promise<ReadonlyMap<string, RecordState>> {
  const named = operations.flatMap(({ record, other }) => (other === undefined ? [record] : [record, other]));
  const texts = await reading.records([...new Set(named)].filter((id) => isId(id)));
  const records = new Map(texts.map(({ id, text }) => [id, JSON.parse(text) as RecordState]));
  const orphans = operations.filter(({ record }) => !records.has(record));
  const before = await reading.operations([...new Set(orphans.flatMap(({ after }) => after))]);
  const begun = [...orphans, ...before.flatMap(({ text }) => operationIn(text))];
  for (const operation of begun) {
    const entity = entities.get(operation.entity);
    if (operation.kind !== 'create' || !entity || records.has(operation.record)) continue;
    records.set(operation.record, play(undefined, operation, { entity, seq: null, basis: 0 }));
  }
  return records;
}

const operationIn = (text: string): readonly Operation[] => {
  const content = readOperation(text);
  return content.kind === 'operation' ? [content.operation] : [];
};

interface Looking {
  readonly record: RecordState | undefined;
  readonly author: Person | undefined;
  readonly registry: Registry;
}

function whyOf(
  { verdict }: StoredOperation,
  operation: Operation,
  { record, author, registry }: Looking,
): WhyForReview | undefined {
  if (verdict.verdict !== 'held' || !isForReview(verdict.reason)) return undefined;
  if (verdict.reason.code === 'revoked') return 'device';
  if (verdict.reason.code === 'handed' || verdict.reason.code === 'restored') return verdict.reason.code;
  if (author?.disabled) return 'disabled';
  const entity = registry.entities.get(operation.entity);
  if (!author || !entity || !record) return 'post';
  const once: Actor = { id: author.id, grants: [...author.grants, ...author.former] };
  return mayDoTo(once, actionOf(operation), entity.access, record, registry.roles) ? 'post' : 'moved';
}
