/**
 * The promises of sync.md, as what must hold between desks and district after every step, and when all is quiet. Each finding begins
 * with the promise that is broken.
 */
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { sameValue } from '../../../../shared/core/same-value.ts';
import type { Verdict } from '../../../../shared/protocol/messages.ts';
import type { StoredOperation } from '../../../../server/ledger/transactor.ts';
import type { World, WorldDesk } from '../small-world.ts';

export class Broken extends Error {}

/** What the author of an operation had before their eyes, noted by the test itself and not by the engine. */
export interface Displayed {
  /** Last writer of the `ask` field. */
  readonly writer: string | undefined;
  /** Writers of the values that stood beside it. */
  readonly rivals: readonly string[];
}

export interface Watched {
  readonly handle: WorldDesk;
  /** Operations that were found in this device's journal. */
  readonly journal: Map<string, Operation>;
  readonly cursors: Map<string, number>;
  /** The epoch that they belong to. */
  life: string;
}

export interface Observed {
  readonly world: World;
  readonly desks: readonly Watched[];
  readonly displayed: Map<string, Displayed>;
  readonly verdicts: Map<string, Verdict>;
  /** One more than the restorations of the district. */
  lives: number;
}

export const ASK: Readonly<Record<string, string>> = { matter: 'subject', neighbour: 'name' };

function must(holds: boolean, promise: string, ...found: unknown[]): asserts holds {
  if (!holds) throw new Broken([promise, ...found.map((one) => JSON.stringify(one))].join(' '));
}

export const recordsAtDistrict = async ({ world }: Observed): Promise<readonly RecordState[]> =>
  world.district.ledger.read(async (reading) => {
    const scopes = (await reading.scopes()).map((scope) => ({ scope, cursor: 0 }));
    const { texts } = await reading.page(scopes, 1_000_000);
    return texts.map((text) => JSON.parse(text) as RecordState);
  });

const operationsAtDistrict = ({ world, desks }: Observed): Promise<readonly StoredOperation[]> =>
  world.district.ledger.read((reading) =>
    reading.operations(desks.flatMap(({ journal }) => [...journal.keys()])),
  );

export async function checkStep(observed: Observed): Promise<void> {
  const records = await recordsAtDistrict(observed);
  const operations = await operationsAtDistrict(observed);
  const { epoch } = await observed.world.district.district.head();
  for (const watched of observed.desks) {
    nothingLost(watched);
    const life = watched.handle.desk.inside.engine.state.epoch;
    if (life !== watched.life) watched.cursors.clear();
    watched.life = life;
    // A desk that has not heard of a restoration yet speaks of another life.
    if (life !== epoch) continue;
    noGaps(watched, records);
    noCursorBack(watched);
  }
  sameVerdicts(observed, operations);
  rightAuthors(observed, operations);
  groupsWhole(operations, observed);
}

/** S1, S2: what was saved is in the journal and on the desk, whatever became of it. */
function nothingLost({ handle, journal }: Watched): void {
  const lines = new Set(
    handle.main.lines.flatMap((line) => (line.kind === 'operation' ? [line.envelope.id] : [])),
  );
  const { own } = handle.desk.inside.engine;
  for (const [id, operation] of journal) {
    must(lines.has(id), 'S1 an operation left the journal', handle.name, id);
    const isHere = own.get(id) !== undefined || handle.disk.tables.get('archive')?.has(id) === true;
    must(isHere, 'S1 an operation is in the journal and not on the desk', handle.name, operation);
  }
}

/** S4, S6: a cursor says that everything up to it is here. */
function noGaps({ handle }: Watched, records: readonly RecordState[]): void {
  const { state, records: held } = handle.desk.inside.engine;
  for (const { id, scope, seq } of records) {
    if (seq > (state.cursors[scope] ?? 0)) continue;
    const base = held.baseOf(id);
    must((base?.seq ?? 0) >= seq, 'S6 a record behind the cursor is missing', handle.name, {
      id,
      seq,
      here: base?.seq,
    });
  }
}

