/**
 * The promises of sync.md, as what must hold between desks and district after every step, and when all is quiet. Each finding begins
 * with the promise that is broken.
 */
import type { Operation } from '../../../../shared/core/operation.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import { isReview } from '../../../../shared/core/review-kinds.ts';
import { sameValue } from '../../../../shared/core/same-value.ts';
import type { StoredOperation } from '../../../../server/ledger/transactor.ts';
import { toldTo } from '../../../../server/turn/told-before.ts';
import { cursorOf } from '../../store/state.ts';
import { deskLeads, mergesLead } from './merging.ts';
import { changesAt, forgetDistrict, must, type Observed, type Watched } from './observed.ts';
import { nothingOverwritten } from './overwriting.ts';
import { onlyReadable, scopesOf } from './privacy.ts';
import { onlyDecided, supervisorsSee } from './reviewing.ts';

/**
 * After a step: what may have changed is checked, and nothing else can have. A desk changes only by what happens at it; the district
 * tells its changes by its rows.
 *
 * @param touched desks at which something happened
 */
export function checkStep(observed: Observed, touched: readonly Watched[]): void {
  const changes = changesAt(observed);
  onlyDecided(observed, changes.operations);
  sameVerdicts(observed, changes.operations);
  rightAuthors(observed, changes.operations);
  groupsWhole(observed, changes.operations);
  heldNotRefused(observed, changes.operations);
  if (changes.records.some((record) => record.merged ?? record.absorbed))
    mergesLead(observed, [...observed.known.records.values()]);
  const { epoch } = observed.world.district.tables().head;
  for (const watched of observed.desks) {
    const isTouched = touched.includes(watched);
    const { unread } = watched.app;
    must(unread === undefined, 'S11 a desk of protocol 2 cannot read an answer', unread);
    if (isTouched) {
      nothingLost(observed, watched);
      deskLeads(watched);
    }
    const life = watched.handle.desk.inside.engine.state.epoch;
    if (life !== watched.life) watched.cursors.clear();
    watched.life = life;
    // A desk that has not heard of a restoration yet speaks of another life.
    if (life !== epoch) continue;
    noGaps(watched, isTouched ? [...observed.known.records.values()] : changes.records);
    if (!isTouched) continue;
    sameHashes(watched);
    noCursorBack(watched);
    believesTheDistrict(observed, watched);
  }
}

/** The same of everything, whatever has changed. */
function checkAll(observed: Observed): void {
  forgetDistrict(observed);
  checkStep(observed, observed.desks);
}

const THIRTY_DAYS = 30 * 86_400_000;

/** S1, S2: what was saved is in the journal until a backup has held it for thirty days, and on the desk of its author. */
function nothingLost({ saved, world }: Observed, { handle, journal, left }: Watched): void {
  const { journal: kept } = handle.main.life();
  const { operations } = handle.desk.inside.engine;
  for (const [id, operation] of journal) {
    const since = saved.get(id);
    const isKept = kept.authorOf(id) !== undefined;
    // Let go in time, and lost since with the backup that held it: what is left of it are states (S8).
    if (!isKept && since === undefined && left.has(id)) continue;
    must(isKept || since !== undefined, 'S1 an operation left the journal', handle.person.name, id);
    if (!isKept && !left.has(id)) {
      left.add(id);
      const isOld = since !== undefined && world.now - since >= THIRTY_DAYS;
      must(isOld, 'S2 an operation left the journal within thirty days', handle.person.name, id);
    }
    if (operation.author !== handle.person.id) continue;
    const isHere = operations.get(id) !== undefined || handle.disk.tables.get('archive')?.has(id) === true;
    const isSafe = isHere || since !== undefined;
    must(isSafe, 'S1 an operation is in the journal and not on the desk', handle.person.name, operation);
  }
}

/** S7: where a pull reached the head, the scope's hash was the district's. What a district lost without a word is for it to tell. */
function sameHashes({ handle }: Watched): void {
  const [scope] = handle.desk.inside.engine.scopeCheck.seen;
  must(scope === undefined, 'S7 a scope held something else than the district’s', handle.person.name, scope);
}

