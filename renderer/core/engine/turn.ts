/**
 * One sync turn: what the journal knows, a handshake, keys of the scopes, pages until there are none. Pushing is the main process's (sync.md S13), so a
 * turn only asks for it. No screen ever waits for a turn.
 */
import type { HandshakeResponse } from '../../../shared/protocol/messages.ts';
import type { Poke } from '../../../shared/protocol/poke.ts';
import type { Trouble } from './district.ts';
import { noteTrouble, type Engine } from './engine.ts';
import { catchUp } from './mirror.ts';
import { offerFormer } from './former.ts';
import {
  askAhead,
  isOlderThanHere,
  pull,
  reachedBy,
  stateAfterFile,
  stateAfterHandshake,
  stateAfterTurn,
  type Asked,
} from './pull.ts';
import { cursorOf, type StoreState } from '../store/state.ts';
import { restoredDistrict } from './restored.ts';
import { fetchWords } from './review.ts';
import { forgetLostScopes, letUnreadableGo, openScopes } from './scopes.ts';

/** Single changes beside the blocks before they are folded in. */
const MOST_LOOSE = 1024;

/** Notes how the line is; never throws for what a line, a district or a disk may do. */
export async function turn(engine: Engine): Promise<void> {
  await engine.inOrder(() => catchUp(engine));
  let { trouble, filed } = await talk(engine);
  // The district was restored between handshake and page: once more from the start.
  if (trouble === 'epoch') ({ trouble, filed } = await talk(engine));
  // How the line is, a file does not say: the next turn does.
  if (filed === undefined) noteTrouble(engine, trouble === 'epoch' ? 'server' : trouble);
  else if (await takenFromFile(engine, filed, trouble)) return turn(engine);
  if (trouble === undefined && engine.store.loose() > MOST_LOOSE) {
    await engine
      .inOrder(() => engine.store.fold(engine.records.baseVia))
      .catch(() => noteTrouble(engine, 'storage'));
  }
}

interface Talked {
  readonly trouble: Trouble | undefined;
  /** Serial of the file out of which the district has spoken. */
  readonly filed?: number | undefined;
}

async function talk(engine: Engine): Promise<Talked> {
  engine.reached = undefined;
  const { clock } = engine.ports;
  // Nothing is fetched that could not be kept; pushing is the main process's and goes on.
  if (engine.isNewerStore) return { trouble: 'newer-app' };
  if (engine.link.room.room === 'none') return { trouble: 'no-room' };
  const sent = clock.now();
  const asked = engine.district.handshake();
  const ahead = askAhead(engine);
  const { said, filed } = await asked;
  if (!said.ok) return { trouble: said.error, filed };
  const offset = Date.parse(said.value.serverTime) - (sent + clock.now()) / 2;
  const greeting =
    filed === undefined
      ? { filed, ahead, offset: Math.round(offset) }
      : { filed, offset: engine.state.offset };
  return { trouble: await take(engine, said.value, greeting), filed };
}

interface Greeted extends Pick<Talked, 'filed'> {
  readonly ahead?: Asked | undefined;
  /** Milliseconds by which the district is ahead of this computer's clock. */
  readonly offset: number;
}

async function take(
  engine: Engine,
  hello: HandshakeResponse,
  { filed, ahead, offset }: Greeted,
): Promise<Trouble | undefined> {
  if (hello.district !== engine.session.district.id) return 'other-district';
  if (filed !== undefined && isOlderThanHere(engine, hello)) return 'stale-file';
  const trouble = await engine.inOrder(() => greet(engine, hello, offset));
  if (trouble) return trouble;
  const { scopes } = hello;
  const open = await openScopes(engine, scopes);
  // A file carries no offers.
  if (filed !== undefined) engine.lacking = undefined;
  const unoffered = filed === undefined ? await offerFormer(engine) : undefined;
  if (unoffered) return unoffered;
  // No scope at all is never a reason to let go of anything (law 5).
  if (open.length === 0) return 'access';
  const stopped = await pull(engine, open, ahead);
  if (stopped) return stopped;
  await fetchWords(engine);
  return engine.inOrder(async () => {
    engine.state = filed === undefined ? stateAfterTurn(engine) : stateAfterFile(engine, hello);
    // Verdicts of a former life of the district count no more once the journal has said so.
    await catchUp(engine);
    await forgetLostScopes(engine, scopes);
    if (open.length === scopes.length) await letUnreadableGo(engine, scopes);
    engine.topics.tell(['sync']);
    const unkept = await keepState(engine);
    // What a scope without a key holds has to be asked for again.
    if (!unkept && filed === undefined && open.length === scopes.length)
      engine.reached = reachedWith(engine, hello);
    return unkept;
  });
}

/** Rights are known as of the handshake, records as of the page, and either may have been asked first. */
function reachedWith({ state }: Engine, { epoch, head, scopes }: HandshakeResponse): Poke {
  return { epoch, head: Math.min(head, ...scopes.map((scope) => cursorOf(state, scope))) };
}

/** What this computer cannot write down now, it takes another time. */
const FOR_ANOTHER_TIME: readonly (Trouble | undefined)[] = ['storage', 'no-room', 'network'];

/** @returns whether the file has done its work, so that the line is asked next */
async function takenFromFile(engine: Engine, serial: number, trouble: Trouble | undefined): Promise<boolean> {
  if (trouble === 'epoch' || FOR_ANOTHER_TIME.includes(trouble)) return false;
  engine.link.fileProblem = trouble;
  engine.topics.tell(['sync']);
  return engine.bridge.ask('packages.taken', { ...reachedBy(engine), serial }).then(
    () => true,
    () => false,
  );
}

async function greet(engine: Engine, hello: HandshakeResponse, offset: number): Promise<Trouble | undefined> {
  const before = engine.state;
  engine.state = stateAfterHandshake(engine, hello, offset);
  engine.review.count = hello.review ?? 0;
  if (before.epoch !== '' && before.epoch !== hello.epoch) await restoredDistrict(engine);
  if (JSON.stringify(before.grants) !== JSON.stringify(hello.person.grants)) {
    engine.topics.tell([...engine.registry.entities.keys(), 'sync', 'tray']);
  }
  // By how much a clock is wrong is written down with whatever comes next, at the latest at the end of this turn.
  return isSameBut('offset', before, engine.state) ? undefined : keepState(engine);
}

const isSameBut = (part: keyof StoreState, one: StoreState, other: StoreState): boolean =>
  JSON.stringify({ ...one, [part]: 0 }) === JSON.stringify({ ...other, [part]: 0 });

async function keepState(engine: Engine): Promise<Trouble | undefined> {
  try {
    await engine.store.keepState(engine.state);
    return undefined;
  } catch {
    return 'storage';
  }
}
