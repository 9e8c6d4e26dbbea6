/** What a line, a disk and a power switch may do to one desk. Decided by the seed, switched off when the history comes to rest. */
import type { BridgeClient, BridgeInput, BridgeOutput } from '../../../../shared/bridge.ts';
import { CHAIN_START, type Link } from '../../../../shared/protocol/link.ts';
import type { Fetch } from '../../ports.ts';
import { answerOf } from '../district-in-process.ts';
import type { PullResponse, PushRequest } from '../../../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../../../shared/protocol/version.ts';
import type { Database } from '../../store/database.ts';
import { linked } from '../links.ts';
import { withPlainAuthor } from '../plain-vault.ts';
import type { Random } from '../random.ts';
import type { Line } from '../small-world.ts';
import type { Fault } from './faults.ts';

/** Where the power goes off. */
export const crashPoints = ['before append', 'after append', 'before write', 'after write'] as const;
export type CrashPoint = (typeof crashPoints)[number];

export interface Trouble {
  isCalm: boolean;
  /** Set by a step; the window is dead from the moment that it comes true. */
  /** Where the power goes off, and how many times that place is passed before. */
  crashAt: { readonly point: CrashPoint; passes: number } | undefined;
  isDead: boolean;
  /** How often the power went off. */
  cuts: number;
  /** What somebody does while a request is under way. */
  meanwhile: (() => Promise<void>) | undefined;
  readonly line: Line;
}

export class PowerCut extends Error {}

interface Making {
  readonly random: Random;
  readonly fault: Fault | undefined;
  /** Operations of the push that is under way. */
  readonly pushing: Set<string>;
  /** What this desk's clock says. */
  readonly ownTime: () => number;
  /** Who has unlocked the window. */
  readonly person: () => string;
}

export function createTrouble(making: Making): Trouble {
  const { random } = making;
  const trouble: Trouble = {
    isCalm: false,
    crashAt: undefined,
    isDead: false,
    cuts: 0,
    meanwhile: undefined,
    line: {
      isDeaf: making.fault === 'epoch ignored',
      isReached: () => trouble.isCalm || random.chance(0.9),
      fetch: (ask) => troubledFetch(trouble, making, ask),
      bridge: (bridge) => troubledBridge(trouble, making, bridge),
      database: (database) => troubledDatabase(trouble, making, database),
      push: ({ entries }) => {
        making.pushing.clear();
        for (const { envelope } of entries) making.pushing.add(envelope.id);
        const isLost = !trouble.isCalm && random.chance(0.15);
        const answered = !isLost && (trouble.isCalm || random.chance(0.8));
        const instead = making.fault === 'author taken from the session' && {
          instead: renamed(entries, making.person()),
        };
        return { arrives: !isLost, answered, ...instead };
      },
    },
  };
  return trouble;
}

/** Whatever goes out goes out in the name of whoever has signed in meanwhile, and is signed by them. */
function renamed(entries: PushRequest['entries'], author: string): PushRequest {
  return {
    protocol: PROTOCOL,
    entries: entries.map(({ envelope, ...entry }) => {
      const given = withPlainAuthor(envelope, author);
      return { ...entry, envelope: given, link: linked(given, entry.link) };
    }),
  };
}

function dieAt(trouble: Trouble, point: CrashPoint): void {
  if (trouble.crashAt?.point === point && trouble.crashAt.passes-- === 0) {
    trouble.isDead = true;
    trouble.cuts += 1;
  }
  if (trouble.isDead) throw new PowerCut(point);
}

