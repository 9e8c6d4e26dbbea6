/**
 * A file as another line to the district: while an answer waits for the person who is in, their handshake, keys and pages come out of
 * it, and everything else goes over the line as ever. Whoever asks cannot tell the difference but by the mark on the answer, and takes
 * both through the same code.
 *
 * Invariant: a page is given only to a desk that has reached what it begins from; cursors never pass rows that it has not seen.
 */
import type { z } from 'zod';
import type { carriedError } from '../../shared/bridge.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { keysRequest, leftRequest, pullRequest, pullResponse } from '../../shared/protocol/messages.ts';
import { jsonOf, type Answer, type AskingProblem } from '../district.ts';
import type { Unlocked } from '../native/key-types.ts';
import type { SignedAsk, SignedQuestion } from '../signed-ask.ts';
import type { WaitingPart } from './inbox.ts';

export function createFiledAsk(given: {
  readonly ask: SignedAsk;
  readonly inside: () => Unlocked | undefined;
  readonly waiting: (me: Unlocked) => Promise<WaitingPart | undefined>;
}): SignedAsk {
  const { ask, inside, waiting } = given;
  /** Whose handshake came out of a file: what follows it comes from there, too. */
  let greeted: WaitingPart | undefined;
  let reader: ReturnType<typeof readPages> | undefined;

  return async (question) => {
    const me = question.as === 'person' && FILED.has(question.path) ? inside() : undefined;
    const part = me && (await waiting(me));
    if (!part) return ask(question);
    if (question.path === '/api/handshake') {
      if (greeted !== part) reader = readPages(part);
      greeted = part;
      return handshakeOf(part);
    }
    if (greeted !== part || !reader) return ask(question);
    if (question.path === '/api/pull') return reader(question);
    return question.path === '/api/keys' ? keysOf(part, question) : leftOf(part, question);
  };
}

const FILED: ReadonlySet<string> = new Set(['/api/handshake', '/api/pull', '/api/keys', '/api/left']);

/** What the window reads where it cannot go on from here. */
const STALE: z.infer<typeof carriedError> = { error: 'stale-file' };

type Answered = Result<Answer, AskingProblem>;

function filed({ serial, first }: WaitingPart, text: string, status = 200): Answered {
  const { used, userKey } = first;
  return ok({ status, headers: {}, body: Buffer.from(text), filed: { serial, used, userKey } });
}

const handshakeOf = (part: WaitingPart): Answered =>
  part.first.hello
    ? filed(part, JSON.stringify(part.first.hello))
    : filed(part, JSON.stringify({ error: part.first.problem ?? 'forbidden', retry: false }), 403);

const jsonIn = ({ body }: SignedQuestion): unknown => body && jsonOf(body);

/** Those of its scopes for which the district made or kept one; what was offered since goes out with the next package. */
function keysOf(part: WaitingPart, question: SignedQuestion): Answered {
  const asked = keysRequest.safeParse(jsonIn(question)).data;
  return asked && part.first.keys ? filed(part, JSON.stringify(part.first.keys)) : refuse('server');
}

/** A receipt for exactly what was told. */
function leftOf(part: WaitingPart, question: SignedQuestion): Answered {
  const asked = leftRequest.safeParse(jsonIn(question)).data;
  const isTold = asked?.scopes.every((scope) => part.first.left.includes(scope)) ?? false;
  return isTold ? filed(part, JSON.stringify({ noted: asked?.scopes.length ?? 0 })) : refuse('network');
}

/** The first page behind what every asked scope has reached; it may come again after a restart in the middle. */
function readPages(part: WaitingPart): (question: SignedQuestion) => Promise<Answered> {
  const from = new Map(part.first.from.map(({ scope, cursor }) => [scope, cursor]));
  const ends: number[] = [];
  return async (question) => {
    const asked = pullRequest.safeParse(jsonIn(question)).data;
    if (!asked || asked.cursors.length === 0) return refuse('server');
    const isReached = asked.cursors.every(({ scope, cursor }) => cursor >= (from.get(scope) ?? Infinity));
    if (!isReached) return filed(part, JSON.stringify(STALE), 409);
    const reached = Math.min(...asked.cursors.map(({ cursor }) => cursor));
    let index = ends.findIndex((end) => end > reached);
    if (index < 0) index = ends.length;
    let last: string | undefined;
    for (; ; index++) {
      const text = await part.page(index);
      // Everything is here already: the last page once more changes nothing, and says that there is no more.
      if (text === undefined) return last === undefined ? again(index) : filed(part, last);
      const page = pullResponse.safeParse(jsonOf(Buffer.from(text))).data;
      if (!page) return refuse('server');
      ends[index] = page.cursor;
      if (page.cursor > reached || !page.more) return filed(part, text);
      last = text;
    }
  };

  async function again(index: number): Promise<Answered> {
    const text = index > 0 ? await part.page(index - 1) : undefined;
    return text === undefined ? refuse('server') : filed(part, text);
  }
}
