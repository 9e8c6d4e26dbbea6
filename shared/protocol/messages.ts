/**
 * Every message between a desk and its district, as schemas that both sides parse. Times are UTC instants in ISO 8601; sequences
 * are whole numbers that only grow within an epoch. docs/protocol.md tells the story around them.
 */
import { z } from 'zod';
import { refusalSchema } from '../core/refusal.ts';
import { recordSchema } from '../core/record.ts';
import { operationSchema } from '../core/operation.ts';
import { base64, hash, keyId, signature } from './encoding.ts';
import { envelopeSchema } from './envelope.ts';
import { linkSchema, settlementSchema } from './link.ts';
import { grant, id, scope, sequence } from './words.ts';

/**
 * POST /api/token, with `authorization: Bearer <refresh>`: an access token for ten minutes, and the next refresh token. The old refresh
 * token stays good until the new one was used for the first time, and 60 s longer: a lost reply locks nobody out.
 */
export const tokenRequest = z.object({
  protocol: z.number().int(),
  app: z.string().max(40),
  /** Operations that wait on this computer. */
  pending: sequence.max(1_000_000_000),
  /** Who sits there; without it the token only carries: push and pokes. Signature over `personText`. */
  person: z.object({ id, signature }).optional(),
  /** What happened at the device since the last one, for the administrator. */
  notices: z
    .array(
      z.object({
        code: z.enum(['recovery-sheet-used', 'key-store-lost', 'keys-damaged', 'journal-damaged']),
        at: z.string().max(40),
        person: id.optional(),
      }),
    )
    .max(50)
    .optional(),
});

export const tokenResponse = z.object({
  access: z.string().max(600),
  /** Seconds. */
  expiresIn: z.number().int().min(1),
  refresh: z.string().max(200),
  serverTime: z.iso.datetime(),
  /**
   * The administrator has revoked this device: it may deliver what it holds, and then forgets its keys. Signed with the district's signing
   * key over `revokedText`: nobody in between makes a desk destroy anything.
   */
  revoked: z.object({ signature }).optional(),
});

/** POST /api/handshake, as a person at a device. */
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
  scopes: z.array(scope),
  /** So many cases wait for this person's decision (`POST /api/review`), counted up to some hundreds. */
  review: sequence.optional(),
  person: z.object({
    id,
    name: z.string(),
    grants: z.array(grant),
    /** Whether the account has a password, which a lost PIN asks for beside the code. */
    hasPassword: z.boolean().optional(),
  }),
});

/**
 * POST /api/keys, as a person at a device: the keys of these scopes for this device. Each offer holds a fresh key, sealed to the
 * district (`escrowOf`); where the device has one already, that one comes back instead (`deliveryOf`). Scopes that the person may not
 * read are left out of the answer.
 */
export const keysRequest = z.object({
  offers: z.array(z.object({ scope, id: keyId, sealed: base64(300) })).max(500),
  /** The user key on this device (`userKeyEscrowOf`), so that a forgotten PIN loses nothing. */
  userKey: base64(300).optional(),
});
export const keysResponse = z.object({
  keys: z.array(
    z.object({
      scope,
      id: keyId,
      wrapped: base64(300),
      /** For so many days without contact the desk may read it. */
      leaseDays: z.number().int().min(1).max(366),
    }),
  ),
});

/** POST /api/left, as a person at a device: these scopes' keys are destroyed here. The district's receipt for its administrator. */
export const leftRequest = z.object({ scopes: z.array(scope).max(10_000) });
export const leftResponse = z.object({ noted: sequence });

/** POST /api/password, as a person: sets or changes the account's password. */
export const passwordRequest = z.object({
  old: z.string().max(200).optional(),
  password: z.string().min(10).max(200),
});
export const passwordResponse = z.object({ changed: z.literal(true) });

/** POST /api/pull: one request for all scopes; pages until `more` is false. */
export const pullRequest = z.object({
  epoch: z.string().max(64),
  cursors: z.array(z.object({ scope, cursor: sequence })).max(10_000),
  limit: z.number().int().min(1).max(5000).optional(),
  /**
   * Scopes whose hash is another one here: `found` are pulled again from zero with this request; `lasting` were, and it did not help. For
   * the administrator.
   */
  differing: z.object({ found: z.array(scope).max(10_000), lasting: z.array(scope).max(10_000) }).optional(),
});

