/** A record as everybody holds it: values, who wrote them last, and what is unsettled. Derivable from the operations alone. */
import { z } from 'zod';
import { own } from './own.ts';

/** What a later build has added stays in the record as it passes through (architecture.md law 8). */
const whole = <S extends z.ZodObject>(schema: S): S => schema.loose() as unknown as S;

/** Who wrote a value last. `seq` is null while the operation is only pending on this computer. */
const writerSchema = whole(
  z.object({
    by: z.string(),
    at: z.string(),
    seq: z.number().int().nullable(),
    operation: z.string(),
  }),
);

const rivalSchema = whole(z.object({ value: z.unknown(), writer: writerSchema }));

/** A field written by several people who did not see each other: the value in force stands in `values`, the others here. */
const conflictSchema = whole(
  z.object({
    /** The value that the latest writer had before their eyes. */
    base: z.unknown(),
    rivals: z.array(rivalSchema),
  }),
);

export const recordSchema = whole(
  z.object({
    id: z.string(),
    entity: z.string(),
    /** Version of the shape that `values` have. */
    version: z.number().int(),
    area: z.string(),
    /** Name of the home scope. */
    scope: z.string(),
    /** Names of the scopes that it is shared into. */
    shares: z.array(z.string()).optional(),
    /** Sequence of the last operation that touched it; 0 while the creation is pending. */
    seq: z.number().int(),
    values: z.record(z.string(), z.unknown()),
    created: writerSchema,
    /** Only for fields written after the creation. */
    writers: z.record(z.string(), writerSchema),
    conflicts: z.record(z.string(), conflictSchema).optional(),
    withdrawn: writerSchema.optional(),
    /** The record that stands for this one. What was here stays here, and comes back when the merge is undone. */
    merged: writerSchema.extend({ into: z.string() }).optional(),
    /** Records that this one stands for, nearer and farther ones. */
    absorbed: z.array(z.string()).optional(),
    /** Records that somebody has looked at and found to be others. */
    distinct: z.array(z.string()).optional(),
  }),
);

export type Writer = z.infer<typeof writerSchema>;
export type Conflict = z.infer<typeof conflictSchema>;
export type RecordState = z.infer<typeof recordSchema>;

export const lastWriter = (record: RecordState, field: string): Writer =>
  own(record.writers, field) ?? record.created;
