/**
 * Every route of the district: method, path, who may ask, and what answers. app.ts registers from here and from nowhere else; the
 * matrix test derives from `who` what every kind of caller must get, and fails for a route that the app has and this table has not.
 */
import { ok, refuse } from '../../shared/core/result.ts';
import {
  administerRefused,
  administerRequest,
  administerResponse,
  administration,
} from '../../shared/protocol/administer.ts';
import { enrolRequest, enrolResponse } from '../../shared/protocol/enrolment.ts';
import {
  attachmentsRequest,
  attachmentsResponse,
  partResponse,
} from '../../shared/protocol/file-messages.ts';
import * as messages from '../../shared/protocol/messages.ts';
import { recoveredRequest, recoveredResponse } from '../../shared/protocol/recovered.ts';
import * as reviews from '../../shared/protocol/review.ts';
import { healthResponse, openapiResponse, statusResponse } from '../../shared/protocol/status.ts';
import { trailResponse } from '../../shared/protocol/trail.ts';
import type { District } from '../district.ts';
import { pageRoutes } from '../page/page-routes.ts';
import { localAdministration, localRequest } from '../people/administration/administer.ts';
import type { RateLimit } from '../people/rate-limit.ts';
import { answer } from './answer.ts';
import { askingOf } from './asking.ts';
import { readsGzip } from './compress.ts';
import type { Pokes } from './events.ts';
import { partOf, rangeOf } from './file-range.ts';
import { isBesideServer } from './local.ts';
import { openapi } from './openapi.ts';
import { packageRoutes } from './packages.ts';
import { get, post, type Route } from './route.ts';
import { status } from './status.ts';

export interface RoutesGiven {
  readonly district: District;
  readonly clock: () => number;
  readonly pokes: Pokes;
  readonly enrolments: RateLimit;
  readonly adminSecret: string | undefined;
}

