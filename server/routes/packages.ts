/** Packages of desks without a network, from beside the server: one comes in, its answer goes out. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ok, refuse } from '../../shared/core/result.ts';
import { MOST_FILE } from '../../shared/protocol/package.ts';
import type { District } from '../district.ts';
import { importOutcome } from '../packages/imported.ts';
import { answer } from './answer.ts';
import { bodyOf } from './asking.ts';
import { isBesideServer } from './local.ts';
import type { Route } from './route.ts';
import { spooled } from './spooled.ts';

/** Of packages and answers alike. */
export const FILE_TYPE = 'application/vnd.linli.package';
export const ANSWER_FILE = { type: FILE_TYPE, says: 'The answer, as docs/protocol.md tells it.' } as const;

const answerRequest = z.object({ device: z.string().max(64) });

export function packageRoutes({
  district,
  adminSecret,
}: {
  readonly district: District;
  readonly adminSecret: string | undefined;
}): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/packages',
      who: 'local',
      says: 'Takes the package of a desk without a network.',
      body: { type: FILE_TYPE, says: 'The package, as docs/protocol.md tells it.' },
      answer: importOutcome,
      errors: [],
      mostBytes: MOST_FILE,
      handle: async (request, reply) => {
        if (!isBesideServer(request, adminSecret)) return answer(reply, refuse({ error: 'unauthorised' }));
        if (!(request.body instanceof Readable)) return answer(reply, refuse({ error: 'malformed' }));
        return answer(reply, ok(await spooled(request.body, district.importPackage)));
      },
    },
    {
      method: 'POST',
      path: '/api/packages/answer',
      who: 'local',
      says: 'Makes the answer to the last package of a device.',
      body: answerRequest,
      answer: ANSWER_FILE,
      errors: ['not-found'],
      handle: async (request, reply) => {
        if (!isBesideServer(request, adminSecret)) return answer(reply, refuse({ error: 'unauthorised' }));
        const asked = bodyOf(request, answerRequest);
        return asked.ok ? sendAnswer(district, asked.value.device, reply) : answer(reply, asked);
      },
    },
  ];
}

/** Breaks off where the district cannot go on: what lacks its end is no answer. */
export async function sendAnswer(
  district: District,
  device: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const lines = await district.answerPackage(device);
  if (!lines) return answer(reply, refuse({ error: 'not-found' }));
  return reply.type(FILE_TYPE).send(Readable.from(wholly(lines), { objectMode: false }));
}

async function* wholly(lines: AsyncGenerator<string, 'whole' | 'interrupted'>): AsyncGenerator<string> {
  let next = await lines.next();
  for (; !next.done; next = await lines.next()) yield next.value;
  if (next.value === 'interrupted') throw new Error('the district has moved on: ask again');
}
