/**
 * What a route is: how it is asked, by whom, with what, and everything that it may answer. There is no other way to add one, so the
 * description of the district (openapi.ts) follows from the table and from nothing else.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Result } from '../../shared/core/result.ts';
import type { DistrictError } from '../district-error.ts';
import { answer, type Packed } from './answer.ts';
import { bodyOf } from './asking.ts';

/**
 * `nobody`: no token is looked at. `enrolling`: a one-time code. `refreshing`: a refresh token with the device's proof. `carrier`: a
 * device, revoked ones too. `device`, `person`, `administrator`: an access token with the device's proof. `local`: the data folder's secret.
 */
export type Who =
  | 'nobody'
  | 'enrolling'
  | 'refreshing'
  | 'carrier'
  | 'device'
  | 'person'
  | 'administrator'
  | 'local';

/** Pushes are counted by their bytes, what every desk asks again and again one by one: many small ones are dear as well. */
export type Line = 'pushes' | 'tokens' | 'questions';

type ErrorName = DistrictError['error'];

/** JSON by its schema, or something else by its media type. */
export type Content = z.ZodType | { readonly type: string; readonly says: string };

/** Commands that share one path: name → what goes in and what comes out, and what all of them may refuse with. */
export interface Commands {
  readonly named: Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;
  readonly refused: z.ZodType;
}

interface Described {
  readonly path: string;
  readonly who: Who;
  /** One sentence for whoever writes the other side. */
  readonly says: string;
  readonly answer: Content;
  /** What this route may refuse with, beside what follows from its method and from who asks. */
  readonly errors: readonly ErrorName[];
  readonly commands?: Commands;
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  /** Let in by turns, in one of these lines; a district that is busy says when to come again (by-turns.ts). */
  readonly line?: Line;
  /** Takes a file, of at most so many bytes, as a stream. */
  readonly mostBytes?: number;
}

export type Route = Described &
  ({ readonly method: 'GET' } | { readonly method: 'POST' | 'PUT'; readonly body: Content });

/** An answer by its schema, or the JSON of one as text, or that gzipped. */
type Answer<A> = Promise<Result<A | string | Packed, DistrictError>>;

type Told = Pick<Described, 'says'> & Partial<Pick<Described, 'errors' | 'commands' | 'line'>>;

export const get = <A>(
  path: string,
  who: Who,
  { errors = [], ...told }: Told & { readonly answer: z.ZodType<A> },
  ask: (request: FastifyRequest) => Answer<NoInfer<A>>,
): Route => ({
  method: 'GET',
  path,
  who,
  errors,
  ...told,
  handle: async (request, reply) => answer(reply, await ask(request)),
});

export const post = <B, A>(
  path: string,
  who: Who,
  { errors = [], ...told }: Told & { readonly body: z.ZodType<B>; readonly answer: z.ZodType<A> },
  ask: (request: FastifyRequest, body: NoInfer<B>) => Answer<NoInfer<A>>,
): Route => ({
  method: 'POST',
  path,
  who,
  errors,
  ...told,
  handle: async (request, reply) => {
    const body = bodyOf(request, told.body);
    return answer(reply, body.ok ? await ask(request, body.value) : body);
  },
});

const TOKEN = ['unauthorised', 'bad-proof', 'expired', 'quarantined'] as const;
const PERSON = [...TOKEN, 'revoked', 'forbidden'] as const;

const BY_WHO: Readonly<Record<Who, readonly ErrorName[]>> = {
  nobody: [],
  enrolling: [],
  refreshing: ['unauthorised', 'bad-proof'],
  carrier: TOKEN,
  device: [...TOKEN, 'revoked'],
  person: PERSON,
  administrator: PERSON,
  local: ['unauthorised'],
};
const OF_ALL: readonly ErrorName[] = ['wrong-district', 'too-many-tries', 'internal'];
const OF_BODIES: readonly ErrorName[] = ['malformed', 'too-large', 'disk-full'];

/** Everything that a route may refuse with. */
export const errorsOf = ({ method, who, errors }: Route): readonly ErrorName[] => [
  ...new Set([...errors, ...BY_WHO[who], ...(method === 'GET' ? [] : OF_BODIES), ...OF_ALL]),
];
