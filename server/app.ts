/**
 * The district over HTTP: limits before parsing, one table of routes, one error handler that tells a reference and nothing else.
 * Order matters: the body is unpacked and measured, then parsed, then the route authorises, then it looks anything up.
 */
import { randomBytes } from 'node:crypto';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { MOST_PART } from '../shared/core/attachment/sealed-size.ts';
import { refuse } from '../shared/core/result.ts';
import { DISTRICT } from '../shared/protocol/messages.ts';
import type { District } from './district.ts';
import { errorBody, STATUS, type DistrictError } from './district-error.ts';
import { parseBytes } from './parse-json.ts';
import { hashOf } from './people/codes.ts';
import { createRateLimit } from './people/rate-limit.ts';
import { answer } from './routes/answer.ts';
import { bodyHashOf, NO_BODY } from './routes/asking.ts';
import { bytesOf, letInByTurns } from './routes/by-turns.ts';
import { compressAnswer } from './routes/compress.ts';
import { createPokes } from './routes/events.ts';
import { failureOf } from './routes/failure.ts';
import { createGate, type GateGiven } from './routes/gate.ts';
import { LINES } from './routes/lines.ts';
import { FILE_TYPE } from './routes/packages.ts';
import { hangUpOn, keepLineOpen } from './routes/read-away.ts';
import type { Line } from './routes/route.ts';
import { routes } from './routes/table.ts';
import { MAX_BODY, unpackBody } from './routes/unpack.ts';

export interface AppOptions {
  readonly district: District;
  readonly clock: () => number;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  /** Lets the administrator's commands in from the same machine while the server runs; none without it. */
  readonly adminSecret?: string;
  readonly heartbeatMs?: number;
  /** Other nodes write too: look at the head this often. */
  readonly watchMs?: number;
  /** Requests a minute from one device. */
  readonly perMinute?: number;
  readonly enrolmentsPerMinute?: number;
  readonly lines?: Partial<Record<Line, Partial<Pick<GateGiven, 'most' | 'patience' | 'longest'>>>>;
}

/** A sub-district's offices share one line to the district, and so one address. */
const DESKS_BEHIND_AN_ADDRESS = 20;

export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { district, clock, log } = options;
  const { district: own } = await district.head();
  const perDevice = createRateLimit(options.perMinute ?? 1200, clock);
  // Whoever invents tokens has a fresh limit with each, but one address.
  const perAddress = createRateLimit((options.perMinute ?? 1200) * DESKS_BEHIND_AN_ADDRESS, clock);
  const isWithin = ({ ip, headers }: FastifyRequest): boolean =>
    perAddress.take(ip) && perDevice.take(hashOf(headers.authorization ?? ip));
  const app = fastify({
    bodyLimit: MAX_BODY,
    requestTimeout: 120_000,
    connectionTimeout: 120_000,
    keepAliveTimeout: 60_000,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    clientErrorHandler: hangUpOn,
    // What is no address at all comes past every hook, and Fastify's own answer would repeat it.
    frameworkErrors: (_failure, request, reply) => {
      const error = isWithin(request) ? 'not-found' : 'too-many-tries';
      // Generic over every schema that a route could have; here there is no route.
      void answer((reply as FastifyReply).headers(headersOf(own)), refuse({ error }));
    },
  });
  app.removeAllContentTypeParsers();
  app.decorateRequest('bodyHash', NO_BODY);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.bodyHash = bodyHashOf(body as Buffer);
    const parsed = parseBytes(body as Buffer);
    if (parsed.ok) done(null, parsed.value);
    else done(failureOf({ error: 'malformed' }));
  });
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: MOST_PART },
    (request, body, done) => {
      request.bodyHash = bodyHashOf(body as Buffer);
      done(null, body);
    },
  );
  // Packages: the route reads them as they come, once it knows who sends them.
  for (const type of [FILE_TYPE, /^multipart\/form-data/])
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  app.addHook('preParsing', unpackBody);
  app.addHook('onSend', compressAnswer);
  app.addHook('onSend', keepLineOpen);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headersOf(own));
  });
  // A desk that reaches another district must read so before anything else.
  app.addHook('onRequest', async (request) => {
    const meant = request.headers[DISTRICT];
    if (meant !== undefined && meant !== own) throw failureOf({ error: 'wrong-district' });
  });
  app.addHook('onRequest', async (request) => {
    if (!isWithin(request)) throw failureOf({ error: 'too-many-tries' });
  });

  const pokes = createPokes(district, {
    heartbeatMs: options.heartbeatMs ?? 15_000,
    ...(options.watchMs !== undefined && { watchMs: options.watchMs }),
  });
  app.addHook('preClose', async () => pokes.close());
  const enrolments = createRateLimit(options.enrolmentsPerMinute ?? 20, clock);
  const given = { district, clock, pokes, enrolments, adminSecret: options.adminSecret };
  const table = routes(given);
  const before = (line: Line) => ({
    gate: createGate({
      ...{ ticks: () => performance.now(), random: Math.random },
      ...LINES[line],
      ...options.lines?.[line],
    }),
    paths: new Set(table.filter((route) => route.line === line).map(({ path }) => path)),
  });
  // Nothing of a push is read before it is let in. A question is let in once it is here: whoever sends slowly holds nobody up.
  app.addHook('onRequest', letInByTurns({ ...before('pushes'), weightOf: bytesOf }, district.deviceIn));
  // Who asks for a token is known once it was looked up; until then the one that is shown stands for him, and nobody else has it.
  const whoIs = {
    tokens: (refresh: string) => (refresh === '' ? undefined : bodyHashOf(refresh)),
    questions: district.deviceIn,
  };
  for (const line of ['tokens', 'questions'] as const)
    app.addHook('preHandler', letInByTurns({ ...before(line), weightOf: () => 1 }, whoIs[line]));
  for (const { method, path, handle, mostBytes: bodyLimit } of table)
    app.route({ method, url: path, handler: handle, ...(bodyLimit !== undefined && { bodyLimit }) });

  app.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send(errorBody({ error: 'not-found' }));
  });
  app.setErrorHandler((failure, request, reply) => {
    const error = errorOf(failure);
    const reference =
      error === 'internal' || error === 'disk-full' ? randomBytes(6).toString('hex') : undefined;
    if (reference !== undefined) {
      const { code = '', message = '' } = failure as { code?: string; message?: string };
      log({
        level: 'error',
        reference,
        method: request.method,
        route: request.routeOptions.url,
        code,
        message,
      });
    }
    void reply.code(STATUS[error]).send(errorBody({ error }, reference));
  });
  return app;
}

/** Every answer names the district: a login portal's page does not, and another district names itself. */
const headersOf = (district: string): Readonly<Record<string, string>> => ({
  [DISTRICT]: district,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

function errorOf(failure: unknown): DistrictError['error'] {
  const { district, code, statusCode } = failure as {
    district?: DistrictError['error'];
    code?: string;
    statusCode?: number;
  };
  if (district !== undefined) return district;
  if (code === 'ENOSPC' || code === '53100') return 'disk-full';
  if (statusCode === 413) return 'too-large';
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return 'malformed';
  return 'internal';
}
