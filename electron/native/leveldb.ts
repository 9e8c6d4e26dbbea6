/**
 * What LevelDB's own bookkeeping says of the files beside it (github.com/google/leveldb/blob/main/doc: log_format.md, impl.md): CURRENT
 * names a manifest, the manifest names the tables with their sizes and the oldest log that counts, both are logs of records with
 * checksums, and so are the blocks of tables. Chromium passes over a table's damage in silence where it does not happen to read it.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c, unmasked } from './crc32c.ts';
import { isWholeTable } from './leveldb-table.ts';

const BLOCK = 32 * 1024;
const HEADER = 7;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

/** @returns what is wrong, in one fixed word; undefined where nothing is */
export async function faultOfLevelDb(folder: string): Promise<string | undefined> {
  const current = await readFile(join(folder, 'CURRENT'), 'utf8').catch(() => '');
  if (!/^MANIFEST-\d+\n$/.test(current)) return 'current';
  const manifest = await readFile(join(folder, current.trim())).catch(() => undefined);
  const edits = manifest && recordsOf(manifest);
  if (!edits || edits.length === 0) return 'manifest';
  const live = liveIn(edits);
  if (!live) return 'manifest';
  const present = await readdir(folder);
  for (const [number, size] of live.tables) {
    const name = present.find((one) => /[.](ldb|sst)$/.test(one) && Number.parseInt(one, 10) === number);
    if (name === undefined) return 'table';
    const bytes = await readFile(join(folder, name));
    if (bytes.length !== size || !isWholeTable(bytes)) return 'table';
  }
  const logs = present.filter((one) => /^\d+[.]log$/.test(one) && Number.parseInt(one, 10) >= live.log);
  if (logs.length === 0) return 'log';
  for (const name of logs) if (!recordsOf(await readFile(join(folder, name)))) return 'log';
  return undefined;
}

/** Undefined where a record is torn or does not fit its checksum. */
function recordsOf(bytes: Buffer): readonly Buffer[] | undefined {
  const records: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const left = BLOCK - (at % BLOCK);
    // A block's end that is too short for a header is filled with zeros.
    if (left < HEADER) {
      at += left;
      continue;
    }
    if (at + HEADER > bytes.length) return undefined;
    const [length, type] = [bytes.readUInt16LE(at + 4), bytes[at + 6]];
    const end = at + HEADER + length;
    if (HEADER + length > left || end > bytes.length) return undefined;
    if (unmasked(bytes.readUInt32LE(at)) !== crc32c(bytes.subarray(at + 6, end))) return undefined;
    const isBegun = type === FULL || type === FIRST;
    if (
      isBegun !== (parts.length === 0) ||
      (type !== FULL && type !== FIRST && type !== MIDDLE && type !== LAST)
    )
      return undefined;
    parts.push(bytes.subarray(at + HEADER, end));
    if (type === FULL || type === LAST) {
      records.push(Buffer.concat(parts));
      parts = [];
    }
    at = end;
  }
  return parts.length === 0 ? records : undefined;
}

interface Live {
  readonly tables: ReadonlyMap<number, number>;
  /** Number of the oldest log that counts. */
  readonly log: number;
}

/** Replays the manifest's edits; undefined where one makes no sense. */
function liveIn(edits: readonly Buffer[]): Live | undefined {
  const tables = new Map<number, number>();
  let log = 0;
  for (const edit of edits) {
    let at = 0;
    const number = (): number => {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = edit[at++];
        if (byte === undefined) throw new RangeError('cut');
        value += (byte & 127) * factor;
        if (byte < 128) return value;
      }
    };
    const skipText = (): void => {
      const length = number();
      at += length;
    };
    try {
      while (at < edit.length) {
        const tag = number();
        if (tag === 1) skipText();
        else if (tag === 2) log = number();
        else if (tag === 3 || tag === 4 || tag === 9) number();
        else if (tag === 5) {
          number();
          skipText();
        } else if (tag === 6) {
          number();
          tables.delete(number());
        } else if (tag === 7) {
          number();
          const file = number();
          tables.set(file, number());
          skipText();
          skipText();
        } else return undefined;
      }
    } catch {
      return undefined;
    }
  }
  return { tables, log };
}
