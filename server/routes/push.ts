/** POST /api/push: sealed operations in the device's order; the answer holds one verdict each, in the same order. */
import type { FastifyInstance } from 'fastify';
import { pushRequest } from '../../shared/protocol/messages.ts';
import type { District } from '../district.ts';
import { answer, bodyOf, credentialsOf } from './answer.ts';

export function pushRoute(app: FastifyInstance, district: District): void {
  app.post('/api/push', async (request, reply) => {
    const body = bodyOf(request, pushRequest);
    return answer(reply, body.ok ? await district.push(credentialsOf(request), body.value) : body);
  });
}
