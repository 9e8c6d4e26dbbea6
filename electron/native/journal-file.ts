/**
 * The journal's file: frames appended one after the other, each on disk (fdatasync) before `append` returns. A write that failed is
 * cut off before the next one. Opening sets a torn tail aside and cuts it off; a damaged stretch in the middle costs only itself, and
 * the whole file is kept beside. Its user works in turn.
 */
import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, type FileDisk } from './atomic-file.ts';
import { FILE_HEADER, frameAt, frameOf, scanFrames, type Frame } from './journal-frames.ts';
import type { Place } from './journal-index.ts';

/** What the journal needs of a disk; a port, so that tests can make it fail. */
export type JournalDisk = FileDisk & Pick<typeof nodeFiles, 'copyFile' | 'writeFile' | 'mkdir'>;

/** Throws with these messages, so that the window can say that the disk is full. */
export const DISK_FULL = 'disk-full';
export const JOURNAL_FAILED = 'journal-failed';

export interface JournalFile {
  /** The commit point. */
  readonly append: (payload: Buffer) => Promise<Place>;
  /** Payloads in the order of their places. What lies together is read together: thousands of savings are as many frames. */
  readonly read: (places: readonly Place[]) => Promise<readonly Buffer[]>;
  readonly frames: () => Promise<readonly Frame[]>;
  readonly replace: (payloads: readonly Buffer[]) => Promise<readonly Frame[]>;
  readonly close: () => Promise<void>;
}

export interface OpenedFile {
  readonly file: JournalFile;
  readonly frames: readonly Frame[];
  /** Files that hold what could not be read. */
  readonly setAside: readonly string[];
}

export interface JournalFileOptions {
  readonly path: string;
  readonly disk?: JournalDisk;
  readonly now?: () => Date;
}

/** The file of a profile folder. */
export const journalPath = (folder: string): string => join(folder, 'journal', 'journal.bin');

export async function openJournalFile({
  path,
  disk = nodeFiles,
  now = () => new Date(),
}: JournalFileOptions): Promise<OpenedFile> {
  const setAside: string[] = [];
  await disk.mkdir(dirname(path), { recursive: true });
  let handle = await disk.open(path, 'a+').then(async (created) => {
    await created.close();
    return disk.open(path, 'r+');
  });
  const whole = await recovered();
  let size = whole.length;
  /** Set by a failed write: the file may be longer than what was acknowledged. */
  let dirty = false;

  /** The bytes that are whole; everything else is set aside, and the file holds just them. */
  async function recovered(): Promise<Buffer> {
    let bytes: Buffer = await disk.readFile(path);
    const scan = scanFrames(bytes);
    const stamp = now().toISOString().replaceAll(':', '-');
    if (scan.damaged.length > 0 || (scan.frames.length === 0 && bytes.length > FILE_HEADER.length)) {
      const aside = `${path}.damaged-${stamp}`;
      await disk.copyFile(path, aside);
      setAside.push(aside);
      bytes = Buffer.concat([FILE_HEADER, ...scan.frames.map((frame) => frameOf(frame.payload))]);
      await rewrite(bytes);
    } else if (scan.end < bytes.length) {
      if (scan.frames.length > 0) {
        const aside = `${path}.torn-${stamp}`;
        await disk.writeFile(aside, bytes.subarray(scan.end), { mode: 0o600 });
        setAside.push(aside);
      }
      bytes = scan.frames.length > 0 ? bytes.subarray(0, scan.end) : Buffer.alloc(0);
      await handle.truncate(bytes.length);
      await handle.datasync();
    }
    if (bytes.length >= FILE_HEADER.length) {
      // A process that died may have written what the disk does not have yet: it counts from now on, so it has to stay.
      await handle.datasync();
      return bytes;
    }
    await handle.truncate(0);
    await handle.write(FILE_HEADER, 0, FILE_HEADER.length, 0);
    await handle.datasync();
    await syncFolder(dirname(path), disk);
    return FILE_HEADER;
  }

  async function rewrite(bytes: Buffer): Promise<void> {
    const next = `${path}.new`;
    const written = await disk.open(next, 'w', 0o600);
    try {
      await written.writeFile(bytes);
      await written.sync();
    } finally {
      await written.close();
    }
    await handle.close();
    await disk.rename(next, path);
    await syncFolder(dirname(path), disk);
    handle = await disk.open(path, 'r+');
  }

  async function append(payload: Buffer): Promise<Place> {
    const frame = frameOf(payload);
    try {
      if (dirty) await cutOff();
      dirty = true;
      for (let done = 0; done < frame.length;) {
        const { bytesWritten } = await handle.write(frame, done, frame.length - done, size + done);
        if (bytesWritten === 0) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
        done += bytesWritten;
      }
      await handle.datasync();
      dirty = false;
    } catch (error) {
      await cutOff().catch(() => undefined);
      const full = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
      throw new Error(full ? DISK_FULL : JOURNAL_FAILED, { cause: error });
    }
    const place = { offset: size, length: frame.length };
    size += frame.length;
    return place;
  }

  async function cutOff(): Promise<void> {
    await handle.truncate(size);
    await handle.datasync();
    dirty = false;
  }

  const file: JournalFile = {
    append,
    read: async (places) => {
      const payloads: Buffer[] = [];
      for (const stretch of stretchesOf(places)) {
        const from = stretch[0]?.offset ?? 0;
        const bytes = Buffer.alloc(stretch.reduce((sum, { length }) => sum + length, 0));
        await handle.read(bytes, 0, bytes.length, from);
        for (const { offset } of stretch) {
          const frame = frameAt(bytes, offset - from);
          if (!frame) throw new Error(JOURNAL_FAILED);
          payloads.push(frame.payload);
        }
      }
      return payloads;
    },
    frames: async () => scanFrames(await disk.readFile(path)).frames,
    replace: async (payloads) => {
      const bytes = Buffer.concat([FILE_HEADER, ...payloads.map(frameOf)]);
      await rewrite(bytes);
      size = bytes.length;
      return scanFrames(bytes).frames;
    },
    close: () => handle.close(),
  };
  return { file, frames: scanFrames(whole).frames, setAside };
}

/** Bytes that are read at once, but for a frame that is longer. */
const STRETCH = 256 * 1024;

/** Places that follow each other without a gap. */
function stretchesOf(places: readonly Place[]): readonly (readonly Place[])[] {
  const stretches: Place[][] = [];
  let [end, begin] = [-1, 0];
  for (const place of places) {
    const isNext = place.offset === end && end + place.length - begin <= STRETCH;
    if (!isNext) {
      stretches.push([]);
      begin = place.offset;
    }
    stretches.at(-1)?.push(place);
    end = place.offset + place.length;
  }
  return stretches;
}
