/** What a line, a disk and a power switch may do to one desk. Decided by the seed, switched off when the history comes to rest. */
import type { BridgeClient } from '../../../../shared/bridge.ts';
import type { Fetch } from '../../ports.ts';
import type { PushRequest } from '../../../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../../../shared/protocol/version.ts';
import type { Database } from '../../store/database.ts';
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
}

export function createTrouble(making: Making): Trouble {
  const { random } = making;
  const trouble: Trouble = {
    isCalm: false,
    crashAt: undefined,
    isDead: false,
    meanwhile: undefined,
    line: {
      isDeaf: making.fault === 'epoch ignored',
      fetch: (ask) => troubledFetch(trouble, making, ask),
      bridge: (bridge) => troubledBridge(trouble, making, bridge),
      database: (database) => troubledDatabase(trouble, making, database),
      push: ({ entries }) => {
        making.pushing.clear();
        for (const { id } of entries) making.pushing.add(id);
        const isLost = !trouble.isCalm && random.chance(0.15);
        const answered = !isLost && (trouble.isCalm || random.chance(0.8));
        const instead = making.fault === 'author taken from the session' && { instead: renamed(entries) };
        return { arrives: !isLost, answered, ...instead };
      },
    },
  };
  return trouble;
}

/** Every third operation goes out in the name of a colleague who has signed in meanwhile. */
function renamed(entries: PushRequest['entries']): PushRequest {
  const author = `person_${'2'.padStart(26, '0')}`;
  return {
    protocol: PROTOCOL,
    entries: entries.map((envelope, index) =>
      index % 3 === 0 ? { ...withPlainAuthor(envelope, author), author } : envelope,
    ),
  };
}

function dieAt(trouble: Trouble, point: CrashPoint): void {
  if (trouble.crashAt?.point === point && trouble.crashAt.passes-- === 0) trouble.isDead = true;
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
    if (!trouble.isCalm && random.chance(0.06)) return new Response('<!doctype html><title>请登录</title>');
    const text = await late.text();
    if (!trouble.isCalm && random.chance(0.06)) return new Response(text.slice(0, random.whole(text.length)));
    if (fault === 'clock believed' && path === '/api/handshake')
      return new Response(withTime(text, ownTime()));
    return new Response(text, { status: late.status });
  };
}

/** A district that says what the desk believes anyway teaches it no offset. */
const withTime = (text: string, now: number): string =>
  text.replace(/"serverTime":"[^"]*"/, `"serverTime":"${new Date(now).toISOString()}"`);

const fromHead = (init: RequestInit | undefined): RequestInit => {
  const body = JSON.parse(init?.body as string) as { cursors: { scope: string; cursor: number }[] };
  const head = Math.max(0, ...body.cursors.map(({ cursor }) => cursor));
  const cursors = body.cursors.map(({ scope, cursor }) => ({ scope, cursor: cursor === 0 ? head : cursor }));
  return { ...init, body: JSON.stringify({ ...body, cursors }) };
};

function troubledBridge(trouble: Trouble, { random, fault }: Making, bridge: BridgeClient): BridgeClient {
  return {
    ...bridge,
    ask: async (name, ...input) => {
      if (trouble.isDead) throw new PowerCut();
      if (name !== 'journal.append') return bridge.ask(name, ...input);
      dieAt(trouble, 'before append');
      const { envelopes } = input[0] as { envelopes: { id: string }[] };
      const isSkipped = fault === 'append skipped' && random.chance(0.2);
      const kept = fault === 'group cut' ? envelopes.slice(0, 1) : envelopes;
      const answer = isSkipped
        ? { numbers: envelopes.map((_, index) => 1_000_000 + index) }
        : await bridge.ask('journal.append', { envelopes: kept as never });
      const { numbers } = answer as { numbers: number[] };
      dieAt(trouble, 'after append');
      return { numbers: envelopes.map((_, index) => numbers[index] ?? (numbers[0] ?? 0) + index) } as never;
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
