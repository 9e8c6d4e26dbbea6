import type { FastifyReply } from 'fastify';
import type { Result } from '../../shared/core/result.ts';
import { errorBody, STATUS, type DistrictError } from '../district-error.ts';

/** JSON that lies gzipped, for callers who have said that they read it. */
export interface Packed {
  readonly gzipped: Uint8Array;
}

const isPacked = (value: unknown): value is Packed =>
  typeof value === 'object' && value !== null && 'gzipped' in value;

/** Text goes out as it is: it is JSON already. Bytes go out as bytes. */
export function answer(reply: FastifyReply, result: Result<unknown, DistrictError>): FastifyReply {
  if (!result.ok) return reply.code(STATUS[result.error.error]).send(errorBody(result.error));
  if (result.value instanceof Uint8Array) return reply.type('application/octet-stream').send(result.value);
  const json = 'application/json; charset=utf-8';
  if (isPacked(result.value)) {
    reply.type(json).headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    return reply.send(result.value.gzipped);
  }
  if (typeof result.value !== 'string') return reply.send(result.value);
  return reply.type(json).send(result.value);
}
