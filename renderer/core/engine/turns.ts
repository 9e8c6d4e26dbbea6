/**
 * When a turn starts: a poke, a verdict, the network's return, the window's focus, a timer. One at a time; whatever asks during a
 * turn gets one more after it, but for a poke about what this very turn has reached. Intervals are jittered, so that a street's desks
 * do not all call at once after a power cut.
 */
import { furtherOf, isNews, type Poke } from '../../../shared/protocol/poke.ts';
import { noteTrouble, type Engine } from './engine.ts';
import { catchUp } from './mirror.ts';
import { turn } from './turn.ts';

export interface Turns {
  readonly request: () => void;
  /** Resolves when no turn runs and none is asked for. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
}

/** With a district that answers, pokes bring the news; the timer is for lost pokes. */
const CALM = 45_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 4_000;

/** @param onTurned after every turn that reached its end */
export function createTurns(engine: Engine, onTurned: () => Promise<void>): Turns {
  const { timers, random } = engine.ports;
  let running: Promise<void> | undefined;
  let isAsked = false;
  let poke: Poke | undefined;
  let isStopped = false;
  let failures = 0;
  let counted = -1;
  let cancel = (): void => undefined;

  const jittered = (milliseconds: number): number =>
    Math.round(milliseconds * (0.75 + ((random(1)[0] ?? 0) / 255) * 0.5));

  function plan(): void {
    cancel();
    if (isStopped) return;
    const wait = failures === 0 ? CALM : Math.min(FIRST_RETRY * 2 ** (failures - 1), LAST_RETRY);
    cancel = timers.later(jittered(wait), request);
  }

  async function run(): Promise<void> {
    while ((isAsked || (poke && isNews(poke, engine.reached))) && !isStopped) {
      isAsked = false;
      poke = undefined;
      await turn(engine).catch(() => noteTrouble(engine, 'storage'));
      failures = engine.link.problem === undefined ? 0 : failures + 1;
      if (failures === 0) await onTurned().catch(() => noteTrouble(engine, 'storage'));
      await askCarrier();
      await countStore();
    }
    running = undefined;
    plan();
  }

  function request(): void {
    if (isStopped) return;
    isAsked = true;
    running ??= run();
  }

  function hearPoke(news: Poke | undefined): void {
    if (!news) return request();
    if (isStopped || !(running || isNews(news, engine.reached))) return;
    poke = furtherOf(poke, news);
    running ??= run();
  }

  /** How many wait, of everybody: its own events may have come before a verdict that this window has taken meanwhile. */
  async function askCarrier(): Promise<void> {
    const carrier = await engine.bridge.ask('carrier.state').catch(() => undefined);
    const { link } = engine;
    if (!carrier || (carrier.pending === link.carried && carrier.busyUntil === link.busyUntil)) return;
    link.carried = carrier.pending;
    link.busyUntil = carrier.busyUntil;
    engine.topics.tell(['sync']);
  }

  /** An IndexedDB that knows less than it did is noticed by what was counted. */
  async function countStore(): Promise<void> {
    const writings = engine.store.writings();
    if (writings === counted || engine.isNewerStore) return;
    counted = writings;
    await engine.bridge.ask('store.counted', { writings }).catch(() => undefined);
  }

  async function heardVerdicts(): Promise<void> {
    await engine.inOrder(() => catchUp(engine));
    await askCarrier();
    // What was confirmed lies at the district as a new state of its record.
    request();
  }

  const stopListening = engine.bridge.listen((event) => {
    if (isStopped) return;
    if (event.kind === 'verdicts') void heardVerdicts().catch(() => noteTrouble(engine, 'storage'));
    else if (event.kind === 'poke') hearPoke(event.news);
    else if (event.kind === 'revoked') noteTrouble(engine, 'revoked');
    else if (event.kind === 'uploads') {
      const { waiting, bytes, done } = event;
      engine.link.uploads = { waiting, bytes, done };
      engine.topics.tell(['sync', 'attachments']);
    } else if (event.kind === 'room') {
      const { room, free } = event;
      engine.link.room = { room, free };
      engine.topics.tell(['sync']);
      request();
    } else if (event.kind === 'carrier') {
      // The carrier's line breaks at once where this one would notice at its next turn, and comes back likewise.
      const isNews = event.online !== (engine.link.connection === 'online');
      engine.link.carried = event.pending;
      engine.link.busyUntil = event.busyUntil;
      engine.topics.tell(['sync']);
      if (isNews) request();
    }
  });

  return {
    request,
    settled: async () => {
      while (running) await running;
    },
    stop: () => {
      isStopped = true;
      cancel();
      stopListening();
    },
  };
}
