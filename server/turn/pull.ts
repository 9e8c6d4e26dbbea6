/** POST /api/pull: newest states behind a vector of cursors, page by page. */
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { mayRead, type Actor } from '../../shared/core/access.ts';
import { newId } from '../../shared/core/id.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { parseScope } from '../../shared/core/scope.ts';
import type { PullRequest } from '../../shared/protocol/messages.ts';
import type { DistrictError } from '../district-error.ts';
import { newLife } from '../ledger/new-life.ts';
import { emptyPage } from '../ledger/empty-page.ts';
import type { AskedScope, Page, PersonalReading, Standing, WhoAsks } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import { actorOf, needsNames } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personAgain, personFor, type PersonAtDevice } from '../people/permit.ts';
import { pageText } from '../projector/page-text.ts';
import type { Packed } from '../routes/answer.ts';
import { keyOf, type PagesKept, type ScopeStanding } from './pages-kept.ts';

const PAGE = 1000;

const pack = promisify(gzip);

/** @returns the answer's JSON */
export const pull = async (
  parts: Parts,
  asking: Asking,
  request: PullRequest,
): Promise<Result<string, DistrictError>> => {
  const answer = await pulled(parts, asking, request);
  return answer.ok ? ok(textOf(answer.value)) : answer;
};

/** The same, gzipped where it is one of many pages, which others will ask for as well. */
export async function pullPacked(
  parts: Parts,
  asking: Asking,
  request: PullRequest,
): Promise<Result<string | Packed, DistrictError>> {
  const answer = await pulled(parts, asking, request, parts.pagesKept.page);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (!('page' in value)) return ok({ gzipped: value.packed });
  if (!value.page.more) return ok(textOf(value));
  const gzipped = await pack(textOf(value), { level: constants.Z_BEST_SPEED });
  parts.pagesKept.keep(value.key, gzipped);
  return ok({ gzipped });
}

const textOf = (value: Pulled): string => {
  if ('page' in value) return pageText(value.page);
  throw new Error('nobody asked for a packed one');
};

/** A page as it was read, or one that lies ready. */
type Pulled = { readonly page: Page; readonly key: string } | { readonly packed: Uint8Array };

async function pulled(
  parts: Parts,
  asking: Asking,
  { epoch, cursors, limit = PAGE, differing }: PullRequest,
  kept: PagesKept['page'] = () => undefined,
): Promise<Result<Pulled, DistrictError>> {
  const { transactor, authenticate } = parts;
  const allowed = await mayReadAll(parts, cursors, (reading) => personFor(reading, asking, authenticate));
  if (!allowed.ok) return allowed;
  const reached = Math.max(0, ...cursors.map(({ cursor }) => cursor));
  const asked = [...new Map(cursors.map((cursor) => [cursor.scope, cursor])).values()];
  const person = allowed.value.person.id;
  const scopes = asked.map(({ scope }) => scope);
  const standing = await transactor.standingAs(person, scopes);
  if (standing.head.epoch !== epoch) return refuse({ error: 'wrong-epoch' });
  if (standing.head.seq < reached) {
    return refuse({
      error: (await beginAnew(parts, allowed.value, epoch, reached)) ? 'wrong-epoch' : 'forbidden',
    });
  }
  const answer =
    withoutRows({ standing, asked, limit, kept }) ??
    (await transactor.readFromStandingAs(person, scopes, async (reading, now) =>
      now.head.epoch === epoch ? pageOf(parts, reading, { standing: now, asked, limit }) : undefined,
    ));
  if (!answer) return refuse({ error: 'wrong-epoch' });
  // Rights that were lost in between would have left rows out, and the page would still move the cursor past them.
  const still = await mayReadAll(parts, cursors, (reading) => personAgain(reading, allowed.value));
  if (!still.ok) return still;
  if (differing) await noteDiffering(parts, still.value, differing);
  return ok(answer);
}

interface AskedPage {
  /** Of the same snapshot. */
  readonly standing: Standing;
  readonly asked: readonly AskedScope[];
  readonly limit: number;
}

