/** Larger answers leave gzipped where the caller says that it can read that: Chinese JSON shrinks to a fifth. */
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { FastifyRequest, onSendAsyncHookHandler } from 'fastify';

const pack = promisify(gzip);
const WORTH_IT = 4096;

export const readsGzip = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  /\bgzip\b/.test(headers['accept-encoding'] ?? '');

export const compressAnswer: onSendAsyncHookHandler = async (request, reply, payload) => {
  if (typeof payload !== 'string' || payload.length < WORTH_IT) return payload;
  if (!readsGzip(request)) return payload;
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length');
  return pack(payload, { level: constants.Z_BEST_SPEED });
};
