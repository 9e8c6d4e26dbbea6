/**
 * GET /api/openapi.json: the district as OpenAPI 3.1, derived from the table of routes and from the schemas that both sides parse with.
 * Nothing is said here that the table does not say; what a client has to know beside shapes stands in docs/protocol.md.
 */
import { z } from 'zod';
import { operationSchema } from '../../shared/core/operation.ts';
import { recordSchema } from '../../shared/core/record.ts';
import { refusalSchema } from '../../shared/core/refusal.ts';
import * as enrolment from '../../shared/protocol/enrolment.ts';
import { envelopeSchema } from '../../shared/protocol/envelope.ts';
import * as files from '../../shared/protocol/file-messages.ts';
import { linkSchema, settlementSchema } from '../../shared/protocol/link.ts';
import * as review from '../../shared/protocol/review.ts';
import * as messages from '../../shared/protocol/messages.ts';
import { PROOF } from '../../shared/protocol/signing.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';
import { STATUS } from '../district-error.ts';
import { BUSY } from './by-turns.ts';
import { errorsOf, type Commands, type Content, type Route, type Who } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const { DISTRICT, ...messageSchemas } = messages;

/** What has a name in the document; everything else stands where it is used. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  ...messageSchemas,
  ...enrolment,
  ...files,
  ...review,
  record: recordSchema,
  operation: operationSchema,
  refusal: refusalSchema,
  envelope: envelopeSchema,
  link: linkSchema,
  settlement: settlementSchema,
};

const SECURITY: Readonly<Record<Who, readonly Json[]>> = {
  nobody: [],
  enrolling: [],
  refreshing: [{ refreshToken: [], proof: [] }],
  carrier: [{ accessToken: [], proof: [] }],
  device: [{ accessToken: [], proof: [] }],
  person: [{ accessToken: [], proof: [] }],
  administrator: [{ accessToken: [], proof: [] }],
  local: [{ localSecret: [] }],
};

const bearer = (description: string): Json => ({ type: 'http', scheme: 'bearer', description });

export function openapi(routes: readonly Route[]): Json {
  const schemas = createSchemas();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linli district',
      version: String(PROTOCOL),
      description: `Protocols ${OLDEST_PROTOCOL} to ${PROTOCOL}. How keys, chain and turns work: docs/protocol.md.`,
    },
    paths: Object.fromEntries(
      [...new Set(routes.map(({ path }) => path))].map((path) => [
        path.replace(/:(\w+)/g, '{$1}'),
        Object.fromEntries(
          routes
            .filter((route) => route.path === path)
            .map((route) => [route.method.toLowerCase(), operationOf(route, schemas)]),
        ),
      ]),
    ),
    components: {
      schemas: schemas.named,
      headers: {
        district: {
          description: 'Whose answer this is; one without it is not the district’s.',
          required: true,
          schema: { type: 'string' },
        },
      },
      securitySchemes: {
        accessToken: bearer('Of POST /api/token; lives ten minutes.'),
        refreshToken: bearer('Of enrolling, and of the last POST /api/token.'),
        localSecret: bearer('Lies in the data folder of a district that runs.'),
        proof: {
          type: 'apiKey',
          in: 'header',
          name: PROOF,
          description: 'The device’s signature over this very request.',
        },
      },
    },
  };
}

interface Schemas {
  readonly named: Json;
  /** By its name, where it has one. */
  readonly of: (schema: z.ZodType) => Json;
}

/** An object may hold more than is told: whoever reads ignores what it does not know. */
const OPTIONS = { unrepresentable: 'any', io: 'input' } as const;

function createSchemas(): Schemas {
  const names = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id });
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(names, { ...OPTIONS, uri });
  return {
    named: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema)])),
    of: (schema) => {
      const id = names.get(schema)?.id;
      return id === undefined ? bare(z.toJSONSchema(schema, OPTIONS)) : { $ref: uri(id) };
    },
  };
}

/** As it stands inside the document. */
const bare = ({ $schema: _dialect, $id: _name, ...schema }: Json): Json => schema;

function operationOf(route: Route, schemas: Schemas): Json {
  const { path, who, says, commands } = route;
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', maxLength: 100 },
  }));
  const meant = {
    name: DISTRICT,
    in: 'header',
    description: 'The district that is meant; another one refuses.',
    schema: { type: 'string' },
  };
  const body =
    'body' in route ? contentOf(route.body, schemas, commands && asked(commands, schemas)) : undefined;
  return {
    summary: says,
    security: SECURITY[who],
    parameters: [...parameters, meant],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: {
      200: {
        description: 'Done.',
        headers: { [DISTRICT]: { $ref: '#/components/headers/district' } },
        content: contentOf(route.answer, schemas, commands && answered(commands, schemas)),
      },
      ...refusals(route),
      ...(route.line && busy()),
    },
  };
}

function contentOf(content: Content, schemas: Schemas, instead?: Json): Json {
  if (content instanceof z.ZodType) return { 'application/json': { schema: instead ?? schemas.of(content) } };
  return { [content.type]: { schema: { type: 'string', description: content.says } } };
}

/** One branch a command, told apart by its name. */
const asked = ({ named }: Commands, { of }: Schemas): Json => ({
  oneOf: Object.entries(named).map(([name, { input }]) => ({
    type: 'object',
    properties: { name: { const: name }, input: of(input) },
    required: ['name', 'input'],
  })),
});

const answered = ({ named, refused }: Commands, { of }: Schemas): Json => ({
  anyOf: [
    ...Object.entries(named).map(([name, { output }]) => ({
      title: name,
      type: 'object',
      properties: { ok: { const: true }, value: of(output) },
      required: ['ok', 'value'],
    })),
    of(refused),
  ],
});

/** By status; each names the errors that it may stand for. */
function refusals(route: Route): Json {
  const byStatus = Map.groupBy(errorsOf(route), (error) => STATUS[error]);
  return Object.fromEntries(
    [...byStatus].map(([status, errors]) => [status, refusal(errors, errors.join(', '))]),
  );
}

const refusal = (errors: readonly string[], description: string, headers?: Json): Json => ({
  description,
  headers: { [DISTRICT]: { $ref: '#/components/headers/district' }, ...headers },
  content: {
    'application/json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/errorResponse' }],
        properties: { error: { enum: errors } },
      },
    },
  },
});

const busy = (): Json => ({
  [BUSY.status]: refusal([BUSY.error], 'Busy, and nothing of the body was read.', {
    'retry-after': { description: 'Seconds to wait.', required: true, schema: { type: 'integer' } },
  }),
});