export const pullResponse = z.object({
  epoch: z.string().max(64),
  /** Oldest first. The newest state of each record only, so a first download is as large as the data. */
  records: z.array(recordSchema),
  /** What has left an asked scope since its cursor: a tombstone of that scope, never silence. */
  removed: z.array(z.object({ scope, id, seq: sequence })),
  /** Cursor that every asked scope has reached with this page. */
  cursor: sequence,
  more: z.boolean(),
  /** Records that remain after this page. */
  remaining: sequence,
  /** On the last page, of the asked scopes that hold or held a record (scope-hash.ts): what they hold at its cursor. */
  hashes: z.array(z.object({ scope, hash: z.string().regex(/^[0-9a-f]{16}$/) })).optional(),
});

/** The district's word on one operation, for itself: it alone reads it, after it has lost its memory. */
const receipt = z
  .string()
  .max(16_000)
  .regex(/^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}$/);

export const pushEntry = z.object({
  envelope: envelopeSchema,
  link: linkSchema,
  /** The receipt of the last verdict that was for ever, where the entry is offered again. */
  earlier: receipt.optional(),
  /** Its author has given it up or sent it anew: it closes a gap of the chain at most, and takes no effect. */
  settled: settlementSchema.optional(),
});

/** POST /api/push, as a device, whoever is signed in. In the device's own order; at most 500 entries or 1 MiB. */
export const pushRequest = z.object({
  protocol: z.number().int(),
  /** In which life of the district they were sent, where the device knows: what arrives late from a former one is no second branch. */
  epoch: z.string().max(64).optional(),
  entries: z.array(pushEntry).min(1).max(500),
});

export const verdictSchema = z.discriminatedUnion('verdict', [
  z.object({ id, verdict: z.literal('confirmed'), seq: sequence, receipt: receipt.optional() }),
  z.object({ id, verdict: z.literal('refused'), reason: refusalSchema, receipt: receipt.optional() }),
  z.object({ id, verdict: z.literal('held'), reason: refusalSchema }),
]);

export const pushResponse = z.object({
  epoch: z.string().max(64),
  /** As in the handshake: a computer that only pushes has to notice a restoration, too. */
  restoredHead: sequence.optional(),
  /** One an entry, in their order; none for entries behind a gap. */
  verdicts: z.array(verdictSchema),
  /** The chain has a gap: send every entry from this number on. */
  expects: z.number().int().min(1).optional(),
  /** The hash of the link before it, which the device may have let go of. */
  previous: hash.optional(),
  /** The district's, over `verdictsText`: nobody in between says 已送达区里 in its place. Missing only where the desk is older. */
  signature: signature.optional(),
});

/** GET /api/history/:record → the operations of one record in the district's order. */
export const historyResponse = z.object({
  operations: z.array(z.object({ seq: sequence, receivedAt: z.iso.datetime(), operation: operationSchema })),
  /** Decisions on operations of this record (kinds `accept` and `decline`), in the same order. */
  decisions: z
    .array(z.object({ seq: sequence, receivedAt: z.iso.datetime(), operation: operationSchema }))
    .optional(),
});

/** Every error answer. `retry` says whether the same request may succeed later. */
export const errorResponse = z.object({
  error: z.enum([
    'malformed',
    'too-large',
    'unauthorised',
    /** The access token is over: ask for another one. */
    'expired',
    /** The signature does not fit, or the request came a second time. */
    'bad-proof',
    /** The device is revoked: it may only deliver. */
    'revoked',
    /** The device's chain has two branches, or a signature that is not its author's: it waits for the administrator. */
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
    /** A sealed file arrived whole and is not what its address says: it begins anew. */
    'other-content',
    'internal',
  ]),
  retry: z.boolean(),
  /** To quote to the administrator. */
  reference: z.string().max(64).optional(),
});

/** Header name; beside it `authorization: Bearer <access token>` and the proof of `signing.ts`. */
export const DISTRICT = 'x-linli-district';

export type TokenRequest = z.infer<typeof tokenRequest>;
export type TokenResponse = z.infer<typeof tokenResponse>;
export type KeysRequest = z.infer<typeof keysRequest>;
export type KeysResponse = z.infer<typeof keysResponse>;
export type PushEntry = z.infer<typeof pushEntry>;
export type HandshakeResponse = z.infer<typeof handshakeResponse>;
export type PullRequest = z.infer<typeof pullRequest>;
export type PullResponse = z.infer<typeof pullResponse>;
export type PushRequest = z.infer<typeof pushRequest>;
export type PushResponse = z.infer<typeof pushResponse>;
export type Verdict = z.infer<typeof verdictSchema>;
export type HistoryResponse = z.infer<typeof historyResponse>;
export type ErrorResponse = z.infer<typeof errorResponse>;
