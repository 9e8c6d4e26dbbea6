/**
 * Whoever is refused early may still be sending. A connection that is closed over bytes that nobody has read is reset, and the reset
 * overtakes the answer (RFC 9112 §9.6): the desk would see a broken line where it was told what is wrong. So the rest of a body is
 * read away, within limits.
 */
import type { Socket } from 'node:net';
import type { onSendAsyncHookHandler } from 'fastify';
import { errorBody } from '../district-error.ts';
import { MAX_BODY } from './unpack.ts';

/** Whoever announces more is cut off: no honest desk does. */
const MOST_READ_AWAY = 4 * MAX_BODY;
const PATIENCE_MS = 2_000;

/**
 * Fastify closes after every body that it could not take. Where its length is known and bearable, the line stays instead: Node reads
 * the rest away once the answer is out, within its time for a request.
 */
export const keepLineOpen: onSendAsyncHookHandler = async ({ headers }, reply, payload) => {
  if (Number(headers['content-length'] ?? Infinity) <= MOST_READ_AWAY) reply.removeHeader('connection');
  return payload;
};

const REASONS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
const answered = new WeakSet<Socket>();

/** For what is no HTTP, which comes past every route: says so, reads on for a moment, and hangs up. */
export function hangUpOn(failure: Error & { readonly code?: string }, socket: Socket): void {
  // What still comes is no better: the parser reports it again.
  if (answered.has(socket)) return;
  if (failure.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  answered.add(socket);
  const body = JSON.stringify(errorBody({ error: 'malformed' }));
  const status = REASONS[failure.code ?? ''] ?? '400 Bad Request';
  const lines = [`HTTP/1.1 ${status}`, 'content-type: application/json', `content-length: ${body.length}`];
  socket.end([...lines, 'connection: close', '', body].join('\r\n'));
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
}
