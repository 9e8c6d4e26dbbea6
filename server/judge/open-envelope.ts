/**
 * From a sealed entry to a submission. The envelope binds id and device; the token binds the device; the enrolment binds the author
 * to the device. Whatever does not agree with all three is nobody's operation.
 *
 * A text that cannot be opened gets its answer but leaves no trace in the ledger: otherwise junk under somebody's id would stand in
 * the way of the real one.
 */
import { operationSchema } from '../../shared/core/operation.ts';
import type { Problem } from '../../shared/core/problem.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import { MAX_OPERATION_BYTES, type Envelope } from '../../shared/protocol/envelope.ts';
import { parseJson } from '../parse-json.ts';
import { digestOf, type Submission } from './submission.ts';

/** Opens what was sealed to the district; undefined where key, binding or text do not fit. */
export type OpenEnvelope = (envelope: Envelope) => Promise<Uint8Array | undefined>;

export interface OpeningGiven {
  readonly open: OpenEnvelope;
  readonly device: string;
  /** People enrolled on the device. */
  readonly people: ReadonlySet<string>;
}

export async function openSubmission(
  envelope: Envelope,
  given: OpeningGiven,
): Promise<Result<Submission, Refusal>> {
  const bytes = envelope.device === given.device ? await given.open(envelope) : undefined;
  if (!bytes || bytes.length > MAX_OPERATION_BYTES) return refuse({ code: 'damaged' });
  const text = decode(bytes);
  if (text === undefined) return refuse({ code: 'damaged' });
  const read = readOperation(text);
  const author = read.kind === 'operation' ? read.operation.author : envelope.author;
  if (!given.people.has(author)) return refuse({ code: 'access' });
  if (
    read.kind === 'operation' &&
    (read.operation.id !== envelope.id || read.operation.device !== given.device)
  ) {
    return refuse({ code: 'damaged' });
  }
  return ok({ id: envelope.id, author, device: given.device, digest: digestOf(bytes), text, content: read });
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function readOperation(text: string): Submission['content'] {
  const json = parseJson(text);
  if (!json.ok) return { kind: 'refused', reason: malformed([]) };
  const form = (json.value as { v?: unknown } | null)?.v;
  if (typeof form === 'number' && form > 1) return { kind: 'held', reason: { code: 'newerVersion' } };
  const parsed = operationSchema.safeParse(json.value);
  if (parsed.success) return { kind: 'operation', operation: parsed.data };
  return { kind: 'refused', reason: malformed(parsed.error.issues.map(({ path }) => path.join('.'))) };
}

const malformed = (fields: readonly string[]): Refusal => ({
  code: 'schema',
  problems: [...new Set(fields.length > 0 ? fields : [''])]
    .slice(0, 20)
    .map((field): Problem => ({ code: 'malformed', field })),
});