/** S4, S6: a cursor says that everything of its scope up to it is here. */
function noGaps({ handle }: Watched, records: readonly RecordState[]): void {
  const { state, records: held } = handle.desk.inside.engine;
  for (const record of records) {
    const { id, seq } = record;
    for (const scope of scopesOf(record)) {
      if (seq > cursorOf(state, scope)) continue;
      const here = held.baseVia(id, scope)?.seq;
      const found = { id, scope, seq, here };
      must((here ?? 0) >= seq, 'S6 a record behind the cursor is missing', handle.person.name, found);
    }
  }
}

/** A scope that was lost begins again from nothing. */
function noCursorBack({ handle, cursors }: Watched): void {
  const { state, vault } = handle.desk.inside.engine;
  const { id, name } = handle.person;
  const known = cursors.get(id) ?? new Map<string, number>();
  cursors.set(id, known);
  for (const [scope, before] of known) {
    if (vault.keyOf(scope) === undefined) {
      known.delete(scope);
      continue;
    }
    const now = cursorOf(state, scope);
    must(now >= before, 'S4 a cursor moved back', name, { scope, before, now });
  }
  for (const scope of Object.keys(state.cursors)) known.set(scope, cursorOf(state, scope));
}

/** S3: one verdict for ever; held may change once. */
function sameVerdicts(observed: Observed, operations: readonly StoredOperation[]): void {
  const { verdicts, corrected } = observed;
  for (const { id, verdict } of operations) {
    const before = verdicts.get(id);
    const isFinal = before !== undefined && before.verdict !== 'held';
    must(!isFinal || sameValue(before, verdict), 'S3 a verdict changed', { before, verdict });
    const reason = verdict.verdict === 'refused' ? verdict.reason.code : '';
    // What was held may have been confirmed at last, before what its author, or a reviewer, sent in its place arrived.
    const isBaseless =
      ['contentChanged', 'damaged'].includes(reason) ||
      (reason === 'recordExists' &&
        !corrected.has(id) &&
        !isInPlaceOfAnother(observed, id) &&
        !isDecisionOnWhatExists(observed, id));
    must(!isBaseless, 'S3 refused without a cause', verdict);
    verdicts.set(id, verdict);
  }
}

/** A decision creates nothing: what it would let through had meanwhile been written by somebody else. */
function isDecisionOnWhatExists({ operations, known }: Observed, id: string): boolean {
  const { kind, record = '' } = operations.get(id) ?? {};
  return kind !== undefined && isReview(kind) && known.records.has(record);
}

/** What somebody wrote in the place of another's, or of their own that was confirmed after all. */
function isInPlaceOfAnother({ operations, known }: Observed, id: string): boolean {
  const { corrects = '', author } = operations.get(id) ?? {};
  const other = operations.get(corrects);
  const isConfirmed = known.operations.get(corrects)?.verdict.verdict === 'confirmed';
  return other !== undefined && (other.author !== author || isConfirmed);
}

function believesTheDistrict({ verdicts, lives }: Observed, { handle, app }: Watched): void {
  for (const { operation, verdict } of handle.desk.inside.engine.operations.all()) {
    const final = verdicts.get(operation.id);
    if (!verdict || verdict.verdict === 'held') continue;
    // Its author had dealt with it, and it went out again only to close a gap of the chain.
    if (final?.verdict === 'refused' && final.reason.code === 'resolved') continue;
    // Said in a former life: it goes out again with its receipt, and the same is said again (S8).
    if (!final && lives > 1) continue;
    const { receipt: _, ...said } = verdict;
    const found = { verdict, final };
    const isSaid = sameValue(said, final) || (app.wasOlder && final && sameValue(said, toldTo(2, final)));
    must(isSaid === true, 'S3 the desk believes another verdict', handle.person.name, found);
  }
}

/** S13: whoever carries an operation, its author is who made it. */
function rightAuthors(observed: Observed, operations: readonly StoredOperation[]): void {
  for (const { id, author } of operations)
    must(author === observed.operations.get(id)?.author, 'S13 another author', { id, author });
}

