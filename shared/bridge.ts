/**
 * Everything that the window may ask of the main process, and everything that it hears from there: name → { input, output }. One
 * contract, parsed on both sides of the wall; a request that is not listed here does not exist.
 *
 * Bytes cross as Uint8Array. The district itself is reached by `fetch('app://desk/api/…')`: the main process adds address and
 * tokens, so the page never holds them.
 */
import { z } from 'zod';
import { attachmentsBridge, type uploadState } from './bridge-attachments.ts';
import { keyId } from './protocol/encoding.ts';
import { envelopeSchema } from './protocol/envelope.ts';
import { packageRequests } from './bridge-packages.ts';
import { journalEntry, roomState, type bridgeEvent } from './bridge-events.ts';
import { linkSchema } from './protocol/link.ts';

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
    /** The sheet's words do not open this person's keys, or were used before. */
    'wrong-sheet',
    'password-wrong',
    'not-an-answer',
    'answer-expired',
    'revoked',
    'quarantined',
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

/** A key of one scope on this device; the id stands on disk in the scope's place. */
export const scopeKeySchema = z.object({ scope: z.string().max(200), id: keyId, key: bytes });
export type ScopeKey = z.infer<typeof scopeKeySchema>;

/** What an unlocked session needs. User key, signing key and device key stay in the main process. */
export const sessionSchema = z.object({
  person: z.object({ id, name: z.string() }),
  device: z.object({ id, label: z.string() }),
  district: z.object({ id, name: z.string(), publicKey: z.string() }),
  /** 32 bytes, AES-256: for what belongs to the person alone (drafts, settings of the store, own words). */
  ownKey: bytes,
  /** Of the scopes that the person may read on this device; none while the lease is over. */
  scopeKeys: z.array(scopeKeySchema),
  /** Scopes whose lease is over: registering goes on, reading begins again with the next contact. */
  leaseOver: z.array(z.string()),
  /** What the enrolment said that the person may do; counts until the store knows better. */
  grants: z.array(z.object({ role: z.string(), area: z.string() })),
});
export type Session = z.infer<typeof sessionSchema>;

/** In place of an answer, where the disk has too little room for anything new. */
export const NO_ROOM = 'no-room';

