/**
 * What the district has that this computer lacks: pages until there are none, each with its cursor in one transaction (sync.md S4).
 * Newest states only; a page that was answered twice or late changes nothing, and no cursor ever moves back.
 */
import type { HandshakeResponse, PullResponse } from '../../../shared/protocol/messages.ts';
import type { Base } from '../store/block.ts';
import type { StoreState } from '../store/state.ts';
import type { Trouble } from './district.ts';
import { instant, tellRecords, type Engine } from './engine.ts';
import { containedIn } from './mirror.ts';

/** Records in a page: parsed and sealed within one turn of the screen. */
const PAGE = 1000;

/** @returns what went wrong, or undefined when there is nothing more */
export async function pull(engine: Engine, scopes: readonly string[]): Promise<Trouble | undefined> {
  for (let more = true; more;) {
    const { epoch, cursors } = engine.state;
    const answer = await engine.district.pull({
      epoch,
      cursors: scopes.map((scope) => ({ scope, cursor: cursors[scope] ?? 0 })),
      limit: PAGE,
    });
    if (!answer.ok) return answer.error;
    if (answer.value.epoch !== epoch) return 'epoch';
    more = answer.value.more;
    const trouble = await engine.inOrder(() => takePage(engine, answer.value, scopes));
    if (trouble) return trouble;
    await engine.ports.timers.pause();
  }
  return undefined;
}

async function takePage(
  engine: Engine,
  page: PullResponse,
  scopes: readonly string[],
): Promise<Trouble | undefined> {
  const { epoch } = page;
  if (epoch !== engine.state.epoch) return 'epoch';
  const bases = page.records.map((record): Base => ({
    id: record.id,
    entity: record.entity,
    scope: record.scope,
    epoch,
    seq: record.seq,
    text: JSON.stringify(record),
  }));
  const news = bases.filter((base) => {
    const known = engine.records.baseOf(base.id);
    return known?.epoch !== epoch || known.seq < base.seq;
  });
  const seqs = new Map(news.map(({ id, seq }) => [id, seq]));
  const contained = containedIn(engine, seqs.keys(), (record) => seqs.get(record) ?? 0);
  const state = stateAfter(engine.state, page, scopes);
  try {
    await engine.store.keepPage({ bases: news, state, contained });
  } catch {
    return 'storage';
  }
  engine.state = state;
  for (const { operation } of contained) engine.own.remove(operation.id);
  const changed = engine.records.take(news);
  engine.search.changed(changed);
  tellRecords(engine, changed, ['sync', 'tray']);
  return undefined;
}

function stateAfter(state: StoreState, page: PullResponse, scopes: readonly string[]): StoreState {
  const cursors = { ...state.cursors };
  for (const scope of scopes) cursors[scope] = Math.max(cursors[scope] ?? 0, page.cursor);
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
 * states are replaced as they arrive, nothing is deleted, and own operations stay (sync.md S8).
 */
export function stateAfterHandshake(engine: Engine, hello: HandshakeResponse, offset: number): StoreState {
  const { state } = engine;
  return {
    ...state,
    epoch: hello.epoch,
    restoredHead: hello.restoredHead,
    grants: hello.person.grants,
    offset,
    // A head that went back within an epoch is the district's to notice: a pull with these cursors makes it begin another one.
    cursors: hello.epoch === state.epoch ? state.cursors : {},
  };
}

export const stateAfterTurn = (engine: Engine): StoreState => {
  const { download: _, ...rest } = engine.state;
  return { ...rest, lastSync: instant(engine.ports.clock.now() + engine.state.offset) };
};