/** S4: a group takes effect whole or not at all. */
function groupsWhole(
  { groups, known, operations: made }: Observed,
  operations: readonly StoredOperation[],
): void {
  for (const { id } of operations) {
    const group = made.get(id)?.group;
    if (!group) continue;
    let confirmed = 0;
    for (const member of groups.get(group.id) ?? [])
      confirmed += Number(known.operations.get(member)?.verdict.verdict === 'confirmed');
    const found = { group: group.id, size: group.size, confirmed };
    must(confirmed === 0 || confirmed === group.size, 'S4 half a group was confirmed', found);
  }
}

/**
 * S14: rights that were lost meanwhile hold what was written under them; nothing of it is thrown away. A district that came back from a
 * backup does not know of rights that were given after it.
 */
function heldNotRefused({ lives }: Observed, operations: readonly StoredOperation[]): void {
  if (lives > 1) return;
  for (const { verdict, text } of operations) {
    const isThrown = verdict.verdict === 'refused' && verdict.reason.code === 'access';
    // A decision counts by what its author may now (S14-4); what it was about waits as before.
    must(
      !isThrown || isReview((JSON.parse(text) as Operation).kind),
      'S14 refused what was right when it was written',
      verdict,
      text,
    );
  }
}

/** What must be true of this computer and whoever sits there when nobody has anything left to say. */
export async function checkPersonAtRest(observed: Observed, watched: Watched): Promise<void> {
  checkStep(observed, [watched]);
  everythingJudged(watched, observed.known.operations);
  await onlyReadable(observed, watched, [...observed.known.records.values()]);
  refusalsKept(watched);
  await supervisorsSee(observed, watched);
  heldForAReason(observed, watched);
}

export function checkRest(observed: Observed): void {
  checkAll(observed);
  nothingOverwritten(observed);
}

function everythingJudged(
  { handle, journal, left }: Watched,
  operations: ReadonlyMap<string, StoredOperation>,
): void {
  const { operations: local } = handle.desk.inside.engine;
  for (const [id, { author }] of journal) {
    const isRefused = author !== handle.person.id || local.get(id)?.verdict?.verdict === 'refused';
    must(
      operations.has(id) || isRefused || left.has(id),
      'S1 an operation never reached the district',
      handle.person.name,
      id,
    );
  }
  const { pending } = handle.desk.sync();
  must(pending === 0, 'S3 an operation waits for ever', handle.person.name, handle.main.pendingIds());
}

/** S10: what was refused or held stands in its author's tray until they have dealt with it. */
function refusalsKept({ handle, journal }: Watched): void {
  const { operations } = handle.desk.inside.engine;
  const inTray = new Set(
    handle.desk
      .tray()
      .flatMap((item) => ('operation' in item ? [item.operation.id, ...item.dependents] : [])),
  );
  for (const [id, { author }] of journal) {
    const verdict = operations.get(id)?.verdict?.verdict;
    const isMine = author === handle.person.id;
    if (!isMine) must(!inTray.has(id), 'S13 somebody else’s refusal', handle.person.name, id);
    if (!isMine || (verdict !== 'refused' && verdict !== 'held')) continue;
    const isKept = operations.into(id) !== undefined || inTray.has(id);
    must(isKept, 'S10 a refused operation is nowhere', handle.person.name, id);
  }
}

/** S10: what is held waits for something, and its author's desk knows that it does. */
function heldForAReason({ known }: Observed, { handle }: Watched): void {
  for (const { id, verdict } of known.operations.values()) {
    if (verdict.verdict !== 'held' || verdict.reason.code !== 'depends') continue;
    const other = known.operations.get(verdict.reason.operation ?? '');
    must(other?.verdict.verdict !== 'confirmed', 'S10 held although what it waits for is there', {
      id,
      verdict,
    });
  }
  for (const { operation, verdict } of handle.desk.inside.engine.operations.all()) {
    if (verdict?.verdict !== 'held') continue;
    const final = known.operations.get(operation.id)?.verdict;
    must(final?.verdict === 'held', 'S3 the desk did not hear what came of it', handle.person.name, {
      verdict,
      final,
    });
  }
}
