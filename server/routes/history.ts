/** GET /api/history/:record: the confirmed operations of one record, for whoever may read where it lies. */
import type { FastifyInstance } from 'fastify';
import type { District } from '../district.ts';
import { answer, credentialsOf } from './answer.ts';

export function historyRoute(app: FastifyInstance, district: District): void {
  app.get<{ Params: { record: string } }>('/api/history/:record', async (request, reply) =>
    answer(reply, await district.history(credentialsOf(request), request.params.record)),
  );
}
