/**
 * What a desk of protocol 2 made of an answer, as it was when 3 began; never brought up to date. It parsed every answer whole: a
 * shape or a word that it did not know was no answer of a district to it. More fields than it knew were nothing to it.
 */
import { z } from 'zod';

const id = z.string().max(64);
const sequence = z.number().int().min(0);
const text = (most: number) => z.string().max(most);
const base64 = (most: number) => text(most).regex(/^[A-Za-z0-9+/]+={0,2}$/);
const point = z.string().regex(/^B[A-Za-z0-9+/]{86}=$/);
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);
const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const grants = z.array(z.object({ role: text(64), area: text(12) }));
const writer = z.object({
  by: z.string(),
  at: z.string(),
  seq: z.number().int().nullable(),
  operation: z.string(),
});

const reason = z.object({
  code: z.enum([
    'schema',
    'rule',
    'access',
    'stageMoved',
    'withdrawn',
    'unknownEntity',
    'unknownRecord',
    'recordExists',
    'depends',
    'group',
    'contentChanged',
    'newerVersion',
    'storage',
    'resolved',
    'revoked',
    'damaged',
  ]),
  rule: z.string().optional(),
  problems: z.array(z.object({ code: z.string(), field: z.string() })).optional(),
  operation: z.string().optional(),
});

export const readBy2 = {
  '/api/enrol': z.object({
    device: z.object({
      id,
      label: text(10),
      refresh: text(200),
      chain: z.object({ number: sequence, hash }),
    }),
    person: z.object({ id, name: z.string(), grants, userKey: base64(300).optional() }),
    district: z.object({ id, name: z.string(), epoch: text(64), publicKey: point, signingKey: point }),
  }),
  '/api/token': z.object({
    access: text(600),
    expiresIn: z.number().int().min(1),
    refresh: text(200),
    serverTime: z.iso.datetime(),
    revoked: z.object({ signature }).optional(),
  }),
  '/api/handshake': z.object({
    protocol: z.number().int(),
    district: id,
    epoch: text(64),
    restoredHead: sequence,
    head: sequence,
    durable: sequence,
    serverTime: z.iso.datetime(),
    scopes: z.array(text(200)),
    person: z.object({ id, name: z.string(), grants, hasPassword: z.boolean().optional() }),
  }),
  '/api/keys': z.object({
    keys: z.array(
      z.object({
        scope: text(200),
        id: z.string().regex(/^k_[A-Za-z0-9_-]{16}$/),
        wrapped: base64(300),
        leaseDays: z.number().int().min(1).max(366),
      }),
    ),
  }),
  '/api/pull': z.object({
    epoch: text(64),
    records: z.array(
      z.object({
        id: z.string(),
        entity: z.string(),
        version: z.number().int(),
        area: z.string(),
        scope: z.string(),
        shares: z.array(z.string()).optional(),
        seq: z.number().int(),
        values: z.record(z.string(), z.unknown()),
        created: writer,
        writers: z.record(z.string(), writer),
        conflicts: z.record(z.string(), z.unknown()).optional(),
        withdrawn: writer.optional(),
      }),
    ),
    removed: z.array(z.object({ scope: text(200), id, seq: sequence })),
    cursor: sequence,
    more: z.boolean(),
    remaining: sequence,
  }),
  '/api/push': z.object({
    epoch: text(64),
    restoredHead: sequence.optional(),
    verdicts: z.array(
      z.discriminatedUnion('verdict', [
        z.object({ id, verdict: z.literal('confirmed'), seq: sequence }),
        z.object({ id, verdict: z.literal('refused'), reason }),
        z.object({ id, verdict: z.literal('held'), reason }),
      ]),
    ),
    expects: z.number().int().min(1).optional(),
  }),
} as const;

/** Errors that it had an answer to. */
export const ERRORS_OF_2: ReadonlySet<string> = new Set([
  'malformed',
  'too-large',
  'unauthorised',
  'expired',
  'bad-proof',
  'revoked',
  'quarantined',
  'password-wrong',
  'forbidden',
  'not-found',
  'wrong-district',
  'wrong-epoch',
  'unsupported-protocol',
  'code-unknown',
  'code-used',
  'code-expired',
  'too-many-tries',
  'disk-full',
  'internal',
]);
