/**
 * Every message between a desk and its district, as schemas that both sides parse. Times are UTC instants in ISO 8601; sequences
 * are whole numbers that only grow within an epoch. docs/protocol.md tells the story around them.
 */
import { z } from 'zod';
import { refusalSchema } from '../core/refusal.ts';
import { recordSchema } from '../core/record.ts';
import { operationSchema } from '../core/operation.ts';
import { envelopeSchema } from './envelope.ts';

const id = z.string().max(64);
const sequence = z.number().int().min(0);

/** POST /api/enrol: a one-time code for a device and its first user, or for a further user of a known device. */
export const enrolRequest = z.object({
  protocol: z.number().int(),
  app: z.string().max(40),
  /** 10 characters, as the administrator read it out; spaces, dashes and lower case are forgiven. */
  code: z.string().max(40),
  /** Present when the device is enrolled already and another person joins it. */
  device: id.optional(),
});

export const enrolResponse = z.object({
  device: z.object({
    id,
    /** Short label that temporary numbers carry: 临-D7-3. */
    label: z.string().max(10),
    token: z.string().max(200),
  }),
  person: z.object({ id, name: z.string(), token: z.string().max(200) }),
  district: z.object({
    id,
    name: z.string(),
    epoch: z.string().max(64),
    /** Raw uncompressed P-256 point, base64: entries are sealed to it. */
    publicKey: z.string().max(120),
  }),
});

/** POST /api/handshake, as a device and one of its people. */
export const handshakeRequest = z.object({ protocol: z.number().int(), app: z.string().max(40) });

export const handshakeResponse = z.object({
  protocol: z.number().int(),
  district: id,
  epoch: z.string().max(64),
  /** Head of the district at the restoration that began the epoch; 0 without one. */
  restoredHead: sequence,
  head: sequence,
  /** Everything up to here is in the district's last backup; 0 while there is none. */
  durable: sequence,
  serverTime: z.iso.datetime(),
  /** Scopes that the person may read, by name. */
  scopes: z.array(z.string().max(200)),
  person: z.object({
    id,
    name: z.string(),
    grants: z.array(z.object({ role: z.string(), area: z.string() })),
  }),
});

/** POST /api/pull: one request for all scopes; pages until `more` is false. */
export const pullRequest = z.object({
  epoch: z.string().max(64),
  cursors: z.array(z.object({ scope: z.string().max(200), cursor: sequence })).max(10_000),
  limit: z.number().int().min(1).max(5000).optional(),
});

export const pullResponse = z.object({
  epoch: z.string().max(64),
  /** Oldest first. The newest state of each record only, so a first download is as large as the data. */
  records: z.array(recordSchema),
  /** Cursor that every asked scope has reached with this page. */
  cursor: sequence,
  more: z.boolean(),
  /** Records that remain after this page. */
  remaining: sequence,
});

/** POST /api/push, as a device, whoever is signed in. In the device's own order; at most 500 entries or 1 MiB. */
export const pushRequest = z.object({
  protocol: z.number().int(),
  entries: z.array(envelopeSchema).min(1).max(500),
});

export const verdictSchema = z.discriminatedUnion('verdict', [
  z.object({ id, verdict: z.literal('confirmed'), seq: sequence }),
  z.object({ id, verdict: z.literal('refused'), reason: refusalSchema }),
  z.object({ id, verdict: z.literal('held'), reason: refusalSchema }),
]);

export const pushResponse = z.object({
  epoch: z.string().max(64),
  /** As in the handshake: a computer that only pushes has to notice a restoration, too. */
  restoredHead: sequence.optional(),
  verdicts: z.array(verdictSchema),
});

/** GET /api/history/:record → the operations of one record in the district's order. */
export const historyResponse = z.object({
  operations: z.array(z.object({ seq: sequence, receivedAt: z.iso.datetime(), operation: operationSchema })),
});

/** Every error answer. `retry` says whether the same request may succeed later. */
export const errorResponse = z.object({
  error: z.enum([
    'malformed',
    'too-large',
    'unauthorised',
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
  ]),
  retry: z.boolean(),
  /** To quote to the administrator. */
  reference: z.string().max(64).optional(),
});

/** Header names. Bearer tokens: `authorization: Bearer <device token>`, and the person's token beside it where a person reads. */
export const PERSON_TOKEN = 'x-linli-person';
export const DISTRICT = 'x-linli-district';

export type EnrolRequest = z.infer<typeof enrolRequest>;
export type EnrolResponse = z.infer<typeof enrolResponse>;
export type HandshakeResponse = z.infer<typeof handshakeResponse>;
export type PullRequest = z.infer<typeof pullRequest>;
export type PullResponse = z.infer<typeof pullResponse>;
export type PushRequest = z.infer<typeof pushRequest>;
export type PushResponse = z.infer<typeof pushResponse>;
export type Verdict = z.infer<typeof verdictSchema>;
export type HistoryResponse = z.infer<typeof historyResponse>;
export type ErrorResponse = z.infer<typeof errorResponse>;
