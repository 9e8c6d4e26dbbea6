/**
 * An operation of this computer as the store keeps it: the envelope, sealed as it lies in the journal, its place in the device's chain,
 * and what has come of it since. Whose it is stands on the envelope; whoever has a key for it opens it.
 */
import { z } from 'zod';
import { envelopeSchema } from '../../../shared/protocol/envelope.ts';
import { linkSchema } from '../../../shared/protocol/link.ts';
import { verdictSchema } from '../../../shared/protocol/messages.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { checksum } from './checksum.ts';
import type { Row } from './database.ts';
import { jsonIn } from './json-in.ts';

const keptSchema = z.object({
  envelope: envelopeSchema,
  link: linkSchema,
  verdict: verdictSchema.optional(),
  /** When the verdict became durable in the journal. */
  judgedAt: z.string().optional(),
  /** The operations that it was sent again as; empty where its author has set it aside. */
  resolved: z.array(z.string()).optional(),
});

type KeptText = z.infer<typeof keptSchema>;
export type Kept = KeptText & { readonly number: number; readonly operation: Operation };

/** The envelope is sealed and verdicts carry no values (sync.md S10); the checksum notices what no seal covers. */
export function keptRow({ number, operation, ...kept }: Kept): Row {
  const row = { key: operation.id, version: number, scope: kept.envelope.author, record: operation.record };
  const text = JSON.stringify(kept);
  return { ...row, bytes: new TextEncoder().encode(`${checkOf(row, text)} ${text}`) };
}

/** @returns undefined where the row is damaged */
export function keptIn(row: Row): Omit<Kept, 'operation'> | undefined {
  const [check, text] = halves(new TextDecoder().decode(row.bytes));
  if (check !== String(checkOf(row, text))) return undefined;
  const parsed = keptSchema.safeParse(jsonIn(text));
  return parsed.success ? { ...parsed.data, number: row.version } : undefined;
}

const checkOf = ({ key, version, scope, record = '' }: Omit<Row, 'bytes'>, text: string): number =>
  checksum([key, String(version), scope, record, text].join('|'));

function halves(text: string): readonly [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, Math.max(0, space)), text.slice(space + 1)];
}
