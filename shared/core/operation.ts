/**
 * A command that was decided. Immutable; its id is its idempotency key. It names records, never scopes: a creation names the area
 * where the record is at home, and the class follows from the entity.
 */
import { z } from 'zod';
import { isId } from './id.ts';

const id = z.string().max(64);
const areaCode = z.string().regex(/^\d{6,12}$/);
const operationId = id.refine((value) => isId(value, 'operation'), 'malformed');
// No underscore, so `__proto__` can never be a field's name.
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/);
const value = z.unknown().refine((given) => !isDeeperThan(given, 16), 'malformed');
const named = z.record(fieldName, value);
const namedLists = z.record(fieldName, z.array(value).max(200));

/** Checks and comparisons walk into values by calling themselves: a value of a thousand levels must not reach them. */
function isDeeperThan(given: unknown, levels: number): boolean {
  if (typeof given !== 'object' || given === null) return false;
  return levels === 0 || Object.values(given).some((inner) => isDeeperThan(inner, levels - 1));
}

export const basisSchema = z.object({ epoch: z.string().max(64), seq: z.number().int().min(0) });

export const operationSchema = z.object({
  /** Version of this form of an operation. */
  v: z.literal(1),
  id: operationId,
  kind: z.enum([
    'create',
    'change',
    'advance',
    'withdraw',
    'restore',
    'share',
    'unshare',
    'move',
    'merge',
    'unmerge',
    'distinguish',
    'accept',
    'decline',
  ]),
  entity: z.string().max(64),
  /** Version of the entity's shape that the values have. */
  version: z.number().int().min(1),
  record: id,
  author: id,
  device: id,
  /** The author's time, corrected by the last known offset of the district's clock: `2026-11-23T01:00:00.000Z`. */
  at: z.iso.datetime(),
  basis: basisSchema,
  /** Earlier operations that this one was built on and that its basis does not contain. */
  after: z.array(operationId).max(1000),
  /** At a creation and at a move: code of the home area. */
  area: areaCode.optional(),
  /** Only at a share and when it is taken back: one person, or everybody of an area who reads the record's class there. */
  with: z.union([z.object({ person: id }).strict(), z.object({ area: areaCode }).strict()]).optional(),
  /** Only where something is said of two records: the one that survives a merge, or the one that this is not the same as. */
  other: id.optional(),
  /** Values written; null clears. */
  set: named.optional(),
  /** What the author saw before writing, for `ask` fields; at a merge, what both records said alike. */
  was: named.optional(),
  /** Members that joined or left a set, by field; references leave by their id. */
  add: namedLists.optional(),
  remove: namedLists.optional(),
  /** New entries of logs, by field. */
  append: namedLists.optional(),
  /** Only at an advance: the stage that it leaves and the one that it enters. */
  from: z.string().max(64).optional(),
  to: z.string().max(64).optional(),
  /** Fields whose conflict the author settled with this writing. */
  settles: z.array(z.string().max(64)).max(100).optional(),
  /** Operations that hold or fall together. */
  group: z.object({ id, size: z.number().int().min(2).max(200) }).optional(),
  /** The refused operation that this one was made from. */
  corrects: operationId.optional(),
  /** Its author hands it to whoever reviews: nothing of it takes effect before. */
  handed: z.literal(true).optional(),
  /** Only at accept and decline: the held operation that is decided on, then those that hold or fall with it, as far as they were seen. */
  reviews: z.array(operationId).min(1).max(200).optional(),
  /** Only at a decline: why, for its author. */
  words: z.string().max(1000).optional(),
});

export type Operation = z.infer<typeof operationSchema>;
export type SharedWith = NonNullable<Operation['with']>;
export type Basis = z.infer<typeof basisSchema>;
