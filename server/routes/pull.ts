/** POST /api/pull: newest states behind a vector of cursors, page by page. */
import type { FastifyInstance } from 'fastify';
import { pullRequest } from '../../shared/protocol/messages.ts';
import type { District } from '../district.ts';
import { answer, bodyOf, credentialsOf } from './answer.ts';

export function pullRoute(app: FastifyInstance, district: District): void {
  app.post('/api/pull', async (request, reply) => {
    const body = bodyOf(request, pullRequest);
    return answer(reply, body.ok ? await district.pull(credentialsOf(request), body.value) : body);
  });
}
