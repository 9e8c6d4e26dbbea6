/** Who asks, out of a request's headers; and the body, through its schema. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { PROOF } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import type { Asking } from '../people/authenticate.ts';

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,600})$/;

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-256 of the body, unpacked and before it was parsed, base64url. */
    bodyHash: string;
  }
}

export const bodyHashOf = (body: Uint8Array | string): string =>
  createHash('sha256').update(body).digest('base64url');

export const NO_BODY = bodyHashOf('');

export function askingOf({ headers, method, url, bodyHash }: FastifyRequest): Asking {
  const proof = headers[PROOF];
  return {
    access: BEARER.exec(headers.authorization ?? '')?.[1],
    proof: typeof proof === 'string' ? proof : undefined,
    method,
    path: url.split('?', 1)[0] ?? '',
    bodyHash,
  };
}

export function bodyOf<T>(request: FastifyRequest, schema: z.ZodType<T>): Result<T, DistrictError> {
  const parsed = schema.safeParse(request.body);
  return parsed.success ? ok(parsed.data) : refuse({ error: 'malformed' });
}
