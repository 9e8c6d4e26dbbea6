import { z } from 'zod';
import { fileTypes, type FileType } from '../attachment/file-type.ts';
import { isTidyFileName } from '../attachment/file-name.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

/**
 * A photograph or a scan that belongs to a record. The value is what everybody reads at once, also without the file: its name, its
 * size, a small picture. The content travels and lies apart from the record, as a sealed file that only `key` opens: whoever may
 * read the record may open the file, and nobody else.
 */
export interface Attachment {
  /** SHA-256 of the content, base64url: the same photograph twice is one member of the set. */
  readonly id: string;
  readonly name: string;
  readonly type: FileType;
  /** Bytes of the content. */
  readonly size: number;
  /** SHA-256 of the sealed file, base64url: its address on every disk and on the line. It says nothing of the content. */
  readonly file: string;
  /** AES-256, of this file alone, base64url. */
  readonly key: string;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** A small JPEG, base64; there for every reader without the file. */
  readonly thumbnail?: string | undefined;
}

export interface AttachmentsField extends FieldBase<readonly Attachment[]> {
  readonly kind: 'attachments';
  readonly accept: readonly FileType[];
  /** Of one file's content. */
  readonly mostBytes: number;
  readonly max: number;
}

interface AttachmentsOptions extends Omit<FieldOptions, 'merge'> {
  readonly accept?: readonly FileType[];
  readonly mostBytes?: number;
  readonly max?: number;
}

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 20 * MEGABYTE;
/** Characters of base64; 4 KiB of JPEG, which 160 pixels need. */
const LARGEST_THUMBNAIL = 5464;
/** New ones in one operation: with their small pictures they stay far below the 256 KiB that an operation may have. */
export const MOST_AT_ONCE = 20;

const ALL_TYPES = Object.keys(fileTypes) as readonly FileType[];
const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/, problemMessage('malformed'));
const pixels = z.number().int().min(1).max(30_000);

const attachmentSchema = (accept: readonly FileType[], mostBytes: number): z.ZodType<Attachment> =>
  z.object({
    id: hash,
    name: z.string().refine(isTidyFileName, problemMessage('malformed')),
    type: z
      .enum(ALL_TYPES as [FileType, ...FileType[]], { error: problemMessage('fileType') })
      .refine((type) => accept.includes(type), problemMessage('fileType')),
    size: z
      .number()
      .int()
      .min(1, problemMessage('malformed'))
      .max(mostBytes, problemMessage('fileTooLarge', { max: Math.floor(mostBytes / MEGABYTE) })),
    file: hash,
    key: hash,
    width: pixels.optional(),
    height: pixels.optional(),
    // What a JPEG's first bytes are in base64; pages hand it to the picture decoder as that and as nothing else.
    thumbnail: z
      .string()
      .max(LARGEST_THUMBNAIL, problemMessage('malformed'))
      .regex(/^\/9j\/[A-Za-z0-9+/]+={0,2}$/, problemMessage('malformed'))
      .optional(),
  });

/** A set, merged by content: two people who add different photographs both keep theirs. */
export function attachments(label: Label, options: AttachmentsOptions = {}): AttachmentsField {
  const { accept = ALL_TYPES, mostBytes = MOST_BYTES, max = MOST_AT_ONCE, ...rest } = options;
  const schema = z
    .array(attachmentSchema(accept, mostBytes))
    .max(max, problemMessage('tooMany', { max }))
    .refine(
      (values) => new Set(values.map(({ id }) => id)).size === values.length,
      problemMessage('sameTwice'),
    );
  return {
    kind: 'attachments',
    label,
    accept,
    mostBytes,
    max,
    ...fieldOptions(rest),
    merge: 'union',
    schema,
  };
}

/** What leaves a set travels without its picture: nobody looks at it again. */
export const withoutThumbnail = ({ thumbnail: _small, ...rest }: Attachment): Attachment => rest;
