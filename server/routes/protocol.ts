/** GET /api/protocol: the messages as JSON Schema, derived from the schemas that both sides parse with. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import * as messages from '../../shared/protocol/messages.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';

const protocolDescription = (): Readonly<Record<string, unknown>> => ({
  protocol: PROTOCOL,
  oldest: OLDEST_PROTOCOL,
  messages: Object.fromEntries(
    Object.entries(messages).flatMap(([name, schema]) =>
      typeof schema === 'string'
        ? []
        : [[name, z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })]],
    ),
  ),
});

export function protocolRoute(app: FastifyInstance): void {
  let text: string | undefined;
  app.get('/api/protocol', async (_request, reply) => {
    text ??= JSON.stringify(protocolDescription());
    return reply.type('application/json; charset=utf-8').send(text);
  });
}
