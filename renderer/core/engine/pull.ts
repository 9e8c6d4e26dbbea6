/**
 * What the district has that this computer lacks: pages until there are none, each with its cursors in one transaction (sync.md S4).
 * Newest states only; a page that was answered twice or late changes nothing, and no cursor ever moves back. A record is kept once for
 * each asked scope in which it lies; what has left a scope is let go there, and only where the district says so (law 5).
 */
import type { HandshakeResponse, PullRequest, PullResponse } from '../../../shared/protocol/messages.ts';
import { ok } from '../../../shared/core/result.ts';
import { basesOf } from '../memory/bases-of.ts';
import type { Base } from '../store/base.ts';
import { cursorOf, type StoreState } from '../store/state.ts';
import type { PulledPage, Trouble } from './district.ts';
import { instant, tellRecords, type Engine } from './engine.ts';
import { containedIn } from './mirror.ts';
import { afterLostPage, afterPage } from './page-size.ts';
import { partByPart } from './part-by-part.ts';

/** A page that is on its way. */
export type Asked = ReturnType<typeof askFor>;

/**
 * @param scopes whose keys are here
 * @param ahead asked before the district had said what this person may read
 * @returns what went wrong, or undefined when there is nothing more
 */
export async function pull(
  engine: Engine,
  scopes: readonly string[],
  ahead?: Asked,
): Promise<Trouble | undefined> {
  for (let asked = (await stillRight(engine, scopes, ahead)) ?? askFor(engine, scopes, engine.state); ;) {
    const answer = await asked.answer;
    if (!answer.ok) {
      if (answer.error === 'network') engine.pageSize = afterLostPage(engine.pageSize);
      return answer.error;
    }
    const page = answer.value;
    engine.pageSize = afterPage(engine.pageSize, page.took);
    if (page.epoch !== engine.state.epoch) return 'epoch';
    engine.scopeCheck.told(asked.differing);
    // It is on its way while this one is written down, and is let go unread where that fails.
    const next = page.more && askFor(engine, scopes, stateAfter(engine.state, page, scopes));
    // It was parsed a moment ago, or the one before has just been shown: the screen has its turn first.
    await engine.ports.timers.pause();
    const trouble = await engine.inOrder(() => takePage(engine, page, scopes));
    if (trouble) return trouble;
    if (next) asked = next;
    else if (beginAgain(engine, page, scopes)) asked = askFor(engine, scopes, engine.state);
    else return undefined;
  }
}

/** @param state whose cursors are asked behind */
function askFor(engine: Engine, scopes: readonly string[], state: StoreState) {
  const { clock } = engine.ports;
  const sent = clock.now();
  const differing = engine.scopeCheck.report();
  const behind = behindOf(state, scopes);
  const answer = engine.district
    .pull({ ...behind, limit: engine.pageSize, ...(differing && { differing }) })
    .then((said) => (said.ok ? ok({ ...said.value, took: clock.now() - sent }) : said));
  return { answer, differing, behind };
}

const behindOf = (state: StoreState, scopes: readonly string[]): Pick<PullRequest, 'epoch' | 'cursors'> => ({
  epoch: state.epoch,
  cursors: [...scopes].sort().map((scope) => ({ scope, cursor: cursorOf(state, scope) })),
});

/**
 * Beside the handshake, by whoever expects that it says nothing new: then the news are here with one journey instead of two. A line that
 * is not known to be well is asked one thing at a time.
 */
export function askAhead(engine: Engine): Asked | undefined {
  const { state, vault, link } = engine;
  const scopes = vault.scopes();
  return link.connection === 'online' && scopes.length > 0 ? askFor(engine, scopes, state) : undefined;
}

/** Only where the same would be asked now; what went wrong with it is heard when it is asked in its turn. */
async function stillRight(
  engine: Engine,
  scopes: readonly string[],
  ahead: Asked | undefined,
): Promise<Asked | undefined> {
  const isSame = JSON.stringify(ahead?.behind) === JSON.stringify(behindOf(engine.state, scopes));
  return isSame && (await ahead?.answer)?.ok ? ahead : undefined;
}

/** At the head: what differs from the district's is pulled again from zero. @returns whether there is any */
function beginAgain(engine: Engine, { hashes }: PullResponse, scopes: readonly string[]): boolean {
  const differing = engine.scopeCheck.compare(scopes, hashes);
  const { epoch, cursors } = engine.state;
  const begun = Object.fromEntries(differing.map((scope) => [scope, { epoch, cursor: 0 }]));
  engine.state = { ...engine.state, cursors: { ...cursors, ...begun } };
  return differing.length > 0;
}

