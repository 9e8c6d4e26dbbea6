import { sql, type RawBuilder } from 'kysely';

/** One array parameter, however many values: the statement stays the same, and so does its plan. */
export const anyOf = (
  column: 'id' | 'record' | 'device' | 'scope' | 'signed_by',
  values: readonly string[],
): RawBuilder<boolean> => sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`;

/** Of none there is none: that is not asked. */
export const ofAny = async <T>(
  values: readonly unknown[],
  ask: () => Promise<readonly T[]>,
): Promise<readonly T[]> => (values.length === 0 ? [] : ask());