function noCursorBack({ handle, cursors }: Watched): void {
  for (const [scope, before] of cursors) {
    const now = handle.desk.inside.engine.state.cursors[scope] ?? 0;
    must(now >= before, 'S4 a cursor moved back', handle.name, { scope, before, now });
  }
  for (const [scope, now] of Object.entries(handle.desk.inside.engine.state.cursors)) cursors.set(scope, now);
}

/** S3: one verdict for ever, at the district and on the desk; held may change once. */
function sameVerdicts({ desks, verdicts, lives }: Observed, operations: readonly StoredOperation[]): void {
  for (const { id, verdict } of operations) {
    const before = verdicts.get(id);
    const isFinal = before !== undefined && before.verdict !== 'held';
    must(!isFinal || sameValue(before, verdict), 'S3 a verdict changed', { before, verdict });
    const reason = verdict.verdict === 'refused' ? verdict.reason.code : '';
    must(
      !['recordExists', 'contentChanged', 'damaged'].includes(reason),
      'S3 refused without a cause',
      verdict,
    );
    verdicts.set(id, verdict);
  }
  for (const { handle } of desks) {
    for (const { operation, verdict } of handle.desk.inside.engine.own.all()) {
      const final = verdicts.get(operation.id);
      if (!verdict || verdict.verdict === 'held') continue;
      // Refused in a former life, and kept so: the district of this one was never asked.
      if (!final && lives > 1) continue;
      must(sameValue(verdict, final), 'S3 the desk believes another verdict', handle.name, {
        verdict,
        final,
      });
    }
  }
}

/** S13: whoever carries an operation, its author is who made it. */
function rightAuthors({ desks }: Observed, operations: readonly StoredOperation[]): void {
  const authors = new Map(
    desks.flatMap(({ journal }) => [...journal].map(([id, { author }]) => [id, author])),
  );
  for (const { id, author } of operations)
    must(author === authors.get(id), 'S13 another author', { id, author });
}

/** S4: a group takes effect whole or not at all. */
function groupsWhole(operations: readonly StoredOperation[], { desks }: Observed): void {
  const groups = new Map<string, { size: number; confirmed: number }>();
  const sizes = new Map(
    desks.flatMap(({ journal }) => [...journal.values()]).map(({ id, group }) => [id, group?.size ?? 1]),
  );
  for (const { id, group, verdict } of operations) {
    if (group === null) continue;
    const known = groups.get(group) ?? { size: sizes.get(id) ?? 1, confirmed: 0 };
    groups.set(group, { ...known, confirmed: known.confirmed + Number(verdict.verdict === 'confirmed') });
  }
  for (const [group, { size, confirmed }] of groups) {
    must(confirmed === 0 || confirmed === size, 'S4 half a group was confirmed', { group, size, confirmed });
  }
}

/** What must be true when everybody has spoken with the district and nobody has anything left to say. */
export async function checkRest(observed: Observed): Promise<void> {
  await checkStep(observed);
  const records = await recordsAtDistrict(observed);
  const operations = new Map((await operationsAtDistrict(observed)).map((stored) => [stored.id, stored]));
  for (const watched of observed.desks) {
    everythingJudged(watched, operations);
    sameRecords(watched, records);
    refusalsKept(watched);
  }
  for (const record of records) await nothingOverwritten(observed, record);
}

function everythingJudged(
  { handle, journal }: Watched,
  operations: ReadonlyMap<string, StoredOperation>,
): void {
  const { own } = handle.desk.inside.engine;
  for (const id of journal.keys()) {
    const isRefused = own.get(id)?.verdict?.verdict === 'refused';
    must(operations.has(id) || isRefused, 'S1 an operation never reached the district', handle.name, id);
  }
  must(
    handle.desk.sync().pending === 0,
    'S3 an operation waits for ever',
    handle.name,
    handle.desk.unconfirmed(),
  );
}

/** S7 */
function sameRecords({ handle }: Watched, records: readonly RecordState[]): void {
  const { engine } = handle.desk.inside;
  for (const record of records) {
    const isMine = handle.desk.me.grants.some(({ area }) => area === record.area);
    if (!isMine) continue;
    const shown = engine.records.shown(record.id);
    must(sameValue(shown, record), 'S7 a record differs', handle.name, { shown, record });
  }
}

