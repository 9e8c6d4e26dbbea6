/** The attachments of an operation and of a record, whatever its entity: what must be durable before it, and what may be fetched. */
import type { AnyEntity } from '../entity.ts';
import type { Attachment } from '../field/attachments.ts';
import type { Values } from '../field/base.ts';
import type { Fields } from '../field/field.ts';
import type { Operation } from '../operation.ts';
import { own } from '../own.ts';

const fieldsOf = (entity: AnyEntity): readonly string[] =>
  Object.entries(entity.fields as Fields).flatMap(([name, { kind }]) =>
    kind === 'attachments' ? [name] : [],
  );

/** @returns those that the operation adds; whatever does not look like one is left to the check */
export const attachmentsAdded = (entity: AnyEntity, { add }: Pick<Operation, 'add'>): readonly Attachment[] =>
  fieldsOf(entity).flatMap((name) => listIn(own(add ?? {}, name)));

export const attachmentsOf = (entity: AnyEntity, values: Values): readonly Attachment[] =>
  fieldsOf(entity).flatMap((name) => listIn(own(values, name)));

/** What is held was checked by nobody yet, and its file's name becomes a key. */
function listIn(value: unknown): readonly Attachment[] {
  if (!Array.isArray(value)) return [];
  return (value as (Partial<Attachment> | null)[]).filter(
    (one): one is Attachment =>
      isHash(one?.file) &&
      Number.isInteger(one?.size) &&
      Number(one?.size) > 0 &&
      Number(one?.size) <= MOST_EVER,
  );
}

const MOST_EVER = 256 * 1024 * 1024;
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value);
