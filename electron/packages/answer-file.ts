/**
 * An answer as it lies on disk: found whole, signed by the pinned district and meant for this very computer before a single part of it
 * is looked at. Then its parts are read one by one, wherever they lie; memory never holds the file.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { AnswerRefusal } from '../../shared/bridge-packages.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { linesIn, type Chunks } from '../../shared/protocol/lines.ts';
import { answerHead, answerPart, MOST_ANSWER_LINE, type AnswerHead } from '../../shared/protocol/package.ts';
import { packageAnswerText } from '../../shared/protocol/signing.ts';
import { jsonOf, type DistrictContact } from '../district.ts';
import { isSignedBy } from '../native/signing.ts';

interface Place {
  readonly offset: number;
  readonly length: number;
}

export interface AnswerFile {
  readonly head: AnswerHead;
  /** Sealed boxes, by what they are for. */
  readonly device: () => Promise<string>;
  readonly people: readonly string[];
  /** Without a page: what comes before the pages. */
  readonly first: (person: string) => Promise<string | undefined>;
  readonly page: (person: string, page: number) => Promise<string | undefined>;
}

type Contact = Pick<DistrictContact, 'district' | 'device' | 'signingKey'>;

export async function openAnswer(path: string, contact: Contact): Promise<Result<AnswerFile, AnswerRefusal>> {
  const read = await readAnswer(createReadStream(path), contact);
  if (!read.ok) return read;
  const { head, parts } = read.value;
  const [device] = parts;
  if (!device) return refuse('not-an-answer');
  const boxAt = async (place: Place | undefined): Promise<string | undefined> => {
    if (!place) return undefined;
    const part = answerPart.parse(jsonOf(await bytesAt(path, place)));
    return part.part === 'end' ? undefined : part.sealed;
  };
  const ofPerson = new Map<string, Place[]>();
  for (const { person, ...place } of parts.slice(1))
    if (person !== undefined) ofPerson.set(person, [...(ofPerson.get(person) ?? []), place]);
  return ok({
    head,
    device: async () => (await boxAt(device)) ?? '',
    people: [...ofPerson.keys()],
    first: (person) => boxAt(ofPerson.get(person)?.[0]),
    page: (person, page) => boxAt(ofPerson.get(person)?.[page + 1]),
  });
}

interface ReadParts {
  readonly head: AnswerHead;
  readonly parts: readonly (Place & { readonly person?: string })[];
}

async function readAnswer(
  chunks: Chunks,
  { district, device, signingKey }: Contact,
): Promise<Result<ReadParts, AnswerRefusal>> {
  const hash = createHash('sha256');
  const parts: (Place & { person?: string })[] = [];
  let head: AnswerHead | undefined;
  let signature: string | undefined;
  let offset = 0;
  for await (const line of linesIn(chunks, MOST_ANSWER_LINE)) {
    if (line === 'too-long' || signature !== undefined) return refuse('not-an-answer');
    const { length } = line.bytes;
    const json = jsonOf(line.bytes);
    if (!head) {
      head = answerHead.safeParse(json).data;
      if (!head)
        return refuse(
          (json as { kind?: unknown } | undefined)?.kind === 'linli-package' ? 'a-package' : 'not-an-answer',
        );
      // Before its signature: it may be right for another computer, and that is what people need to read.
      if (head.district !== district) return refuse('other-district');
      if (head.device !== device) return refuse('other-computer');
    } else if (line.isWhole) {
      const part = answerPart.safeParse(json).data;
      if (!part) return refuse('tampered');
      if (part.part === 'end') signature = part.signature;
      else parts.push({ offset, length, ...(part.part === 'person' && { person: part.person }) });
    } else return refuse('truncated');
    if (signature === undefined) hash.update(line.bytes).update('\n');
    offset += length + 1;
  }
  if (!head) return refuse('not-an-answer');
  if (signature === undefined) return refuse('truncated');
  return isSignedBy(signingKey, packageAnswerText(hash.digest('base64url')), signature)
    ? ok({ head, parts })
    : refuse('tampered');
}

async function bytesAt(path: string, { offset, length }: Place): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, offset);
    return bytes;
  } finally {
    await file.close();
  }
}
