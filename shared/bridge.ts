/**
 * Everything that the window may ask of the main process, and everything that it hears from there: name → { input, output }. One
 * contract, parsed on both sides of the wall; a request that is not listed here does not exist.
 *
 * Bytes cross as Uint8Array. The district itself is reached by `fetch('app://desk/api/…')`: the main process adds address and
 * tokens, so the page never holds them.
 */
import { z } from 'zod';
import { envelopeSchema } from './protocol/envelope.ts';
import { verdictSchema } from './protocol/messages.ts';

const id = z.string().max(64);
const bytes = z.instanceof(Uint8Array);
const nothing = z.undefined();

/** Why enrolling or unlocking did not work; each has a sentence in the window's texts. */
export const doorRefusal = z.object({
  code: z.enum([
    'wrong-passphrase',
    'wait',
    'too-many-tries',
    'weak-passphrase',
    'unknown-person',
    'code-unknown',
    'code-used',
    'code-expired',
    'unreachable',
    'not-a-district',
    'other-district',
    'unsupported-protocol',
    'malformed-address',
    'damaged-keys',
    /** The disk takes no more, and coming in must be written down. */
    'disk-full',
  ]),
  /** Seconds until the next try, with `wait`. */
  seconds: z.number().optional(),
});
export type DoorRefusal = z.infer<typeof doorRefusal>;

const outcome = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: doorRefusal }),
  ]);

/** What an unlocked session needs; the user key leaves the main process only for its own window. */
export const sessionSchema = z.object({
  person: z.object({ id, name: z.string() }),
  device: z.object({ id, label: z.string() }),
  district: z.object({ id, name: z.string(), publicKey: z.string() }),
  /** 32 bytes, AES-256. */
  userKey: bytes,
});
export type Session = z.infer<typeof sessionSchema>;

