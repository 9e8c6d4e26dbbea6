/**
 * One sync turn: what the journal knows, a handshake, keys of the scopes, pages until there are none. Pushing is the main process's (sync.md S13), so a
 * turn only asks for it. No screen ever waits for a turn.
 */
import type { HandshakeResponse } from '../../../shared/protocol/messages.ts';
import type { Trouble } from './district.ts';
import { noteTrouble, type Engine } from './engine.ts';
import { catchUp } from './mirror.ts';
import { pull, stateAfterHandshake, stateAfterTurn } from './pull.ts';
import { restoredDistrict } from './restored.ts';
import { forgetLostScopes, letUnreadableGo, openScopes } from './scopes.ts';

/** Single changes beside the blocks before they are folded in. */
const MOST_LOOSE = 1024;

/** Notes how the line is; never throws for what a line, a district or a disk may do. */
export async function turn(engine: Engine): Promise<void> {
  await engine.inOrder(() => catchUp(engine));
  let trouble = await talk(engine);
  // The district was restored between handshake and page: once more from the start.
  if (trouble === 'epoch') trouble = await talk(engine);
  noteTrouble(engine, trouble === 'epoch' ? 'server' : trouble);
  if (trouble === undefined && engine.store.loose() > MOST_LOOSE) {
    await engine
      .inOrder(() => engine.store.fold(engine.records.baseVia))
      .catch(() => noteTrouble(engine, 'storage'));
  }
}

async function talk(engine: Engine): Promise<Trouble | undefined> {
  const { clock } = engine.ports;
  // What would be fetched needs room; pushing is the main process's and goes on.
  if (engine.link.room.room === 'none') return 'no-room';
  const sent = clock.now();
  const hello = await engine.district.handshake();
  if (!hello.ok) return hello.error;
  if (hello.value.district !== engine.session.district.id) return 'other-district';
  const offset = Date.parse(hello.value.serverTime) - (sent + clock.now()) / 2;
  const trouble = await engine.inOrder(() => greet(engine, hello.value, Math.round(offset)));
  if (trouble) return trouble;
  const { scopes } = hello.value;
  const open = await openScopes(engine, scopes);
  // No scope at all is never a reason to let go of anything (law 5).
  if (open.length === 0) return 'access';
  const stopped = await pull(engine, open);
  if (stopped) return stopped;
  return engine.inOrder(async () => {
    engine.state = stateAfterTurn(engine);
    // Verdicts of a former life of the district count no more once the journal has said so.
    await catchUp(engine);
    await forgetLostScopes(engine, scopes);
    if (open.length === scopes.length) await letUnreadableGo(engine, scopes);
    engine.topics.tell(['sync']);
    return keepState(engine);
  });
}

async function greet(engine: Engine, hello: HandshakeResponse, offset: number): Promise<Trouble | undefined> {
  const before = engine.state;
  engine.state = stateAfterHandshake(engine, hello, offset);
  if (before.epoch !== '' && before.epoch !== hello.epoch) restoredDistrict(engine);
  if (JSON.stringify(before.grants) !== JSON.stringify(hello.person.grants)) {
    engine.topics.tell([...engine.registry.entities.keys(), 'sync', 'tray']);
  }
  return keepState(engine);
}

async function keepState(engine: Engine): Promise<Trouble | undefined> {
  try {
    await engine.store.keepState(engine.state);
    return undefined;
  } catch {
    return 'storage';
  }
}
