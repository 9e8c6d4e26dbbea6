/**
 * Sealed files on this computer, beside the journal: bytes that nobody here can open, each under its address, the SHA-256 of what it holds.
 * `waiting/` has what the district lacks, `kept/` what it has, `partial/` what is still arriving; so a file's state is where it lies, and a
 * rename is the only step between two states. What `keep` has returned is on the disk (sync.md S1), and only `sweep` takes a file away.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder } from '../../shared/core/in-order.ts';
import { syncFolder } from '../native/atomic-file.ts';

export type FileState = 'waiting' | 'kept' | 'absent';

export interface FileStore {
  /** Durable when it returns; the address. The same bytes twice are one file. */
  readonly keep: (sealed: Uint8Array) => Promise<string>;
  readonly state: (file: string) => FileState;
  readonly waiting: () => readonly string[];
  readonly sizeOf: (file: string) => number;
  /** Whole, and what its address says; one that is not any more is set aside and absent from then on. */
  readonly read: (file: string) => Promise<Buffer | undefined>;
  readonly part: (file: string, at: number, length: number) => Promise<Buffer>;
  /** The district has it. */
  readonly delivered: (file: string) => Promise<void>;
  /** The district may have lost it. */
  readonly offerAgain: (files: readonly string[]) => Promise<void>;
  /** Bytes of it that have arrived. */
  readonly arrived: (file: string) => Promise<number>;
  readonly arrive: (file: string, at: number, bytes: Uint8Array) => Promise<void>;
  /** All has arrived. @returns whether it is what its address says */
  readonly complete: (file: string) => Promise<boolean>;
  /** Forgets what no operation names and no form can be waiting for, and the oldest of what the district has beyond the room for it. */
  readonly sweep: (given: {
    readonly isNamed: (file: string) => boolean;
    readonly before: number;
    readonly room: number;
  }) => Promise<number>;
}

const ADDRESS = /^[A-Za-z0-9_-]{43}$/;
const WRITE = 1024 * 1024;