export function routes(given: RoutesGiven): readonly Route[] {
  const { district, clock, pokes, enrolments, adminSecret } = given;
  let description: string | undefined;
  const table: readonly Route[] = [
    get('/health', 'nobody', { says: 'The process answers.', answer: healthResponse }, async () =>
      ok({ ok: true as const }),
    ),
    get(
      '/api/status',
      'nobody',
      { says: 'The district can serve; what its administrator should know.', answer: statusResponse },
      async () => ok(await status(district, { now: clock(), listening: pokes.count() })),
    ),
    get('/api/openapi.json', 'nobody', { says: 'This description.', answer: openapiResponse }, async () =>
      ok((description ??= JSON.stringify(openapi(table)))),
    ),
    // The only door without a token: slowed down for each address, whatever the codes.
    post(
      '/api/enrol',
      'enrolling',
      {
        says: 'A device and a person become known, by a one-time code of the administrator.',
        body: enrolRequest,
        answer: enrolResponse,
        errors: [
          'unsupported-protocol',
          'bad-proof',
          'code-unknown',
          'code-used',
          'code-expired',
          'password-wrong',
          'forbidden',
        ],
      },
      async (request, body) =>
        enrolments.take(request.ip) ? district.enrol(body) : refuse({ error: 'too-many-tries' }),
    ),
    post(
      '/api/token',
      'refreshing',
      {
        says: 'An access token for ten minutes, and the next refresh token.',
        body: messages.tokenRequest,
        answer: messages.tokenResponse,
        line: 'tokens',
        errors: ['unsupported-protocol', 'forbidden'],
      },
      (request, body) => district.token(askingOf(request), body),
    ),
    post(
      '/api/push',
      'carrier',
      {
        says: 'Sealed operations in the device’s own order; a verdict for each.',
        body: messages.pushRequest,
        answer: messages.pushResponse,
        errors: ['unsupported-protocol'],
        line: 'pushes',
      },
      (request, body) => district.push(askingOf(request), body),
    ),
    post(
      '/api/attachments',
      'carrier',
      {
        says: 'How much of these sealed files is here; only of those that operations of this device name.',
        body: attachmentsRequest,
        answer: attachmentsResponse,
      },
      (request, body) => district.attachments(askingOf(request), body),
    ),
    {
      method: 'PUT',
      path: '/api/attachments/:file/:at',
      who: 'carrier',
      says: 'The next bytes of a sealed file, from there on.',
      body: { type: 'application/octet-stream', says: 'At most 512 KiB.' },
      answer: partResponse,
      errors: ['not-found', 'other-content'],
      handle: async (request, reply) => {
        const part = partOf(request);
        return answer(reply, part.ok ? await district.takePart(askingOf(request), part.value) : part);
      },
    },
    {
      method: 'GET',
      path: '/api/attachments/:file/:at/:length',
      who: 'person',
      says: 'Bytes of a sealed file, for whoever reads a record that names it.',
      answer: { type: 'application/octet-stream', says: 'At most so many bytes, from there on.' },
      errors: ['malformed', 'not-found'],
      handle: async (request, reply) => {
        const range = rangeOf(request);
        return answer(reply, range.ok ? await district.sealedBytes(askingOf(request), range.value) : range);
      },
    },
    {
      method: 'GET',
      path: '/api/events',
      who: 'device',
      says: 'Pokes: something up to this sequence may be worth a pull.',
      answer: {
        type: 'text/event-stream',
        says: 'event: poke, data: {"head": 4193}; comments keep it open.',
      },
      errors: [],
      handle: async (request, reply) => {
        const allowed = await district.mayListen(askingOf(request));
        if (!allowed.ok) return answer(reply, allowed);
        pokes.add(reply, allowed.value);
        return reply;
      },
    },
    post(
      '/api/handshake',
      'person',
      {
        says: 'A turn begins: epoch, head, and the scopes that count now.',
        body: messages.handshakeRequest,
        answer: messages.handshakeResponse,
        line: 'questions',
        errors: ['unsupported-protocol'],
      },
      (request, body) => district.handshake(askingOf(request), body),
    ),
    post(
      '/api/pull',
      'person',
      {
        says: 'The newest states behind a vector of cursors, page by page.',
        body: messages.pullRequest,
        answer: messages.pullResponse,
        line: 'questions',
        errors: ['wrong-epoch'],
      },
      (request, body) =>
        readsGzip(request)
          ? district.pullPacked(askingOf(request), body)
          : district.pull(askingOf(request), body),
    ),
    get(
      '/api/history/:record',
      'person',
      {
        says: 'The confirmed operations of one record, in the district’s order.',
        answer: messages.historyResponse,
        errors: ['not-found'],
      },
      (request) =>
        district.history(askingOf(request), (request.params as { readonly record: string }).record),
    ),
    get(
      '/api/history/:record/check',
      'person',
      {
        says: 'Whether the trail of one record is still what its authors have signed.',
        answer: trailResponse,
        errors: ['not-found'],
      },
      (request) =>
        district.checkTrail(askingOf(request), (request.params as { readonly record: string }).record),
    ),
    post(
      '/api/review',
      'person',
      {
        says: 'What waits for this person’s decision, with its contents, newest first.',
        body: reviews.reviewRequest,
        answer: reviews.reviewResponse,
      },
      (request, body) => district.review(askingOf(request), body),
    ),
    post(
      '/api/review/words',
      'person',
      {
        says: 'What reviewers said to one’s own declined operations.',
        body: reviews.reviewWordsRequest,
        answer: reviews.reviewWordsResponse,
      },
      (request, body) => district.reviewWords(askingOf(request), body),
    ),
    post(
      '/api/recovered',
      'person',
      {
        says: 'States that this computer had from a former life of the district; kept where something of them is lacking.',
        body: recoveredRequest,
        answer: recoveredResponse,
        errors: ['wrong-epoch'],
      },
      (request, body) => district.recovered(askingOf(request), body),
    ),
    post(
      '/api/keys',
      'person',
      {
        says: 'The keys of these scopes for this device; each offer is a fresh one, and the first stays.',
        body: messages.keysRequest,
        answer: messages.keysResponse,
      },
      (request, body) => district.keys(askingOf(request), body),
    ),
    post(
      '/api/left',
      'person',
      {
        says: 'The receipt that these scopes’ keys are destroyed here.',
        body: messages.leftRequest,
        answer: messages.leftResponse,
      },
      (request, body) => district.left(askingOf(request), body),
    ),
    post(
      '/api/password',
      'person',
      {
        says: 'Sets or changes the account’s password.',
        body: messages.passwordRequest,
        answer: messages.passwordResponse,
        errors: ['password-wrong'],
      },
      (request, body) => district.password(askingOf(request), body),
    ),
    post(
      '/api/administer',
      'administrator',
      {
        says: 'What an administrator asks of the district, within the area of that role.',
        body: administerRequest,
        answer: administerResponse,
        commands: { named: administration, refused: administerRefused },
      },
      (request, body) => district.administer(askingOf(request), body),
    ),
    post(
      '/api/admin',
      'local',
      {
        says: 'The same from beside the server, over loopback only, in nobody’s name.',
        body: localRequest,
        answer: administerResponse,
        commands: { named: localAdministration, refused: administerRefused },
      },
      async (request, body) =>
        isBesideServer(request, adminSecret)
          ? ok(await district.administerLocally(body))
          : refuse({ error: 'unauthorised' }),
    ),
    ...packageRoutes(given),
    ...pageRoutes(given),
  ];
  return table;
}
