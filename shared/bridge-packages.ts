/** What the window may ask of the main process about sync without a network (bridge.ts, which it is a part of). */
import { z } from 'zod';
import { pullRequest } from './protocol/messages.ts';

const count = z.number().int();
const nothing = z.undefined();

/** Why an answer file was not taken; each has a sentence in the window's texts. */
const answerRefusal = z.enum([
  'not-an-answer',
  /** A package of a desk, perhaps the one that was just saved. */
  'a-package',
  'truncated',
  'tampered',
  'other-computer',
  'other-district',
  /** A newer one was taken before. */
  'overtaken',
  /** This very one was taken before. */
  'again',
]);
export type AnswerRefusal = z.infer<typeof answerRefusal>;

/** How far a window has come: what its next question to the district begins from. */
const reached = pullRequest.pick({ epoch: true, cursors: true });
export type Reached = z.infer<typeof reached>;

const takenAnswer = z.object({
  /** Of the package that it answers. */
  number: count,
  confirmed: count,
  refused: count,
  held: count,
  /** Something is there for whoever is in. */
  forMe: z.boolean(),
  /** Names of colleagues whose part waits until they unlock. */
  others: z.array(z.string()),
  quarantined: z.boolean(),
  /** The district misses a part of this computer's chain; the next package brings it. */
  isMissing: z.boolean(),
});
export type TakenAnswer = z.infer<typeof takenAnswer>;

export const packageRequests = {
  /** What has gone out and come back as files, and what would go out now. */
  'packages.state': {
    input: nothing,
    output: z.object({
      /** Entries that a package of now would hold, of so many people. */
      entries: count,
      people: count,
      exported: z
        .object({ number: count, at: z.string(), entries: count, isAnswered: z.boolean() })
        .optional(),
      /** `made` by the district's clock, `at` by this computer's. */
      answered: z.object({ number: count, at: z.string(), made: z.string() }).optional(),
    }),
  },
  /** Asks where and writes a package; `saved` is missing where the person cancelled. */
  'packages.save': {
    input: reached,
    output: z.object({ saved: z.string().optional(), number: count.optional() }),
  },
  /** Picks an answer and takes it in; undefined where the person cancelled. */
  'packages.read': {
    input: nothing,
    output: z
      .discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), value: takenAnswer }),
        z.object({ ok: z.literal(false), error: answerRefusal }),
      ])
      .optional(),
  },
  /** The window has taken what an answer held for its person, or cannot; nothing of it is given again. */
  'packages.taken': { input: reached.extend({ serial: count }), output: nothing },
} as const;