async function takePage(
  engine: Engine,
  page: PulledPage,
  scopes: readonly string[],
): Promise<Trouble | undefined> {
  const { epoch } = page;
  if (epoch !== engine.state.epoch) return 'epoch';
  const news = newBases(engine, page, new Set(scopes));
  const removed = page.removed.filter((removal) => hasLeft(engine, removal, epoch));
  const seqs = new Map(news.map(({ id, seq }) => [id, seq]));
  const contained = containedIn(engine, seqs.keys(), (record) => seqs.get(record) ?? 0);
  const state = stateAfter(engine.state, page, scopes);
  try {
    await engine.store.keepPage({ bases: news, removed, state, contained });
  } catch {
    return 'storage';
  }
  engine.state = state;
  const ids = [...new Set([...seqs.keys(), ...removed.map(({ id }) => id)])];
  const changed = new Set<string>();
  await partByPart(engine, ids, (part) => {
    for (const id of show(engine, { news, removed, contained }, new Set(part))) changed.add(id);
  });
  const arrived = new Map(page.records.map((record) => [record.id, record]));
  tellRecords(engine, changed, { also: ['sync', 'tray'], arrived });
  return undefined;
}

interface Kept {
  readonly news: readonly Base[];
  readonly removed: PullResponse['removed'];
  readonly contained: ReturnType<typeof containedIn>;
}

/** What is on disk already, of these records. @returns the ids that show something else now */
function show(
  engine: Engine,
  { news, removed, contained }: Kept,
  ids: ReadonlySet<string>,
): ReadonlySet<string> {
  const played = contained.filter(({ operation }) => ids.has(operation.record));
  for (const { operation } of played) engine.operations.remove(operation.id);
  const changed = new Set(engine.records.take(news.filter(({ id }) => ids.has(id))));
  for (const { scope, id } of removed.filter((one) => ids.has(one.id)))
    for (const lost of engine.records.lose(scope, [id])) changed.add(lost);
  const replayed = played.map(({ operation }) => operation.record);
  engine.records.changed(new Set(replayed));
  for (const id of replayed) changed.add(id);
  return changed;
}

/** Also in a known state where it is new to a scope: its readers have nothing else of it. */
function newBases(
  engine: Engine,
  { epoch, records, texts }: PulledPage,
  asked: ReadonlySet<string>,
): readonly Base[] {
  const news = records.flatMap((record, index) =>
    [record.scope, ...(record.shares ?? [])]
      .filter((via) => {
        const known = engine.records.baseVia(record.id, via);
        return asked.has(via) && (known?.epoch !== epoch || known.seq < record.seq);
      })
      .map((via) => ({ via, record, text: texts[index] })),
  );
  return basesOf(news, epoch, engine.registry);
}

/** Not where it came back after that. */
function hasLeft(
  engine: Engine,
  { scope, id, seq }: PullResponse['removed'][number],
  epoch: string,
): boolean {
  const base = engine.records.baseVia(id, scope);
  return base !== undefined && (base.epoch !== epoch || base.seq <= seq);
}

function stateAfter(state: StoreState, page: PullResponse, scopes: readonly string[]): StoreState {
  const { epoch } = state;
  const cursors = { ...state.cursors };
  for (const scope of scopes)
    cursors[scope] = { epoch, cursor: Math.max(cursorOf(state, scope), page.cursor) };
  const { download, ...rest } = state;
  const done = (download?.done ?? 0) + page.records.length;
  return {
    ...rest,
    cursors,
    ...(page.more && { download: { done, total: done + page.remaining } }),
  };
}

/**
 * What a handshake says about the district and this person. Another epoch (a restored server) starts every cursor again: base
 * states are replaced as they arrive, nothing is deleted, and local operations stay (sync.md S8).
 */
export function stateAfterHandshake(engine: Engine, hello: HandshakeResponse, offset: number): StoreState {
  const { state } = engine;
  return {
    ...state,
    epoch: hello.epoch,
    restoredHead: lowest(state, hello),
    grants: hello.person.grants,
    offset,
    // A head that went back within an epoch is the district's to notice: a pull with these cursors makes it begin another one.
  };
}

/**
 * A second backup may be of before the first restoration, and reach further: what the life between the two knew lies below its head, and
 * is in no backup. So the lowest restoration that this computer has heard of stands for all of them.
 */
const lowest = (state: StoreState, hello: HandshakeResponse): number =>
  state.restoredHead > 0 ? Math.min(state.restoredHead, hello.restoredHead) : hello.restoredHead;

/** What a file says is as old as the file: it corrects no clock, and nothing of it is news of now. */
export function stateAfterFile(engine: Engine, hello: HandshakeResponse): StoreState {
  const { download: _, ...rest } = engine.state;
  const { lastSync = '' } = rest;
  return hello.serverTime > lastSync ? { ...rest, lastSync: hello.serverTime, lastSyncBy: 'file' } : rest;
}

/** The district was further when this computer last heard of it: what the file says of rights and scopes is out of date. */
export const isOlderThanHere = ({ state }: Engine, hello: HandshakeResponse): boolean =>
  Object.values(state.cursors).some(({ epoch, cursor }) => epoch === hello.epoch && cursor > hello.head);

/** What the next question begins from. */
export const reachedBy = ({ state, vault }: Engine): Pick<PullRequest, 'epoch' | 'cursors'> =>
  behindOf(state, vault.scopes());

export const stateAfterTurn = (engine: Engine): StoreState => {
  const { download: _, lastSyncBy: __, ...rest } = engine.state;
  return { ...rest, lastSync: instant(engine.ports.clock.now() + engine.state.offset) };
};
