/**
 * A folder in memory, as far as the journal and the small files beside it look at one. It outlives the process that wrote there. What was
 * not synced may be gone after a power cut, from its end; a write during which the power goes off leaves half of itself.
 */
import { Buffer } from 'node:buffer';
import type { JournalDisk } from '../../../electron/native/journal-file.ts';

interface Stored {
  bytes: Buffer;
  length: number;
  /** How much of it a power cut leaves there at least. */
  synced: number;
}

export type FileStep = 'write' | 'sync' | 'rename';

export interface MemoryFiles {
  /** As one process sees them. @param before may throw: then it does not happen, or only half */
  readonly mount: (before: (step: FileStep) => void) => JournalDisk;
  /** The power went off. @param part of what was not synced stays, 0 to 1 */
  readonly loseUnsynced: (part: number) => void;
  /** By name, as a stranger reads them. */
  readonly contents: () => ReadonlyMap<string, Buffer>;
}

/** One for all: to tell where each was thrown would cost more than the looking. */
const ABSENT = Object.assign(new Error('no such file'), { code: 'ENOENT' });

export function createMemoryFiles(): MemoryFiles {
  const files = new Map<string, Stored>();
  const empty = (): Stored => ({ bytes: Buffer.alloc(0), length: 0, synced: 0 });
  const find = (path: string): Stored => {
    const file = files.get(path);
    if (!file) throw ABSENT;
    return file;
  };
  const read = (path: string): Buffer => {
    const { bytes, length } = find(path);
    return Buffer.from(bytes.subarray(0, length));
  };

  function put(file: Stored, bytes: Uint8Array, at: number): void {
    const end = at + bytes.length;
    if (end > file.bytes.length) {
      const wider = Buffer.alloc(Math.max(end, file.bytes.length * 2, 1024));
      file.bytes.copy(wider, 0, 0, file.length);
      file.bytes = wider;
    }
    file.bytes.set(bytes, at);
    file.length = Math.max(file.length, end);
    file.synced = Math.min(file.synced, at);
  }

  function mount(before: (step: FileStep) => void): JournalDisk {
    function write(file: Stored, bytes: Uint8Array, at: number): void {
      try {
        before('write');
      } catch (failure) {
        put(file, bytes.subarray(0, bytes.length >> 1), at);
        throw failure;
      }
      put(file, bytes, at);
    }
    const sync = async (file: Stored): Promise<void> => {
      before('sync');
      file.synced = file.length;
    };
    const handleOf = (file: Stored) => ({
      write: async (bytes: Buffer, from: number, length: number, at: number) => {
        write(file, bytes.subarray(from, from + length), at);
        return { bytesWritten: length };
      },
      read: async (into: Buffer, start: number, length: number, at: number) => ({
        bytesRead: file.bytes.copy(into, start, at, Math.min(at + length, file.length)),
      }),
      writeFile: async (content: string | Uint8Array) =>
        write(file, typeof content === 'string' ? Buffer.from(content) : content, 0),
      truncate: async (length: number) => {
        before('write');
        file.length = length;
        file.synced = Math.min(file.synced, length);
      },
      datasync: () => sync(file),
      sync: () => sync(file),
      close: async () => undefined,
    });
    const disk = {
      open: async (path: string, flags: string) => {
        if (flags === 'w' || (flags === 'a+' && !files.has(path))) files.set(path, empty());
        return handleOf(flags === 'r' ? (files.get(path) ?? empty()) : find(path));
      },
      readFile: async (path: string, encoding?: 'utf8') =>
        encoding === undefined ? read(path) : read(path).toString(encoding),
      rename: async (from: string, to: string) => {
        before('rename');
        files.set(to, find(from));
        files.delete(from);
      },
      unlink: async (path: string) => void files.delete(path),
      copyFile: async (from: string, to: string) => void files.set(to, { ...find(from), bytes: read(from) }),
      writeFile: async (path: string, content: Uint8Array) => {
        files.set(path, empty());
        write(find(path), content, 0);
      },
      mkdir: async () => undefined,
    };
    return disk as unknown as JournalDisk;
  }

  return {
    mount,
    loseUnsynced: (part) => {
      for (const file of files.values())
        file.length = file.synced + Math.floor((file.length - file.synced) * part);
    },
    contents: () => new Map([...files.keys()].sort().map((path) => [path, read(path)])),
  };
}