/** What can be told from where the scopes stand: that nothing has moved behind the cursors, or a page that lies ready. */
function withoutRows({
  standing,
  asked,
  limit,
  kept,
}: AskedPage & { readonly kept: PagesKept['page'] }): Pulled | undefined {
  const scopes = cursorsIn(standing, asked);
  const key = keyOf(standing.head.epoch, scopes, limit);
  if (scopes.every(({ seq, cursor }) => seq <= cursor)) return { page: emptyPage(standing), key };
  const packed = kept(key);
  return packed && { packed };
}

function cursorsIn({ scopes }: Standing, asked: readonly AskedScope[]): readonly ScopeStanding[] {
  const cursors = new Map(asked.map(({ scope, cursor }) => [scope, cursor]));
  return scopes.map(({ scope, seq }) => ({ scope, seq, cursor: cursors.get(scope) ?? 0 }));
}

async function pageOf(
  { pagesKept }: Parts,
  reading: PersonalReading,
  { standing, asked, limit }: AskedPage,
): Promise<Pulled> {
  const { epoch } = standing.head;
  const scopes = cursorsIn(standing, asked);
  const behind = pagesKept.behind(epoch, scopes);
  const page = await reading.page(asked, limit, { standing, behind });
  if (page.more) pagesKept.noteBehind(epoch, scopes, page.last, page.remaining);
  return { page, key: keyOf(epoch, scopes, limit) };
}

/** A desk holds another thing than the district in a scope (sync.md S7): for the administrator, in the scope's name. */
async function noteDiffering(
  { transactor, instant, reports }: Parts,
  { device: { id: device }, person }: PersonAtDevice,
  { found, lasting }: NonNullable<PullRequest['differing']>,
): Promise<void> {
  const told = [
    ...found.map((operation) => ({ code: 'scopeDiffered', operation }) as const),
    ...lasting.map((operation) => ({ code: 'scopeDiffers', operation }) as const),
  ].filter(() => reports.take(device));
  if (told.length === 0) return;
  await transactor.transact(async (writing) => {
    for (const one of told) await writing.raiseAlarm({ at: instant(), ...one, device, person: person.id });
  });
}

/**
 * Refused whole, not thinned out: a page without a scope's rows would still move its cursor. Without a confidential matter among the
 * scopes who asks is all that there is to look up.
 */
async function mayReadAll(
  { transactor, registry }: Parts,
  cursors: PullRequest['cursors'],
  who: (reading: WhoAsks) => Promise<Result<PersonAtDevice, DistrictError>>,
): Promise<Result<PersonAtDevice, DistrictError>> {
  const scopes = cursors.map(({ scope }) => parseScope(scope));
  const ifAll = (caller: PersonAtDevice, actor: Actor): Result<PersonAtDevice, DistrictError> => {
    const mayAll = scopes.every((scope) => scope !== undefined && mayRead(actor, scope, registry.roles));
    return mayAll ? ok(caller) : refuse({ error: 'forbidden' });
  };
  if (!needsNames(scopes)) {
    const caller = await who(transactor);
    return caller.ok ? ifAll(caller.value, caller.value.person) : caller;
  }
  return transactor.read(async (reading) => {
    const caller = await who(reading);
    return caller.ok ? ifAll(caller.value, await actorOf(reading, caller.value.person)) : caller;
  });
}

/**
 * A desk has seen more than there is: the disk under the ledger went back without a word (sync.md S8). Nothing proves it, and a new epoch
 * makes every desk pull and offer everything again: so each device is believed once as long as this process runs, and named to the
 * administrator.
 */
async function beginAnew(
  { transactor, believed, clock, instant, random }: Parts,
  { device: { id: device }, person }: PersonAtDevice,
  epoch: string,
  reached: number,
): Promise<boolean> {
  if (believed.has(device)) return false;
  await transactor.transact(async (writing) => {
    const head = await writing.lockHead();
    if (head.epoch !== epoch || head.seq >= reached) return;
    believed.add(device);
    await writing.saveHead(newLife(head, newId('epoch', clock(), random)));
    const about = { operation: '', device, person: person.id };
    await writing.raiseAlarm({ at: instant(), code: 'ledgerBehind', ...about });
  });
  return true;
}
