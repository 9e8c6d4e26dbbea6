/**
 * From a sealed entry to a submission. Its link was verified before (`verify-links.ts`): the author has signed this id and this
 * commitment on this device. What turns out not to be what they committed to, or cannot be opened, is refused in its place of the
 * chain, so that nobody else's work waits behind it; a sealed author who is not the one who signed is a forgery.
 */
import { operationSchema } from '../../shared/core/operation.ts';
import type { Problem } from '../../shared/core/problem.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import {
  COMMITMENT_INFO,
  MAX_OPERATION_BYTES,
  SALT_BYTES,
  type Envelope,
} from '../../shared/protocol/envelope.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import { parseJson } from '../parse-json.ts';
import { readReceipt } from './receipt.ts';
import { digestOf, type Submission } from './submission.ts';

/** Opens what was sealed to the district, `salt ‖ JSON`; undefined where key, binding or text do not fit. */
export type OpenEnvelope = (envelope: Envelope) => Promise<Uint8Array | undefined>;

export interface OpeningGiven {
  readonly open: OpenEnvelope;
  readonly hash: (content: Uint8Array | string) => string;
  readonly mac: (text: string) => string;
  readonly device: { readonly id: string; readonly revoked: boolean };
}

export async function openSubmission(entry: PushEntry, given: OpeningGiven): Promise<Submission | 'forged'> {
  const submission = await readEntry(entry, given);
  if (submission === 'forged' || entry.earlier === undefined) return submission;
  return { ...submission, earlier: readReceipt(entry.earlier, submission, given.mac) };
}

async function readEntry(
  entry: PushEntry,
  { open, hash, device }: OpeningGiven,
): Promise<Submission | 'forged'> {
  const { envelope, link, settled } = entry;
  const opened = await open(envelope);
  const text = contentOf(opened, envelope, hash);
  const salt = text === undefined || !opened ? null : saltOf(opened);
  const place = {
    id: envelope.id,
    author: envelope.author,
    device: device.id,
    link: { ...link, salt, entry: JSON.stringify(entry) },
    ...(settled && { settled: true }),
    ...(device.revoked && { revoked: true }),
  };
  if (text === undefined) {
    const content = { kind: 'refused', reason: { code: 'damaged' } } as const;
    return { ...place, digest: digestOf(envelope.content), text: '', content };
  }
  const content = readOperation(text);
  if (content.kind === 'operation') {
    const { id, author, device: by } = content.operation;
    if (author !== envelope.author) return 'forged';
    if (id !== envelope.id || by !== device.id) {
      const refused = { kind: 'refused', reason: { code: 'damaged' } } as const;
      return { ...place, digest: digestOf(text), text, content: refused };
    }
  }
  return { ...place, digest: digestOf(text), text, content };
}

/** The JSON, if it is what the envelope commits to. */
function contentOf(
  opened: Uint8Array | undefined,
  { commitment }: Envelope,
  hash: OpeningGiven['hash'],
): string | undefined {
  if (!opened || opened.length > SALT_BYTES + MAX_OPERATION_BYTES) return undefined;
  const [salt, json] = [opened.subarray(0, SALT_BYTES), opened.subarray(SALT_BYTES)];
  return commitmentOf(salt, json, hash) === commitment ? decode(json) : undefined;
}

const saltOf = (opened: Uint8Array): string => Buffer.from(opened.subarray(0, SALT_BYTES)).toString('base64');

/** What a chain holds of a content (shared/protocol/envelope.ts). */
export const commitmentOf = (
  salt: Uint8Array,
  json: Uint8Array | string,
  hash: OpeningGiven['hash'],
): string => hash(Buffer.concat([Buffer.from(COMMITMENT_INFO), salt, Buffer.from(hash(json), 'base64url')]));

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