/** S10: what was refused or held stands in the tray until its author has dealt with it. */
function refusalsKept({ handle, journal }: Watched): void {
  const { own } = handle.desk.inside.engine;
  const inTray = new Set(
    handle.desk
      .tray()
      .flatMap((item) => (item.kind === 'conflict' ? [] : [item.operation.id, ...item.dependents])),
  );
  for (const id of journal.keys()) {
    const verdict = own.get(id)?.verdict?.verdict;
    if (verdict !== 'refused' && verdict !== 'held') continue;
    must(own.into(id) !== undefined || inTray.has(id), 'S10 a refused operation is nowhere', handle.name, id);
  }
}

/**
 * S5: played again from who saw what. A value is overwritten silently only by somebody who had it, or what was built on it, before
 * their eyes; all others are kept until somebody who sees them settles.
 */
async function nothingOverwritten(observed: Observed, record: RecordState): Promise<void> {
  const field = ASK[record.entity] ?? '';
  const stored = await observed.world.district.ledger.read((reading) => reading.history(record.id));
  const history = stored.map(({ text }) => JSON.parse(text) as Operation);
  const successors = new Map(
    observed.desks
      .flatMap(({ journal }) => [...journal.values()])
      .flatMap((one) => (one.corrects ? [[one.corrects, one.id]] : [])),
  );
  let top: { id: string; value: unknown } | undefined;
  let rivals: string[] = [];
  // What a settler had seen once but not while settling (a desk that had just lost its database) may stay to be chosen: a question
  // more, never a text less.
  const asked = new Set<string>();
  const entries: string[] = [];
  for (const operation of history) {
    const { id, set = {}, settles = [] } = operation;
    for (const entry of (operation.append?.notes ?? []) as { id: string }[]) entries.push(entry.id);
    const seen = seenBy(observed, id, successors);
    if (field in set) {
      const isSeen = top === undefined || seen.has(top.id) || sameValue(top.value, set[field]);
      if (top && !isSeen) rivals.push(top.id);
      top = { id, value: set[field] };
    }
    if (!settles.includes(field)) continue;
    const before = observed.displayed.get(id)?.rivals ?? [];
    for (const rival of rivals) if (!before.includes(rival)) asked.add(rival);
    rivals = rivals.filter((rival) => !seen.has(rival));
  }
  const found = (record.conflicts?.[field]?.rivals ?? []).map(({ writer }) => writer.operation);
  must(lastWriter(record, field).operation === top?.id, 'S5 another value is in force', record, top);
  // After a restoration a basis counts as at most the restored head: a conflict more is the price, never one less.
  const isRight =
    observed.lives > 1
      ? rivals.every((rival) => found.includes(rival))
      : rivals.every((rival) => found.includes(rival)) &&
        found.every((rival) => rivals.includes(rival) || asked.has(rival));
  must(isRight, 'S5 a value was overwritten unseen, or a conflict made up', {
    record: record.id,
    found,
    expected: rivals,
  });
  const notes = ((record.values.notes ?? []) as { id: string }[]).map((note) => note.id);
  // Refused in one life, sent again as another, and confirmed in the next life after all: two operations, one note.
  const expected = observed.lives > 1 ? [...new Set(entries)] : entries;
  must(sameValue([...notes].sort(), expected.sort()), 'S3 a note is missing or there twice', {
    notes,
    entries,
  });
}

/** Everything that stood behind what the author saw. */
function seenBy(
  { displayed }: Observed,
  operation: string,
  successors: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const behind = (id: string): readonly string[] => {
    const { writer, rivals = [] } = displayed.get(id) ?? {};
    return [...(writer === undefined ? [] : [writer]), ...rivals];
  };
  const waiting = [...behind(operation)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const successor = successors.get(id);
    waiting.push(...behind(id), ...(successor === undefined ? [] : [successor]));
  }
  return seen;
}
