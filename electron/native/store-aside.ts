/**
 * The files under IndexedDB, copied aside before Chromium is told to begin anew. They hold sealed rows only; the newest copies are
 * kept for whoever wants to look for a draft.
 */
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'IndexedDB';
const ASIDE = `${NAME}.damaged-`;
const KEEP = 2;

export async function setStoreAside(folder: string, now: Date, clear: () => Promise<void>): Promise<void> {
  await copyStoreAside(folder, now);
  await clear();
}

export async function copyStoreAside(folder: string, now: Date): Promise<void> {
  const to = join(folder, `${ASIDE}${now.toISOString().replaceAll(':', '-')}`);
  await cp(join(folder, NAME), to, { recursive: true }).catch(async (error: NodeJS.ErrnoException) => {
    // A disk that cannot even be read must not stop the desk from beginning anew; a full one damaged nothing and gets its room first.
    if (!['ENOSPC', 'EDQUOT'].includes(error.code ?? '')) return;
    await rm(to, { recursive: true, force: true });
    throw error;
  });
  const copies = (await readdir(folder)).filter((name) => name.startsWith(ASIDE)).sort();
  for (const name of copies.slice(0, -KEEP)) await rm(join(folder, name), { recursive: true, force: true });
}
