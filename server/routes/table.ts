/**
 * Every route of the district: method, path, who may ask, and what answers. app.ts registers from here and from nowhere else; the
 * matrix test derives from `who` what every kind of caller must get, and fails for a route that the app has and this table has not.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { administerRequest } from '../../shared/protocol/administer.ts';
import * as messages from '../../shared/protocol/messages.ts';
import type { District } from '../district.ts';
import type { DistrictError } from '../district-error.ts';
import { localRequest } from '../people/administration/administer.ts';
import type { RateLimit } from '../people/rate-limit.ts';
import { answer } from './answer.ts';
import { askingOf, bodyOf } from './asking.ts';
import type { Pokes } from './events.ts';
import { isBesideServer } from './local.ts';
import { protocolText } from './protocol.ts';
import { status } from './status.ts';

/**
 * `nobody`: no token is looked at. `enrolling`: a one-time code. `refreshing`: a refresh token with the device's proof. `carrier`: a
 * device, revoked ones too. `device`, `person`, `administrator`: an access token with the device's proof. `local`: the data folder's secret.
 */
export type Who =
  'nobody' | 'enrolling' | 'refreshing' | 'carrier' | 'device' | 'person' | 'administrator' | 'local';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly who: Who;
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

export interface RoutesGiven {
  readonly district: District;
  readonly clock: () => number;
  readonly pokes: Pokes;
  readonly enrolments: RateLimit;
  readonly adminSecret: string | undefined;
}

export function routes({ district, clock, pokes, enrolments, adminSecret }: RoutesGiven): readonly Route[] {
  return [
    get('/health', 'nobody', async () => ok({ ok: true })),
    get('/api/status', 'nobody', async () =>
      ok(await status(district, { now: clock(), listening: pokes.count() })),
    ),
    get('/api/protocol', 'nobody', async () => ok(protocolText())),
    // The only door without a token: slowed down for each address, whatever the codes.
    post('/api/enrol', 'enrolling', messages.enrolRequest, async (request, body) =>
      enrolments.take(request.ip) ? district.enrol(body) : refuse({ error: 'too-many-tries' }),
    ),
    post('/api/token', 'refreshing', messages.tokenRequest, (request, body) =>
      district.token(askingOf(request), body),
    ),
    post('/api/push', 'carrier', messages.pushRequest, (request, body) =>
      district.push(askingOf(request), body),
    ),
    {
      method: 'GET',
      path: '/api/events',
      who: 'device',
      handle: async (request, reply) => {
        const allowed = await district.mayListen(askingOf(request));
        if (!allowed.ok) return answer(reply, allowed);
        pokes.add(reply, allowed.value);
        return reply;
      },
    },
    post('/api/handshake', 'person', messages.handshakeRequest, (request, body) =>
      district.handshake(askingOf(request), body),
    ),
    post('/api/pull', 'person', messages.pullRequest, (request, body) =>
      district.pull(askingOf(request), body),
    ),
    get('/api/history/:record', 'person', (request) =>
      district.history(askingOf(request), (request.params as { readonly record: string }).record),
    ),
    post('/api/keys', 'person', messages.keysRequest, (request, body) =>
      district.keys(askingOf(request), body),
    ),
    post('/api/left', 'person', messages.leftRequest, (request, body) =>
      district.left(askingOf(request), body),
    ),
    post('/api/password', 'person', messages.passwordRequest, (request, body) =>
      district.password(askingOf(request), body),
    ),
    post('/api/administer', 'administrator', administerRequest, (request, body) =>
      district.administer(askingOf(request), body),
    ),
    post('/api/admin', 'local', localRequest, async (request, body) =>
      isBesideServer(request, adminSecret)
        ? ok(await district.administerLocally(body))
        : refuse({ error: 'unauthorised' }),
    ),
  ];
}

type Answer = Promise<Result<unknown, DistrictError>>;

const get = (path: string, who: Who, ask: (request: FastifyRequest) => Answer): Route => ({
  method: 'GET',
  path,
  who,
  handle: async (request, reply) => answer(reply, await ask(request)),
});

const post = <T>(
  path: string,
  who: Who,
  schema: z.ZodType<T>,
  ask: (request: FastifyRequest, body: T) => Answer,
): Route => ({
  method: 'POST',
  path,
  who,
  handle: async (request, reply) => {
    const body = bodyOf(request, schema);
    return answer(reply, body.ok ? await ask(request, body.value) : body);
  },
});
