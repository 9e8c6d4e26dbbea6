/**
 * What the window of a desk asks of the district: a turn is a handshake and the pages behind every scope's cursor. A poke, the carrier's
 * verdicts or the timer start one; whatever asks during a turn gets one more after it, but for a poke about what it has reached, as in
 * renderer/core/engine/turns.ts.
 */
import { jsonOf } from '../../electron/district.ts';
import type { SignedAsk } from '../../electron/signed-ask.ts';
import {
  handshakeResponse,
  type HandshakeResponse,
  type PullRequest,
  type PullResponse,
} from '../../shared/protocol/messages.ts';
import { furtherOf, isNews, type Poke } from '../../shared/protocol/poke.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';

const CALM = 45_000;
const RETRY = 4_000;

export interface Reader {
  readonly request: () => void;
  readonly poked: (news: Poke | undefined) => void;
  readonly pulled: () => number;
  /** Resolves when no turn runs any more. */
  readonly stop: () => Promise<void>;
}

export function createReader(ask: SignedAsk): Reader {
  const cursors = new Map<string, number>();
  let running: Promise<void> | undefined;
  let isAsked = false;
  let poke: Poke | undefined;
  let reached: Poke | undefined;
  let isStopped = false;
  let pulled = 0;
  let timer: NodeJS.Timeout | undefined;

  const say = async (path: string, message: unknown): Promise<unknown> => {
    const body = await saidTo(ask, path, message);
    return body && jsonOf(body);
  };

  /** @returns whether it came to its end */
  async function turn(): Promise<boolean> {
    reached = undefined;
    const hello = handshakeResponse.safeParse(
      await say('/api/handshake', { protocol: PROTOCOL, app: '0.1.0' }),
    );
    if (!hello.success) return false;
    let behind = hello.data.head;
    for (let more = true; more && !isStopped;) {
      const page = (await say('/api/pull', pullOf(hello.data, cursors))) as PullResponse | undefined;
      if (!page) return false;
      pulled += page.records.length;
      for (const scope of hello.data.scopes)
        cursors.set(scope, Math.max(cursors.get(scope) ?? 0, page.cursor));
      behind = Math.min(hello.data.head, page.cursor);
      ({ more } = page);
    }
    reached = { epoch: hello.data.epoch, head: behind };
    return true;
  }

  async function run(): Promise<void> {
    let isWell = true;
    while ((isAsked || (poke && isNews(poke, reached))) && !isStopped) {
      isAsked = false;
      poke = undefined;
      isWell = await turn();
    }
    running = undefined;
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(request, (isWell ? CALM : RETRY) * (0.75 + Math.random() / 2));
  }

  function request(): void {
    if (isStopped) return;
    isAsked = true;
    running ??= run();
  }

  function poked(news: Poke | undefined): void {
    if (!news) return request();
    if (isStopped || !(running || isNews(news, reached))) return;
    poke = furtherOf(poke, news);
    running ??= run();
  }

  return {
    request,
    poked,
    pulled: () => pulled,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** As a person at the desk. @returns the body of the answer; undefined where the line or the district failed */
export async function saidTo(
  ask: SignedAsk,
  path: string,
  message: unknown,
): Promise<Uint8Array | undefined> {
  const body = Buffer.from(JSON.stringify(message));
  const answer = await ask({ method: 'POST', path, body, as: 'person' });
  return answer.ok && answer.value.status === 200 ? answer.value.body : undefined;
}

export const pullOf = (
  { epoch, scopes }: Pick<HandshakeResponse, 'epoch' | 'scopes'>,
  cursors: ReadonlyMap<string, number>,
): PullRequest => ({
  epoch,
  cursors: scopes.map((scope) => ({ scope, cursor: cursors.get(scope) ?? 0 })),
});
