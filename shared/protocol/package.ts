/**
 * Sync without a network: a package goes from a desk to its district as one file, the answer comes back as another (sync.md, Without
 * a network). Both are lines of JSON, each ended by a line feed: a head, parts, and an end that signs the SHA-256 of all bytes before
 * it. What they hold are the very requests and answers that go over a line, so that nothing is decided here that is not decided there.
 */
import { z } from 'zod';
import { base64, nonce, point, signature } from './encoding.ts';
import {
  errorResponse,
  handshakeResponse,
  keysRequest,
  keysResponse,
  leftRequest,
  pullRequest,
  pushEntry,
  pushResponse,
  tokenRequest,
  tokenResponse,
} from './messages.ts';

const id = z.string().max(64);
const whole = z.number().int().min(0);

/** Bytes. A line of a package is at most one push; one of an answer at most one page. */
export const MOST_PACKAGE_LINE = 4 * 1024 * 1024;
export const MOST_ANSWER_LINE = 96 * 1024 * 1024;
export const MOST_FILE = 8 * 1024 * 1024 * 1024;

export const packageHead = z.object({
  kind: z.literal('linli-package'),
  v: z.literal(1),
  protocol: z.number().int(),
  app: z.string().max(40),
  district: id,
  device: id,
  /** Names this package: its answer says which one it answers. */
  id: nonce,
  /** The device's own count, for people. */
  number: whole.min(1).max(1_000_000_000),
  at: z.iso.datetime(),
  /** Raw point: what the answer says to the device is sealed to it. */
  reply: point,
});

export const packagePart = z.discriminatedUnion('part', [
  /** Sealed box (`packageOf`) of `packageAsks`. The first part, once. */
  z.object({ part: z.literal('asks'), sealed: base64(MOST_PACKAGE_LINE) }),
  z.object({ part: z.literal('entries'), entries: z.array(pushEntry).min(1).max(500) }),
  /** The device's signature over `packageText`. */
  z.object({ part: z.literal('end'), signature }),
]);

/** What one person asks for. Signed by them, and sealed to the district, so that it may wait until a colleague makes a package. */
export const personAsk = z.object({
  protocol: z.number().int(),
  app: z.string().max(40),
  epoch: pullRequest.shape.epoch,
  cursors: pullRequest.shape.cursors,
  keys: keysRequest,
  left: leftRequest.shape.scopes,
  /** The desk's own count of use at this moment; it comes back as it is, and leases count from there. */
  used: z.number().min(0),
});

export const packageAsks = z.object({
  pending: tokenRequest.shape.pending,
  notices: tokenRequest.shape.notices,
  people: z
    .array(
      z.object({
        person: id,
        /** Sealed box (`packageAskOf`) of `personAsk`, and the person's signature over `packageAskText`. */
        sealed: base64(MOST_PACKAGE_LINE),
        signature,
      }),
    )
    .max(100),
});

export const answerHead = z.object({
  kind: z.literal('linli-package-answer'),
  v: z.literal(1),
  district: id,
  device: id,
  package: z.object({ id: nonce, number: whole }),
  /** Grows with every answer of one epoch: an older one after a newer one says nothing any more. */
  serial: whole.min(1),
  epoch: z.string().max(64),
  at: z.iso.datetime(),
});

export const answerPart = z.discriminatedUnion('part', [
  /** Sealed box (`answerForDeviceOf`) of `deviceAnswer`. The first part, once. */
  z.object({ part: z.literal('device'), sealed: base64(MOST_ANSWER_LINE) }),
  /** Sealed box (`answerForPersonOf`) of `personAnswer`, or of the page with this number, as text. Those of one person stand together. */
  z.object({
    part: z.literal('person'),
    person: id,
    page: whole.optional(),
    sealed: base64(MOST_ANSWER_LINE),
  }),
  /** The district's signature over `packageAnswerText`. */
  z.object({ part: z.literal('end'), signature }),
]);

export const deviceAnswer = z.object({
  /** As in a handshake: a computer whose people are all away has to notice a restoration, too. */
  life: handshakeResponse.pick({ epoch: true, restoredHead: true }),
  /** In the order of the package. None where the device is quarantined. */
  pushes: z.array(pushResponse),
  revoked: tokenResponse.shape.revoked,
  quarantined: z.literal(true).optional(),
  /** Those of the package: the administrator has them. */
  notices: tokenRequest.shape.notices,
});

export const personAnswer = z.object({
  /** Of the ask. */
  used: z.number().min(0),
  left: leftRequest.shape.scopes,
  /** Whether the ask brought the user key, for its escrow. */
  userKey: z.boolean(),
  /** Why there is nothing more: the account is disabled, the person unknown here. */
  problem: errorResponse.shape.error.optional(),
  hello: handshakeResponse.optional(),
  keys: keysResponse.optional(),
  /** What the pages begin from: only a desk that has reached it may take them. */
  from: pullRequest.shape.cursors,
});

export type PackageHead = z.infer<typeof packageHead>;
export type PackageAsks = z.infer<typeof packageAsks>;
export type PersonAsk = z.infer<typeof personAsk>;
export type AnswerHead = z.infer<typeof answerHead>;
export type AnswerPart = z.infer<typeof answerPart>;
export type DeviceAnswer = z.infer<typeof deviceAnswer>;
export type PersonAnswer = z.infer<typeof personAnswer>;
