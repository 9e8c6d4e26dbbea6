/** POST /api/handshake: a turn begins by learning epoch, head and the scopes that count now. */
import type { FastifyInstance } from 'fastify';
import { handshakeRequest } from '../../shared/protocol/messages.ts';
import type { District } from '../district.ts';
import { answer, bodyOf, credentialsOf } from './answer.ts';

export function handshakeRoute(app: FastifyInstance, district: District): void {
  app.post('/api/handshake', async (request, reply) => {
    const body = bodyOf(request, handshakeRequest);
    return answer(reply, body.ok ? await district.handshake(credentialsOf(request), body.value) : body);
  });
}
