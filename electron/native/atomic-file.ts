/** Replaces a small file as a whole: after a crash there is the old one or the new one, never a mixture. */
import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const next = `${path}.new`;
  const file = await open(next, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await file.close();
    await unlink(next).catch(() => undefined);
    throw error;
  }
  await file.close();
  await rename(next, path);
  await syncFolder(dirname(path));
}

/** Makes a rename durable. Windows cannot open a folder, and keeps names durable by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** An expected outcome, which people read as one; every other fault of a disk is none. */
export const isDiskFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