export type BridgeEvent = z.infer<typeof bridgeEvent>;
export type RoomState = z.infer<typeof roomState>;
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
      people: z.array(z.object({ id, name: z.string(), hasSheet: z.boolean() })),
      /** The key store lost this computer's secret: everybody comes in again with a code, and finds everything as it was. */
      secretLost: z.boolean(),
      /** The file of wrapped keys cannot be read, nor its copies: a code brings everybody back. */
      keysDamaged: z.literal(true).optional(),
      /** The administrator has revoked this computer: what it holds is delivered, then its keys are destroyed. */
      revoked: z.boolean(),
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
      /** Of the account, where somebody comes back who has forgotten the PIN. */
      password: z.string().max(200).optional(),
    }),
    output: outcome(sessionSchema),
  },
  /** Writes the request file of an enrolment without a network; the keys are kept until its answer comes. */
  'door.requestFile': { input: nothing, output: z.object({ saved: z.string().optional() }) },
  /** Picks the answer file and reads whose it is; nothing is enrolled yet. */
  'door.readAnswer': {
    input: nothing,
    output: outcome(
      z
        .object({
          person: z.string(),
          district: z.string(),
          /** Eight groups of four digits, to be compared with the paper from the district. */
          fingerprint: z.string(),
        })
        .optional(),
    ),
  },
  'door.takeAnswer': { input: z.object({ passphrase: z.string().max(200) }), output: outcome(sessionSchema) },
  'door.changePassphrase': {
    input: z.object({ old: z.string().max(200), passphrase: z.string().max(200) }),
    output: outcome(z.object({ changed: z.literal(true) })),
  },
  /** Makes a new recovery sheet for the unlocked person; an older one is void. Its words are shown once and kept nowhere. */
  'door.makeSheet': {
    input: z.object({ passphrase: z.string().max(200) }),
    output: outcome(z.object({ words: z.string() })),
  },
  /** A forgotten PIN without a network: the sheet opens the keys once, and a new PIN takes the old one's place. */
  'door.useSheet': {
    input: z.object({ person: id, words: z.string().max(200), passphrase: z.string().max(200) }),
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

  /** Keys of these scopes on this device, from the person's ring or from the district; those that cannot be had are left out. */
  'scopes.open': {
    input: z.object({ scopes: z.array(z.string().max(200)).max(10_000) }),
    output: z.object({ keys: z.array(scopeKeySchema) }),
  },
  /** The key of a scope that begins with a record of this desk; the district learns of it at the next contact. */
  'scopes.begin': {
    input: z.object({ scope: z.string().max(200) }),
    output: z.object({ key: scopeKeySchema }),
  },
  /** Destroys the person's keys of lost scopes. `gone`: keys that nobody on this computer holds any more, whose rows may go. */
  'scopes.leave': {
    input: z.object({ scopes: z.array(z.string().max(200)).max(10_000) }),
    output: z.object({ gone: z.array(keyId) }),
  },

  /**
   * The commit point: returns after fdatasync. All or nothing. The main process numbers, chains and signs; what the journal lost and
   * the store still holds is given back with its old link.
   */
  'journal.append': {
    input: z.object({
      entries: z
        .array(z.object({ envelope: envelopeSchema, link: linkSchema.optional() }))
        .min(1)
        .max(200),
    }),
    output: z.object({ entries: z.array(z.object({ number: z.number().int(), link: linkSchema })) }),
  },
  /** Entries of everybody on this computer with a number greater than `after`, at most 1 000; what has no key here stays sealed. */
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
  /** Before IndexedDB is opened: its files are looked at, and copied aside where they do not fit together. How often it was written. */
  'store.look': { input: nothing, output: z.object({ writings: z.number().int().min(0) }) },
  /** How often the open IndexedDB was ever written; kept beside the journal, so that one that knows less than before is noticed. */
  'store.counted': { input: z.object({ writings: z.number().int().min(0) }), output: nothing },

  ...packageRequests,

  /** Push whatever is pending now, without waiting for the timer. */
  'carrier.push': { input: nothing, output: nothing },
  'carrier.state': {
    input: nothing,
    output: z.object({
      online: z.boolean(),
      since: z.string(),
      pending: z.number().int(),
      problem: z.string().optional(),
      busyUntil: z.string().optional(),
    }),
  },

  ...attachmentsBridge,

  'disk.room': { input: nothing, output: roomState },

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
  'window.ready': { input: z.object({ screen: z.string().regex(/^[a-z-]{1,20}$/) }), output: nothing },
} as const;

/** What the main process itself answers to `/api/…` where it has no answer of the district: who stood in between, or why not. */
export const carriedError = z.object({
  error: z.enum([
    'unknown',
    'locked',
    'unreachable',
    'not-the-district',
    'other-district',
    'too-large',
    /** A file begins behind what this computer has. */
    'stale-file',
  ]),
});
/** Header of an answer that came in a file: its serial. */
export const FILED = 'x-linli-filed';
export type CarriedError = z.infer<typeof carriedError>['error'];

export type UploadState = z.infer<typeof uploadState>;
export type Bridge = typeof bridge;
export type BridgeName = keyof Bridge;
export type BridgeInput<N extends BridgeName> = z.infer<Bridge[N]['input']>;
export type BridgeOutput<N extends BridgeName> = z.infer<Bridge[N]['output']>;

/** What the preload script puts on `window.linli`. */
export interface BridgeClient {
  readonly ask: <N extends BridgeName>(
    name: N,
    ...input: BridgeInput<N> extends undefined ? [] : [BridgeInput<N>]
  ) => Promise<BridgeOutput<N>>;
  readonly listen: (listener: (event: BridgeEvent) => void) => () => void;
}
