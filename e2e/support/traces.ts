/**
 * Looks for words in everything that lies under some folders, as a thief with a disk would: in the bytes of every file as UTF-8 and as
 * UTF-16 in both orders (IndexedDB writes its keys the other way round), and in what LevelDB has compressed or cut.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentsOf } from './leveldb.ts';

export interface Traces {
  /** Files that were read; nothing is proven by an empty folder. */
  readonly files: number;
  /** Unpacked pieces of LevelDB that were read. */
  readonly pieces: number;
  /** `what in file`. */
  readonly found: readonly string[];
}

export type Sought = readonly (readonly [what: string, spellings: readonly Buffer[]])[];

export const spellings = (text: string): readonly Buffer[] => {
  const sixteen = Buffer.from(text, 'utf16le');
  return [Buffer.from(text, 'utf8'), sixteen, Buffer.from(sixteen).swap16()];
};

export const sought = (words: Readonly<Record<string, string>>): Sought =>
  Object.entries(words).map(([what, text]) => [what, spellings(text)]);

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());

export function tracesIn(folders: readonly string[], words: Sought): Traces {
  const files = folders.flatMap(filesUnder);
  let pieces = 0;
  const found = files.flatMap((path) => {
    const bytes = readFileSync(path);
    const unpacked = /leveldb|\.ldb$|\.log$/.test(path) ? contentsOf(bytes) : [];
    pieces += unpacked.length;
    const places = [bytes, ...unpacked];
    return words
      .filter(([, ways]) => ways.some((way) => places.some((place) => place.includes(way))))
      .map(([what]) => `${what} in ${path}`);
  });
  return { files: files.length, pieces, found };
}
