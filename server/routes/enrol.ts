/** POST /api/enrol: the only door without a token; slowed down for each address, whatever the codes. */
import type { FastifyInstance } from 'fastify';
import { enrolRequest } from '../../shared/protocol/messages.ts';
import type { District } from '../district.ts';
import type { RateLimit } from '../people/rate-limit.ts';
import { answer, bodyOf, credentialsOf } from './answer.ts';

export function enrolRoute(app: FastifyInstance, district: District, tries: RateLimit): void {
  app.post('/api/enrol', async (request, reply) => {
    if (!tries.take(request.ip)) return answer(reply, { ok: false, error: { error: 'too-many-tries' } });
    const body = bodyOf(request, enrolRequest);
    return answer(reply, body.ok ? await district.enrol(credentialsOf(request), body.value) : body);
  });
}
