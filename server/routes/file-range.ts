/** Which bytes of which sealed file a request is about: out of its path, and out of its body where it brings some. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MOST_PART } from '../../shared/core/attachment/sealed-size.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { DistrictError } from '../district-error.ts';

const whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const place = z.object({ file: z.string().max(64), at: whole });
const range = place.extend({ length: whole.refine((length) => length >= 1 && length <= MOST_PART) });

type Place = z.infer<typeof place>;

export function partOf({
  params,
  body,
}: FastifyRequest): Result<Place & { readonly bytes: Uint8Array }, DistrictError> {
  const parsed = place.safeParse(params);
  return parsed.success && body instanceof Uint8Array
    ? ok({ ...parsed.data, bytes: body })
    : refuse({ error: 'malformed' });
}

export function rangeOf({
  params,
}: FastifyRequest): Result<Place & { readonly length: number }, DistrictError> {
  const parsed = range.safeParse(params);
  return parsed.success ? ok(parsed.data) : refuse({ error: 'malformed' });
}
