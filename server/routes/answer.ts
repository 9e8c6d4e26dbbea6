import type { FastifyReply } from 'fastify';
import type { Result } from '../../shared/core/result.ts';
import { errorBody, STATUS, type DistrictError } from '../district-error.ts';

/** Text goes out as it is: it is JSON already. Bytes go out as bytes. */
export function answer(reply: FastifyReply, result: Result<unknown, DistrictError>): FastifyReply {
  if (!result.ok) return reply.code(STATUS[result.error.error]).send(errorBody(result.error));
  if (result.value instanceof Uint8Array) return reply.type('application/octet-stream').send(result.value);
  if (typeof result.value !== 'string') return reply.send(result.value);
  return reply.type('application/json; charset=utf-8').send(result.value);
}
