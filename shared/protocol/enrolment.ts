/** How a device and its people become known to the district: by a code over the network, or by a pair of files. */
import { z } from 'zod';
import { base64, hash, nonce, point, signature } from './encoding.ts';
import { grant, id, sequence } from './words.ts';

/**
 * POST /api/enrol: a one-time code for a device and its first user, for a further user of a known device, or, with a code that the
 * administrator bound to this device, for somebody who has lost the way in. Sent again with the same keys, it gets the same answer.
 */
export const enrolRequest = z.object({
  protocol: z.number().int(),
  app: z.string().max(40),
  /** 10 characters, as the administrator read it out; spaces, dashes and lower case are forgiven. Empty in an enrolment file. */
  code: z.string().max(40),
  device: z.object({
    /** Present when this computer was enrolled before. */
    id: id.optional(),
    key: point,
  }),
  person: z.object({ signingKey: point, exchangeKey: point }),
  /** Where the account has one and the code brings somebody back. */
  password: z.string().max(200).optional(),
  nonce,
  /** Over `enrolText`. */
  signatures: z.object({ device: signature, person: signature }),
});

export const enrolResponse = z.object({
  device: z.object({
    id,
    /** Short label that temporary numbers carry: 临-D7-3. */
    label: z.string().max(10),
    refresh: z.string().max(200),
    /** The end of the device's chain, as far as the district knows it. */
    chain: z.object({ number: sequence, hash }),
  }),
  person: z.object({
    id,
    name: z.string(),
    /** What the person may do, so that work can begin before the first contact: by files there may be none for long. */
    grants: z.array(grant),
    /** The user key that this person had on this device before (sealed box, `userKeyReturnOf`). */
    userKey: base64(300).optional(),
  }),
  district: z.object({
    id,
    name: z.string(),
    epoch: z.string().max(64),
    /** Raw uncompressed P-256 points, base64: entries are sealed to one; answers in files are signed with the other. */
    publicKey: point,
    signingKey: point,
  }),
});

/** Enrolment without a network: two files instead of code and answer. */
export const enrolmentRequestFile = z.object({
  kind: z.literal('linli-enrolment-request'),
  v: z.literal(1),
  at: z.iso.datetime(),
  request: enrolRequest,
});
export const enrolmentAnswerFile = z.object({
  kind: z.literal('linli-enrolment-answer'),
  v: z.literal(1),
  /** The device key of the request: whose answer this is. */
  deviceKey: point,
  /** The district's signing key, to be compared by its fingerprint; and its signature over SHA-256 of `sealed`. */
  signingKey: point,
  signature,
  /** Sealed box (`enrolmentAnswerOf`) of `enrolmentAnswer`'s JSON, to the person's exchange key. */
  sealed: base64(20_000),
});
export const enrolmentAnswer = z.object({
  answer: enrolResponse,
  /** Where the district may be reached, should a network come one day. */
  address: z.string().max(300),
  /** 7 days after it was made. */
  expiresAt: z.iso.datetime(),
});

export type EnrolRequest = z.infer<typeof enrolRequest>;
export type EnrolResponse = z.infer<typeof enrolResponse>;
export type EnrolmentRequestFile = z.infer<typeof enrolmentRequestFile>;
export type EnrolmentAnswerFile = z.infer<typeof enrolmentAnswerFile>;
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswer>;
