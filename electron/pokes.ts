/**
 * Listens to the district's server-sent events: any event says "something new lies here". A line that is silent for 45 s is dead
 * (the district sends a comment every 15 s). Ends once, with a reason, or without one where the district closed it in good order, as it
 * does when the token is over; the carrier decides when to try again.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { DISTRICT } from '../shared/protocol/messages.ts';
import { pokeData, type Poke } from '../shared/protocol/poke.ts';
import { PROOF } from '../shared/protocol/signing.ts';
import { errorOf, problemIn, type AskingProblem, type DistrictContact } from './district.ts';
import { proofOf } from './proof.ts';
import { isAboutTheToken } from './signed-ask.ts';
import type { Tokens } from './tokens.ts';

export interface PokeListener {
  readonly opened: () => void;
  /** Without its data where these are no poke of this protocol. */
  readonly poked: (news: Poke | undefined) => void;
  readonly ended: (problem: AskingProblem | undefined) => void;
}

export type ListenForPokes = (contact: DistrictContact, listener: PokeListener) => () => void;

const PATH = '/api/events';
const MOST_ERROR_BYTES = 10_000;
const DATA = 'data:';

/** Whoever stands between may say anything: what cannot be read is a poke without news. */
function newsIn(text: string): Poke | undefined {
  try {
    return pokeData.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function pokesWith(given: {
  readonly tokens: Pick<Tokens, 'access' | 'forget' | 'askIfRevoked'>;
  readonly sign: (text: string) => string;
}): ListenForPokes {
  let tokenRefused = false;
  return ({ address, district }, listener) => {
    let over = false;
    let request: http.ClientRequest | undefined;
    const end = (problem: AskingProblem | undefined) => {
      if (over) return;
      over = true;
      request?.destroy();
      listener.ended(problem);
    };

    async function open(): Promise<void> {
      const token = await given.tokens.access('device');
      if (over) return;
      if (!token.ok) return end(token.error);
      const proof = proofOf(given.sign, { method: 'GET', path: PATH, token: token.value });
      request = (address.startsWith('https:') ? https : http).get(`${address}${PATH}`, {
        headers: {
          authorization: `Bearer ${token.value}`,
          [PROOF]: proof,
          [DISTRICT]: district,
          accept: 'text/event-stream',
        },
        timeout: 45_000,
        agent: false,
      });
      request.once('timeout', () => end('network'));
      request.once('error', () => end('network'));
      request.once('response', (response) => hear(response, token.value));
    }

    function hear(response: http.IncomingMessage, token: string): void {
      response.once('error', () => end('network'));
      const name = response.headers[DISTRICT];
      const stream = /^text\/event-stream\b/.test(response.headers['content-type'] ?? '');
      // A stream of events without the district's name is a poke at most: what it makes us ask is checked answer by answer.
      if (name === undefined && !stream) return end('not-the-district');
      if (name !== undefined && name !== district) return end('other-district');
      if (response.statusCode !== 200 || !stream) return refused(response, token);
      response.once('close', () => end(response.complete ? undefined : 'network'));
      tokenRefused = false;
      listener.opened();
      let line = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const lines = (line + text).split(/\r?\n/);
        line = (lines.pop() ?? '').slice(0, 10_000);
        const poke = lines.filter((one) => one.startsWith(DATA)).at(-1);
        if (poke !== undefined) listener.poked(newsIn(poke.slice(DATA.length)));
      });
    }

    function refused(response: http.IncomingMessage, token: string): void {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_ERROR_BYTES) end('server');
        else chunks.push(chunk);
      });
      response.once('close', () => {
        const { statusCode: status = 0, headers } = response;
        const answer = { status, headers, body: Buffer.concat(chunks) };
        if (isAboutTheToken(answer)) {
          // Once is a token that is over; twice is the district's last word.
          given.tokens.forget(token);
          const problem = tokenRefused ? 'access' : undefined;
          tokenRefused = !tokenRefused;
          return end(problem);
        }
        const problem = problemIn(answer) ?? (errorOf(answer)?.error === 'forbidden' ? 'access' : 'server');
        if (problem !== 'revoked') return end(problem);
        void given.tokens.askIfRevoked().then((isRevoked) => end(isRevoked ? 'revoked' : 'server'));
      });
    }

    open().catch(() => end('network'));
    return () => {
      over = true;
      request?.destroy();
    };
  };
}
