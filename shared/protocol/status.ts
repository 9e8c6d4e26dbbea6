/** What the district tells about itself to whoever asks, without a token: numbers only, nothing about anybody. */
import { z } from 'zod';
import { id, sequence } from './words.ts';

/** GET /health: the process answers. */
export const healthResponse = z.object({ ok: z.literal(true) });

/** GET /api/status: it can serve. */
export const statusResponse = z.object({
  district: id,
  /** The protocols that it speaks. */
  protocols: z.object({ oldest: z.number().int(), newest: z.number().int() }),
  head: sequence,
  durable: sequence,
  serverTime: z.iso.datetime(),
  /** Event streams that are open. */
  listening: z.number().int().min(0),
  warnings: z.array(z.enum(['no-backup'])),
});

/** GET /api/openapi.json: every route and message of this district, by OpenAPI 3.1. */
export const openapiResponse = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.unknown()),
});

export type StatusResponse = z.infer<typeof statusResponse>;
