/** What all routes share: tokens out of headers, bodies through their schema, results into answers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { PERSON_TOKEN } from '../../shared/protocol/messages.ts';
import { errorBody, STATUS, type DistrictError } from '../district-error.ts';
import type { Credentials } from '../people/principal.ts';

const BEARER = /^Bearer ([A-Za-z0-9_-]{1,200})$/;

export function credentialsOf({ headers }: FastifyRequest): Credentials {
  const person = headers[PERSON_TOKEN];
  return {
    device: BEARER.exec(headers.authorization ?? '')?.[1],
    person: typeof person === 'string' ? person : undefined,
  };
}

export function bodyOf<T>(request: FastifyRequest, schema: z.ZodType<T>): Result<T, DistrictError> {
  const parsed = schema.safeParse(request.body);
  return parsed.success ? ok(parsed.data) : refuse({ error: 'malformed' });
}

/** Text goes out as it is: it is JSON already. */
export function answer(reply: FastifyReply, result: Result<unknown, DistrictError>): FastifyReply {
  if (!result.ok) return reply.code(STATUS[result.error.error]).send(errorBody(result.error));
  if (typeof result.value !== 'string') return reply.send(result.value);
  return reply.type('application/json; charset=utf-8').send(result.value);
}
