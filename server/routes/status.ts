/**
 * GET /health: the process answers. GET /api/status: whether it can serve (the database answers), and what an administrator should
 * know; numbers only, nothing about anybody.
 */
import type { FastifyInstance } from 'fastify';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';
import type { District } from '../district.ts';

export function statusRoute(
  app: FastifyInstance,
  district: District,
  { clock, listeners }: { readonly clock: () => number; readonly listeners: () => number },
): void {
  app.get('/health', async () => ({ ok: true }));
  app.get('/api/status', async () => {
    const { seq, durable, district: id } = await district.head();
    return {
      district: id,
      protocols: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
      head: seq,
      durable,
      serverTime: new Date(clock()).toISOString(),
      listening: listeners(),
      // Until a backup sets the durable mark, desks keep every operation in their journals (sync.md S2).
      warnings: durable < seq ? ['no-backup'] : [],
    };
  });
}
