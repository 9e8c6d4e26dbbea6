/**
 * What a backup holds, line by line: who it is of, the district's private keys, every table with its rows, and at the end how many there
 * were and the hash of all before. Whoever reads it to its end has the whole of it, or hears that they have not.
 */
import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import { z } from 'zod';
import { opened, Unreadable } from './sealed-file.ts';
import type { Table } from './table-rows.ts';

const aboutSchema = z.object({
  format: z.literal(1),
  district: z.string(),
  name: z.string(),
  epoch: z.string(),
  /** Everything up to here is in it. */
  seq: z.number().int().min(0),
  at: z.iso.datetime(),
  migrations: z.array(z.string()),
});
export type About = z.infer<typeof aboutSchema>;

const keysSchema = z.record(z.string().regex(/^[a-z-]{1,40}\.pem$/), z.string().max(4000));
/** Files of `keys/` by their names. */
export type KeyFiles = z.infer<typeof keysSchema>;

const tableSchema = z.object({ name: z.string(), columns: z.array(z.string()) });
const endSchema = z.object({ rows: z.number().int(), hash: z.string() });

export type Part =
  | { readonly kind: 'about'; readonly about: About }
  | { readonly kind: 'keys'; readonly keys: KeyFiles }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'rows'; readonly rows: readonly string[] };

const LETTERS = { about: 'A', keys: 'K', table: 'T' } as const;
const MOST_ROWS = 500;

/** For `pipeline`. */
export async function* linesOf(parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const part of parts) {
    let text: string;
    if (part.kind === 'rows') {
      rows += part.rows.length;
      text = part.rows.map((row) => `R${row}\n`).join('');
    } else if (part.kind === 'about') text = `${LETTERS.about}${JSON.stringify(part.about)}\n`;
    else if (part.kind === 'keys') text = `${LETTERS.keys}${JSON.stringify(part.keys)}\n`;
    else text = `${LETTERS.table}${JSON.stringify(part.table)}\n`;
    const bytes = Buffer.from(text);
    hash.update(bytes);
    yield bytes;
  }
  yield Buffer.from(`E${JSON.stringify({ rows, hash: hash.digest('base64url') })}\n`);
}

/** @throws Unreadable where anything of it is missing or not what was written */
export async function* partsIn(path: string, key: Uint8Array): AsyncGenerator<Part> {
  const hash = createHash('sha256');
  let rows: string[] = [];
  let count = 0;
  let isEnded = false;
  for await (const line of linesIn(path, key)) {
    if (isEnded) throw new Unreadable('something behind the end');
    const letter = String.fromCharCode(line[0] ?? 0);
    const text = line.toString('utf8', 1);
    if (letter !== 'R' && rows.length > 0) {
      yield { kind: 'rows', rows };
      rows = [];
    }
    if (letter === 'E') {
      const end = parse(endSchema, text);
      if (end.rows !== count || end.hash !== hash.digest('base64url')) throw new Unreadable('not whole');
      isEnded = true;
      continue;
    }
    hash.update(line).update('\n');
    if (letter === 'R') {
      count += 1;
      if (rows.push(text) < MOST_ROWS) continue;
      yield { kind: 'rows', rows };
      rows = [];
    } else if (letter === LETTERS.about) yield { kind: 'about', about: parse(aboutSchema, text) };
    else if (letter === LETTERS.keys) yield { kind: 'keys', keys: parse(keysSchema, text) };
    else if (letter === LETTERS.table) yield { kind: 'table', table: parse(tableSchema, text) };
    else throw new Unreadable('an unknown line');
  }
  if (!isEnded) throw new Unreadable('cut off');
}

async function* linesIn(path: string, key: Uint8Array): AsyncGenerator<Buffer> {
  const unpacked = new PassThrough({ highWaterMark: 1024 * 1024 });
  let failure: unknown;
  void pipeline(Readable.from(opened(path, key)), createGunzip(), unpacked).catch((why: unknown) => {
    failure = why;
  });
  let rest = Buffer.alloc(0);
  try {
    for await (const bytes of unpacked as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, bytes]);
      let from = 0;
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a, from)) {
        yield rest.subarray(from, end);
        from = end + 1;
      }
      rest = rest.subarray(from);
    }
  } catch (why) {
    throw reasonOf(failure ?? why);
  }
  if (rest.length > 0) throw new Unreadable('cut off');
}

/** A disk that does not read is another thing than a file that cannot be read. */
const reasonOf = (why: unknown): Error =>
  why instanceof Error && (why instanceof Unreadable || 'syscall' in why)
    ? why
    : new Unreadable('not packed as it was');

function parse<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Unreadable('not understood');
  }
}
