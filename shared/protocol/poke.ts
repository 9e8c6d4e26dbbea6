/**
 * What comes with a poke of GET /api/events: something up to this sequence may be worth a turn, unless one has reached it. A desk's own push
 * and its pull of the same moment make pokes, too.
 */
import { z } from 'zod';
import { sequence } from './words.ts';

export const pokeData = z.object({
  head: sequence,
  /** Without it nobody can say that he was there. */
  epoch: z.string().max(64).optional(),
});
export type Poke = z.infer<typeof pokeData>;

/** @param reached by the last turn; undefined where it did not reach its end */
export const isNews = (told: Poke, reached: Poke | undefined): boolean =>
  told.epoch === undefined || told.epoch !== reached?.epoch || told.head > reached.head;

/** The one that still has to be heard; of two in one epoch the further. */
export const furtherOf = (one: Poke | undefined, other: Poke): Poke =>
  one && one.epoch === other.epoch && one.head > other.head ? one : other;
