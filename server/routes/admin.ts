/**
 * POST /api/admin: the administrator's commands while the server runs (PGlite lets only one process in). Only for whoever can read
 * the secret in the data folder, and only over loopback.
 */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { administer, adminCommand } from '../people/administer.ts';
import type { District } from '../district.ts';
import { hashOf } from '../people/tokens.ts';
import { answer, bodyOf, credentialsOf } from './answer.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

export function adminRoute(
  app: FastifyInstance,
  district: District,
  { clock, secret }: { readonly clock: () => number; readonly secret: string | undefined },
): void {
  app.post('/api/admin', async (request, reply) => {
    const { device: given } = credentialsOf(request);
    const isAllowed =
      secret !== undefined &&
      given !== undefined &&
      LOOPBACK.has(request.ip) &&
      timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(secret)));
    if (!isAllowed) return answer(reply, { ok: false, error: { error: 'unauthorised' } });
    const body = bodyOf(request, adminCommand);
    return answer(
      reply,
      body.ok ? { ok: true, value: await administer(district, body.value, clock()) } : body,
    );
  });
}
