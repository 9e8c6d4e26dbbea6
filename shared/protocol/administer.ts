/**
 * POST /api/administer: what an administrator may ask of the district, name → { input, output }. The app's pages send it as a person
 * whose role administers; the district's command line sends the very same from beside the server. Every command is judged against the
 * area of the administrator's grant: nobody gives out a right, touches an account or reads about a device beyond it.
 */
import { z } from 'zod';
import { enrolmentAnswerFile, enrolmentRequestFile } from './enrolment.ts';
import { trailResponse } from './trail.ts';

const id = z.string().max(64);
const name = z.string().trim().min(1).max(60);
const grant = z.object({ role: z.string().max(40), area: z.string().regex(/^\d{6,12}$/) });
const grants = z.array(grant).min(1).max(50);
const instant = z.string().max(40);
const nothing = z.object({});
export const done = z.object({ done: z.literal(true) });

export const administration = {
  'people.list': {
    input: nothing,
    output: z.object({
      people: z.array(
        z.object({
          id,
          name: z.string(),
          grants: z.array(grant),
          disabled: z.boolean(),
          hasPassword: z.boolean(),
        }),
      ),
    }),
  },
  /** Makes the account, and its visible side in the directory. An id of one's choice is taken from beside the server only. */
  'person.add': { input: z.object({ name, grants, id: id.optional() }), output: z.object({ person: id }) },
  'person.grants': { input: z.object({ person: id, grants }), output: done },
  'person.disable': { input: z.object({ person: id }), output: done },
  'person.enable': { input: z.object({ person: id }), output: done },
  /** Takes the password away; the person sets another one. */
  'person.clearPassword': { input: z.object({ person: id }), output: done },
  /** With a device: brings somebody back who has lost the way in there. */
  'code.issue': {
    input: z.object({ person: id, device: id.optional() }),
    output: z.object({ code: z.string(), expiresAt: instant }),
  },
  /** The answer to a request file, for a network that never meets the district's. */
  'enrolment.answer': {
    input: z.object({ person: id, request: enrolmentRequestFile, device: id.optional() }),
    output: z.object({ file: enrolmentAnswerFile }),
  },
  'devices.list': {
    input: nothing,
    output: z.object({
      devices: z.array(
        z.object({
          id,
          label: z.string(),
          people: z.array(z.object({ id, name: z.string() })),
          seenAt: instant.nullable(),
          app: z.string().nullable(),
          pending: z.number().int().nullable(),
          revoked: z.boolean(),
          quarantined: z.boolean(),
        }),
      ),
    }),
  },
  'device.revoke': { input: z.object({ device: id }), output: done },
  /** After a cloned disk or a restored image was looked into: the district goes on from the end of the chain that it knows. */
  'device.release': { input: z.object({ device: id }), output: done },
  /** What waits and why; no contents: the administrator does not read casework. */
  'held.list': {
    input: nothing,
    output: z.object({
      held: z.array(
        z.object({
          operation: id,
          author: z.object({ id, name: z.string() }),
          device: z.string(),
          entity: z.string(),
          code: z.string(),
          rule: z.string().nullable(),
          receivedAt: instant,
        }),
      ),
    }),
  },
  /** Records of before a restoration that desks still had and no journal has brought back; no contents. */
  'recovered.list': {
    input: nothing,
    output: z.object({
      recovered: z.array(
        z.object({
          record: id,
          entity: z.string(),
          area: z.string(),
          /** Who wrote into it last, and when. */
          author: z.object({ id, name: z.string() }),
          at: instant,
          /** On whose computer it was. */
          broughtBy: z.object({ id, name: z.string() }),
          device: z.string(),
          /** The district has nothing of it; otherwise something that was written into it is lacking. */
          isWhole: z.boolean(),
        }),
      ),
    }),
  },
  /** It is a record like any other from then on. */
  'recovered.approve': { input: z.object({ record: id }), output: done },
  'notices.list': {
    input: nothing,
    output: z.object({
      notices: z.array(
        z.object({ at: instant, code: z.string(), device: z.string().nullable(), person: id.nullable() }),
      ),
    }),
  },
  /** The whole ledger against the signatures of its authors and against the district's daily heads. */
  'trail.check': { input: nothing, output: trailResponse },
  'backup.state': {
    input: nothing,
    output: z.object({ head: z.number().int(), durable: z.number().int(), at: instant.nullable() }),
  },
} as const;

export type Administration = typeof administration;
export type AdministrationName = keyof Administration;
export type AdministrationInput<N extends AdministrationName> = z.infer<Administration[N]['input']>;
export type AdministrationOutput<N extends AdministrationName> = z.infer<Administration[N]['output']>;

export const administerRequest = z.object({
  name: z.enum(Object.keys(administration) as [AdministrationName, ...AdministrationName[]]),
  input: z.unknown(),
});
/** Why a command was not carried out; each has a sentence in the window's texts. */
export const administerRefusal = z.enum([
  'unknown-person',
  'unknown-device',
  'outside-area',
  'unknown-role',
  'malformed',
  'last-administrator',
  'directory-refused',
]);
export const administerRefused = z.object({ ok: z.literal(false), error: administerRefusal });
export const administerResponse = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  administerRefused,
]);
export type AdministerRefusal = z.infer<typeof administerRefusal>;