export async function openFileStore(folder: string): Promise<FileStore> {
  const turn = inOrder();
  const sizes = { waiting: new Map<string, number>(), kept: new Map<string, number>() };
  type Place = keyof typeof sizes;
  const folderOf = (place: Place | 'partial'): string => join(folder, place);
  const pathOf = (place: Place | 'partial', file: string): string => join(folderOf(place), file);
  const placeOf = (file: string): Place | undefined =>
    sizes.waiting.has(file) ? 'waiting' : sizes.kept.has(file) ? 'kept' : undefined;

  for (const place of ['waiting', 'kept', 'partial'] as const) {
    await mkdir(folderOf(place), { recursive: true, mode: 0o700 });
    for (const name of await readdir(folderOf(place))) {
      if (!ADDRESS.test(name)) {
        // A write that the power cut: no operation can name it yet.
        if (name.endsWith('.new')) await unlink(join(folderOf(place), name));
      } else if (place !== 'partial') sizes[place].set(name, (await stat(pathOf(place, name))).size);
    }
  }

  async function move(file: string, from: Place | 'partial', to: Place): Promise<void> {
    const { size } = await stat(pathOf(from, file));
    await rename(pathOf(from, file), pathOf(to, file));
    await syncFolder(folderOf(to));
    if (from !== 'partial') sizes[from].delete(file);
    sizes[to].set(file, size);
  }

  /** In pieces, so that a large file holds up nothing else of this process. */
  async function write(path: string, bytes: Uint8Array): Promise<string> {
    const hash = createHash('sha256');
    const handle = await open(path, 'w', 0o600);
    try {
      for (let at = 0; at < bytes.length; at += WRITE) {
        const piece = bytes.subarray(at, at + WRITE);
        hash.update(piece);
        await handle.writeFile(piece);
      }
      await handle.sync();
    } catch (error) {
      await handle.close();
      await unlink(path).catch(() => undefined);
      throw error;
    }
    await handle.close();
    return hash.digest('base64url');
  }

  async function hashOf(path: string): Promise<string> {
    const hash = createHash('sha256');
    const handle = await open(path, 'r');
    try {
      const piece = Buffer.alloc(WRITE);
      for (;;) {
        const { bytesRead } = await handle.read(piece, 0, WRITE);
        if (bytesRead === 0) return hash.digest('base64url');
        hash.update(piece.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  }

  async function setAside(place: Place, file: string): Promise<void> {
    sizes[place].delete(file);
    await rename(pathOf(place, file), `${pathOf(place, file)}.damaged`).catch(() => undefined);
  }

  return {
    keep: (sealed) =>
      turn(async () => {
        const next = join(folderOf('waiting'), 'next.new');
        const file = await write(next, sealed);
        if (placeOf(file)) await unlink(next);
        else {
          await rename(next, pathOf('waiting', file));
          await syncFolder(folderOf('waiting'));
          sizes.waiting.set(file, sealed.length);
        }
        return file;
      }),
    state: (file) => placeOf(file) ?? 'absent',
    waiting: () => [...sizes.waiting.keys()],
    sizeOf: (file) => sizes.waiting.get(file) ?? sizes.kept.get(file) ?? 0,
    read: (file) =>
      turn(async () => {
        const place = placeOf(file);
        if (!place) return undefined;
        const bytes = await readFile(pathOf(place, file)).catch(() => undefined);
        if (bytes && createHash('sha256').update(bytes).digest('base64url') === file) return bytes;
        await setAside(place, file);
        return undefined;
      }),
    part: async (file, at, length) => {
      const place = placeOf(file);
      if (!place) throw new Error('no such file here');
      const handle = await open(pathOf(place, file), 'r');
      try {
        const piece = Buffer.alloc(length);
        const { bytesRead } = await handle.read(piece, 0, length, at);
        return piece.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    delivered: (file) =>
      turn(async () => {
        if (sizes.waiting.has(file)) await move(file, 'waiting', 'kept');
      }),
    offerAgain: (files) =>
      turn(async () => {
        for (const file of files) if (sizes.kept.has(file)) await move(file, 'kept', 'waiting');
      }),
    arrived: async (file) =>
      ADDRESS.test(file)
        ? stat(pathOf('partial', file)).then(
            ({ size }) => size,
            () => 0,
          )
        : 0,
    arrive: (file, at, bytes) =>
      turn(async () => {
        if (!ADDRESS.test(file)) throw new Error('no address');
        const handle = await open(pathOf('partial', file), at === 0 ? 'w' : 'r+', 0o600);
        try {
          await handle.write(bytes, 0, bytes.length, at);
        } finally {
          await handle.close();
        }
      }),
    complete: (file) =>
      turn(async () => {
        if ((await hashOf(pathOf('partial', file))) !== file) {
          await unlink(pathOf('partial', file));
          return false;
        }
        const handle = await open(pathOf('partial', file), 'r+');
        await handle.sync();
        await handle.close();
        await move(file, 'partial', 'kept');
        return true;
      }),
    sweep: ({ isNamed, before, room }) =>
      turn(async () => {
        const gone: [Place, string][] = [];
        const ageOf = async (place: Place, file: string): Promise<number> =>
          (await stat(pathOf(place, file))).mtimeMs;
        for (const file of sizes.waiting.keys()) {
          if (!isNamed(file) && (await ageOf('waiting', file)) < before) gone.push(['waiting', file]);
        }
        let bytes = [...sizes.kept.values()].reduce((sum, size) => sum + size, 0);
        const idle = await Promise.all(
          [...sizes.kept]
            .filter(([file]) => !isNamed(file))
            .map(async ([file, size]) => ({ file, size, at: await ageOf('kept', file) })),
        );
        for (const { file, size } of idle.sort((one, other) => one.at - other.at)) {
          if (bytes <= room) break;
          bytes -= size;
          gone.push(['kept', file]);
        }
        for (const [place, file] of gone) {
          sizes[place].delete(file);
          await unlink(pathOf(place, file)).catch(() => undefined);
        }
        return gone.length;
      }),
  };
}