function troubledFetch(trouble: Trouble, { random, fault, ownTime }: Making, ask: Fetch): Fetch {
  return async (path, init) => {
    if (trouble.isDead) throw new PowerCut();
    const { meanwhile } = trouble;
    trouble.meanwhile = undefined;
    const asked = fault === 'gained scope from head' && path === '/api/pull' ? fromHead(init) : init;
    if (!trouble.isCalm && random.chance(0.08)) throw new TypeError('lost on the way');
    const response = await ask(path, asked);
    // A proxy that asks twice and answers with the second.
    const late = !trouble.isCalm && random.chance(0.1) ? await ask(path, asked) : response;
    await meanwhile?.();
    if (!trouble.isCalm && random.chance(0.06)) return answerOf(200, '<!doctype html><title>请登录</title>');
    const text = await late.text();
    if (!trouble.isCalm && random.chance(0.06))
      return answerOf(200, text.slice(0, random.whole(text.length)));
    if (fault === 'removal ignored' && path === '/api/pull') return answerOf(200, withoutRemovals(text));
    if (fault === 'clock believed' && path === '/api/handshake')
      return answerOf(200, withTime(text, ownTime()));
    return answerOf(late.status, text);
  };
}

/** A district that says what the desk believes anyway teaches it no offset. */
const withTime = (text: string, now: number): string =>
  text.replace(/"serverTime":"[^"]*"/, `"serverTime":"${new Date(now).toISOString()}"`);

const withoutRemovals = (text: string): string =>
  JSON.stringify({ ...(JSON.parse(text) as PullResponse), removed: [] });

const fromHead = (init: RequestInit | undefined): RequestInit => {
  const body = JSON.parse(init?.body as string) as { cursors: { scope: string; cursor: number }[] };
  const head = Math.max(0, ...body.cursors.map(({ cursor }) => cursor));
  const cursors = body.cursors.map(({ scope, cursor }) => ({ scope, cursor: cursor === 0 ? head : cursor }));
  return { ...init, body: JSON.stringify({ ...body, cursors }) };
};

const NO_LINK: Link = {
  number: 1_000_000,
  previous: CHAIN_START,
  hash: CHAIN_START,
  key: 'A'.repeat(22),
  signature: 'A'.repeat(86),
};

type Appending = BridgeInput<'journal.append'>;
type Appended = BridgeOutput<'journal.append'>['entries'][number];

function troubledBridge(trouble: Trouble, { random, fault }: Making, bridge: BridgeClient): BridgeClient {
  async function append({ entries }: Appending): Promise<{ readonly entries: readonly Appended[] }> {
    dieAt(trouble, 'before append');
    const isSkipped = fault === 'append skipped' && random.chance(0.2);
    const kept = fault === 'group cut' ? entries.slice(0, 1) : entries;
    const answered = isSkipped ? [] : (await bridge.ask('journal.append', { entries: kept })).entries;
    dieAt(trouble, 'after append');
    const made = (index: number): Appended => ({ number: 1_000_000 + index, link: NO_LINK });
    return { entries: entries.map((_, index) => answered[index] ?? made(index)) };
  }
  return {
    ...bridge,
    ask: async (name, ...input) => {
      if (trouble.isDead) throw new PowerCut();
      if (name === 'journal.append') return (await append(input[0] as Appending)) as never;
      if (name === 'scopes.leave' && fault === 'key not destroyed') return { gone: [] } as never;
      const answer = await bridge.ask(name, ...input);
      return name === 'scopes.leave' && fault === 'rows not destroyed' ? ({ gone: [] } as never) : answer;
    },
  };
}

function troubledDatabase(trouble: Trouble, { fault, random }: Making, database: Database): Database {
  return {
    ...database,
    write: async (writings) => {
      const isPage = writings.some(
        ({ table, put = [] }) => (table === 'changes' || table === 'blocks') && put.length > 0,
      );
      if (fault === 'page in two pieces' && isPage) {
        await database.write(writings.filter(({ table }) => table === 'meta'));
        // The power goes off between the pieces more often than chance would have it.
        if (!trouble.isCalm && random.chance(0.1)) trouble.isDead = true;
        dieAt(trouble, 'after write');
      }
      dieAt(trouble, 'before write');
      await database.write(
        writings.map((writing) => {
          if (fault === 'rows forgotten' && isPage && writing.table === 'changes')
            return { ...writing, put: [] };
          if (fault === 'store row dropped' && writing.table === 'journal') return { ...writing, put: [] };
          return writing;
        }),
      );
      dieAt(trouble, 'after write');
    },
  };
}
