/**
 * What a line, a disk and a power switch may do to one desk: requests and replies are lost, doubled, cut, answered by somebody else, or
 * they wait while the world goes on; a push arrives long after its desk has given up on it; the district's process dies before it
 * has committed; the power goes off at any named point. All by the step's own luck; nothing of it while a step is calm.
 */
import type { BridgeClient, BridgeInput } from '../../../../shared/bridge.ts';
import type { Answer, Fetch } from '../../ports.ts';
import type { Database } from '../../store/database.ts';
import { answerOf } from '../district-in-process.ts';
import type { Send } from '../main.ts';
import type { FileStep } from '../memory-files.ts';
import type { Random } from '../random.ts';
import type { Line } from '../small-world.ts';

/** Where the power goes off, in the window and in the main process. */
export const crashPoints = [
  'before-append',
  'after-append',
  'before-row-write',
  'after-row-write',
  'file-write',
  'file-sync',
  'file-rename',
  'before-verdicts',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

export class PowerCut extends Error {}

/** A request that waits on a slow line. */
export interface Gate {
  /** Requests that go through before. */
  passes: number;
  /** Whether the district has answered before the waiting, or answers after it. */
  readonly holds: 'reply' | 'request';
  readonly opened: Promise<void>;
  isReached: boolean;
}

export interface Trouble {
  /** Where the power goes off, and how many times that place is passed before. */
  crashAt: { readonly point: CrashPoint; passes: number } | undefined;
  /** The window and the main process are dead from the moment that the power is off. */
  isDead: boolean;
  /** How often the power went off. */
  cuts: number;
  gate: Gate | undefined;
  /** The same for the next push of the main process, which waits for no window. */
  pushGate: Gate | undefined;
  readonly before: (step: FileStep) => void;
  readonly line: Line & Required<Pick<Line, 'fetch' | 'push'>>;
}

export interface Weather {
  /** Undefined while the step is calm. */
  readonly luck: () => Random | undefined;
  /** Tells what happened, for whoever reads the history. */
  readonly say: (note: string) => void;
  /** Pushes that are still on their way although their desk has given up on them. */
  readonly late: (() => Promise<unknown>)[];
  /** Whether the district's process dies as soon as it has work to commit. */
  readonly district: { dies: boolean };
}

export function createTrouble(weather: Weather): Trouble {
  const trouble: Trouble = {
    crashAt: undefined,
    isDead: false,
    cuts: 0,
    gate: undefined,
    pushGate: undefined,
    before: (step) => dieAt(trouble, weather, `file-${step}`),
    line: {
      isReached: () => !trouble.isDead && weather.luck()?.chance(0.1) !== true,
      fetch: (ask) => troubledFetch(trouble, weather, ask),
      bridge: (bridge) => troubledBridge(trouble, weather, bridge),
      database: (database) => troubledDatabase(trouble, weather, database),
      push: (send) => troubledPush(trouble, weather, send),
    },
  };
  return trouble;
}

function dieAt(trouble: Trouble, { say }: Weather, point: CrashPoint): void {
  if (trouble.crashAt?.point === point && trouble.crashAt.passes-- === 0) {
    trouble.isDead = true;
    trouble.cuts += 1;
    say('the power goes off');
  }
  if (trouble.isDead) throw new PowerCut(point);
}

const PORTAL = answerOf(200, '<!doctype html><title>请登录</title>');

function troubledFetch(trouble: Trouble, weather: Weather, ask: Fetch): Fetch {
  return async (path, init) => {
    if (trouble.isDead) throw new PowerCut();
    const name = path.slice('/api/'.length);
    const luck = weather.luck();
    // What somebody asks for and looks at meanwhile is no part of the turn that waits.
    const gate = name === 'review' ? undefined : passing(trouble);
    if (gate?.holds === 'request') await waiting(gate, () => weather.say(`${name} waits`));
    if (luck?.chance(0.08)) {
      weather.say(`${name} lost`);
      throw new TypeError('lost on the way');
    }
    let answer = await ask(path, init);
    if (luck?.chance(0.1)) {
      // A proxy that asks twice, and answers with either.
      weather.say(`${name} asked twice`);
      const again = await ask(path, init);
      if (luck.chance(0.6)) answer = again;
    }
    if (gate?.holds === 'reply') await waiting(gate, () => weather.say(`answer to ${name} waits`));
    if (trouble.isDead) throw new PowerCut();
    return spoilt(answer, luck, (what) => weather.say(`${name} ${what}`));
  };
}

/** On its way back. */
async function spoilt(
  answer: Answer,
  luck: Random | undefined,
  say: (what: string) => void,
): Promise<Answer> {
  if (luck?.chance(0.05)) {
    say('answered by a portal');
    return PORTAL;
  }
  if (luck?.chance(0.05)) {
    say('cut');
    const text = await answer.text();
    return answerOf(answer.status, text.slice(0, luck.whole(text.length)));
  }
  return answer;
}

function passing(trouble: Trouble): Gate | undefined {
  const { gate } = trouble;
  if (!gate || gate.passes-- > 0) return undefined;
  trouble.gate = undefined;
  return gate;
}

async function waiting(gate: Gate, say: () => void): Promise<void> {
  say();
  gate.isReached = true;
  await gate.opened;
}

function troubledPush(trouble: Trouble, weather: Weather, send: Send): Send {
  return async (request) => {
    if (trouble.isDead) return undefined;
    const { pushGate } = trouble;
    trouble.pushGate = undefined;
    if (pushGate?.holds === 'request') await waiting(pushGate, () => weather.say('push waits'));
    const luck = weather.luck();
    if (luck?.chance(0.12)) {
      const isLate = luck.chance(0.4);
      weather.say(isLate ? 'push still under way' : 'push lost');
      if (isLate) weather.late.push(() => send(request));
      return undefined;
    }
    if (luck?.chance(0.1)) {
      weather.say('push arrives twice');
      await send(request);
    }
    weather.district.dies = luck?.chance(0.05) === true;
    const answer = await send(request).catch((failure: unknown) => {
      if (!weather.district.dies) throw failure;
      weather.say('the district dies before it has committed');
      return undefined;
    });
    weather.district.dies = false;
    // What the same desk asks meanwhile is answered before.
    if (pushGate?.holds === 'reply') await waiting(pushGate, () => weather.say('verdicts wait'));
    if (answer && luck?.chance(0.15)) {
      weather.say('verdicts lost');
      return undefined;
    }
    if (answer) dieAt(trouble, weather, 'before-verdicts');
    return answer && spoilt(answer, luck, (what) => weather.say(`verdicts ${what}`));
  };
}

type Appending = BridgeInput<'journal.append'>;

function troubledBridge(trouble: Trouble, weather: Weather, bridge: BridgeClient): BridgeClient {
  async function append(given: Appending) {
    dieAt(trouble, weather, 'before-append');
    const answer = await bridge.ask('journal.append', given);
    dieAt(trouble, weather, 'after-append');
    return answer;
  }
  return {
    ...bridge,
    ask: async (name, ...input) => {
      if (trouble.isDead) throw new PowerCut();
      if (name === 'journal.append') return (await append(input[0] as Appending)) as never;
      return bridge.ask(name, ...input);
    },
  };
}

function troubledDatabase(trouble: Trouble, weather: Weather, database: Database): Database {
  return {
    ...database,
    write: async (writings) => {
      dieAt(trouble, weather, 'before-row-write');
      await database.write(writings);
      dieAt(trouble, weather, 'after-row-write');
    },
  };
}
