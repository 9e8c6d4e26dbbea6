/** The gates as Fastify meets them: no database is asked for what is not let in. */
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { errorBody } from '../district-error.ts';
import { askingOf } from './asking.ts';
import type { ComeAgain, Gate } from './gate.ts';
import { MAX_BODY } from './unpack.ts';

/** Of 503: the district is busy and says when to come again (RFC 9110 §10.2.3, §15.6.4). The word is one that every build has an answer to. */
export const BUSY = { status: 503, error: 'too-many-tries' } as const;

interface LineBefore {
  readonly gate: Gate;
  readonly paths: ReadonlySet<string>;
  readonly weightOf: (request: FastifyRequest) => number;
}

/**
 * @param whoIs the one whose place is kept, by the token of the request; undefined for a stranger
 */
export const letInByTurns =
  (
    { gate, paths, weightOf }: LineBefore,
    whoIs: (token: string) => string | undefined,
  ): onRequestAsyncHookHandler =>
  async (request, reply) => {
    if (!paths.has(request.routeOptions.url ?? '')) return;
    const admission = gate.come(whoIs(askingOf(request).access ?? ''), weightOf(request));
    if ('comeAgain' in admission) return sendAway(reply, admission);
    const { raw } = reply;
    raw.once('finish', admission.leave);
    raw.once('close', admission.leave);
    // Whoever has hung up already is told nothing any more.
    if (raw.closed) return admission.leave();
    const again = await admission.letIn;
    return again && sendAway(reply, again);
  };

const sendAway = (reply: FastifyReply, { comeAgain }: ComeAgain): FastifyReply =>
  reply
    .code(BUSY.status)
    .header('retry-after', String(Math.ceil(comeAgain / 1000)))
    .send(errorBody({ error: BUSY.error }));

/** As the request says, before they are read; as many as may be where it does not. */
export function bytesOf({ headers }: FastifyRequest): number {
  const isTold = headers['content-encoding'] === undefined;
  return isTold ? Number(headers['content-length'] ?? MAX_BODY) : MAX_BODY;
}