/** One line of the journal file, in the device's order. */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operation'), number: z.number().int(), envelope: envelopeSchema }),
  z.object({ kind: z.literal('verdict'), number: z.number().int(), verdict: verdictSchema, at: z.string() }),
  /** A refused or held operation that its author has dealt with: sent again as others, or set aside. */
  z.object({
    kind: z.literal('resolved'),
    number: z.number().int(),
    operation: id,
    by: z.string(),
    into: z.array(id),
    at: z.string(),
  }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;

export const settingsSchema = z.object({
  language: z.enum(['zh', 'en']),
  /** Percent of the normal text size. */
  textSize: z.union([z.literal(100), z.literal(125), z.literal(150), z.literal(200)]),
  theme: z.enum(['light', 'dark']),
  /** Idle minutes before the desk locks, 1 to 15. */
  lockAfter: z.number().int().min(1).max(15),
});
export type Settings = z.infer<typeof settingsSchema>;

export const bridge = {
  'door.state': {
    input: nothing,
    output: z.object({
      appVersion: z.string(),
      enrolled: z.boolean(),
      district: z.object({ id, name: z.string(), address: z.string() }).optional(),
      people: z.array(z.object({ id, name: z.string() })),
      /** Who has unlocked this window; undefined while locked. */
      unlocked: id.optional(),
      /** Whether the operating system keeps the device secret; without it a passphrase takes the PIN's place. */
      keyStore: z.boolean(),
      settings: settingsSchema,
    }),
  },
  /** Enrols this computer, or another person on it, and unlocks for that person. */
  'door.enrol': {
    input: z.object({
      address: z.string().max(300),
      code: z.string().max(40),
      passphrase: z.string().max(200),
    }),
    output: outcome(sessionSchema),
  },
  'door.unlock': {
    input: z.object({ person: id, passphrase: z.string().max(200) }),
    output: outcome(sessionSchema),
  },
  /** Forgets the user key and replaces the window's page by the lock screen. Nothing in the journal changes. */
  'door.lock': { input: nothing, output: nothing },
  /** The session of an unlocked window that was loaded again; undefined when locked. */
  'door.session': { input: nothing, output: sessionSchema.optional() },

  /** The commit point: returns after fdatasync. All or nothing. Numbers are the device's own, in order. */
  'journal.append': {
    input: z.object({ envelopes: z.array(envelopeSchema).min(1).max(200) }),
    output: z.object({ numbers: z.array(z.number().int()) }),
  },
  /** Entries of the unlocked person (and verdicts on them) with a number greater than `after`, at most 1 000. */
  'journal.read': {
    input: z.object({ after: z.number().int().min(0) }),
    output: z.object({ entries: z.array(journalEntry), more: z.boolean(), last: z.number().int() }),
  },
  'journal.resolve': {
    input: z.object({ operation: id, into: z.array(id).max(200) }),
    output: z.object({ number: z.number().int() }),
  },
  /** Gives out the next temporary number of this device; never twice, durable before it returns. */
  'journal.temporaryNumber': { input: nothing, output: z.object({ ordinal: z.number().int() }) },

  /**
   * IndexedDB does not open or cannot be read: its files are copied aside and it begins empty. Journal and district fill it again,
   * for everybody on this computer.
   */
  'store.setAside': { input: nothing, output: nothing },

  /** Push whatever is pending now, without waiting for the timer. */
  'carrier.push': { input: nothing, output: nothing },
  'carrier.state': {
    input: nothing,
    output: z.object({
      online: z.boolean(),
      since: z.string(),
      pending: z.number().int(),
      problem: z.string().optional(),
    }),
  },

  'settings.change': { input: settingsSchema.partial(), output: settingsSchema },

  /** Prints a self-contained page (no scripts, no remote content) to A4 PDF with embedded fonts. */
  'print.pdf': {
    input: z.object({ html: z.string().max(5_000_000), title: z.string().max(200) }),
    output: z.object({ pdf: bytes }),
  },
  /** Sends the page to a printer through the system's dialog. */
  'print.paper': {
    input: z.object({ html: z.string().max(5_000_000), title: z.string().max(200) }),
    output: z.object({ printed: z.boolean() }),
  },
  /** Asks where, writes, and answers with the file's name; undefined when the person cancelled. */
  'files.save': {
    input: z.object({ name: z.string().max(200), bytes }),
    output: z.object({ saved: z.string().optional() }),
  },
  /** The first screen of value stands; the main process may show the window or take the demo's picture. */
  'window.ready': { input: z.object({ screen: z.string().max(40) }), output: nothing },
} as const;

/** What the main process itself answers to `/api/…` where it has no answer of the district: who stood in between, or why not. */
export const carriedError = z.object({
  error: z.enum(['unknown', 'locked', 'unreachable', 'not-the-district', 'other-district', 'too-large']),
});
export type CarriedError = z.infer<typeof carriedError>['error'];

export type Bridge = typeof bridge;
export type BridgeName = keyof Bridge;
export type BridgeInput<N extends BridgeName> = z.infer<Bridge[N]['input']>;
export type BridgeOutput<N extends BridgeName> = z.infer<Bridge[N]['output']>;

/** What the main process tells the window unasked. */
export const bridgeEvent = z.discriminatedUnion('kind', [
  /** Verdicts that have just become durable in the journal, by number. */
  z.object({ kind: z.literal('verdicts'), entries: z.array(journalEntry) }),
  /** Something new lies at the district: pull. */
  z.object({ kind: z.literal('poke') }),
  z.object({
    kind: z.literal('carrier'),
    online: z.boolean(),
    since: z.string(),
    pending: z.number().int(),
    problem: z.string().optional(),
  }),
  /** The main process is about to lock: seal drafts now. */
  z.object({ kind: z.literal('locking') }),
  /** A menu item or accelerator: go to this page of the app. */
  z.object({ kind: z.literal('go'), to: z.string() }),
]);
export type BridgeEvent = z.infer<typeof bridgeEvent>;

/** What the preload script puts on `window.linli`. */
export interface BridgeClient {
  readonly ask: <N extends BridgeName>(
    name: N,
    ...input: BridgeInput<N> extends undefined ? [] : [BridgeInput<N>]
  ) => Promise<BridgeOutput<N>>;
  readonly listen: (listener: (event: BridgeEvent) => void) => () => void;
}
