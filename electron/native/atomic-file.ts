/** Replaces a small file as a whole: after a crash there is the old one or the new one, never a mixture. */
import * as nodeFiles from 'node:fs/promises';
import { dirname } from 'node:path';

/** What small files need of a disk; a port, so that tests can make it fail and a simulation can keep it in memory. */
export type FileDisk = Pick<typeof nodeFiles, 'open' | 'readFile' | 'rename' | 'unlink'>;

export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  disk: FileDisk = nodeFiles,
): Promise<void> {
  const next = `${path}.new`;
  const file = await disk.open(next, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await file.close();
    await disk.unlink(next).catch(() => undefined);
    throw error;
  }
  await file.close();
  await disk.rename(next, path);
  await syncFolder(dirname(path), disk);
}

/** Makes a rename durable. Windows cannot open a folder, and keeps names durable by itself. */
export async function syncFolder(folder: string, disk: Pick<FileDisk, 'open'> = nodeFiles): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** An expected outcome, which people read as one; every other fault of a disk is none. */
export const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
