/**
 * An empty PGlite for a test. Making one from nothing costs ten seconds of a core, copying one half a second, so the first test that
 * needs one makes it for all that come after it, in all processes.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Database, openPGlite } from '../database/open.ts';

const cache = join(import.meta.dirname, '..', '..', '.cache', 'pglite');

/** @param folder does not exist yet; the district's is `pglite` in its data folder */
export async function emptyPGlite(folder: string): Promise<string> {
  cpSync(await skeleton(), folder, { recursive: true });
  return folder;
}

/** Its tables are up to date; closing it removes it. */
export async function openEmptyPGlite(): Promise<Database> {
  const home = mkdtempSync(join(tmpdir(), 'linli-pglite-'));
  const opened = await openPGlite(await emptyPGlite(join(home, 'pglite')));
  const close = async (): Promise<void> => {
    await opened.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { ...opened, close };
}

async function skeleton(): Promise<string> {
  const made = join(cache, versionOfPGlite());
  if (existsSync(made)) return made;
  mkdirSync(cache, { recursive: true });
  const making = mkdtempSync(join(cache, 'making-'));
  const pglite = await PGlite.create(join(making, 'pglite'));
  await pglite.close();
  try {
    renameSync(join(making, 'pglite'), made);
  } catch (failure) {
    // Another process was quicker.
    if (!existsSync(made)) throw failure;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return made;
}

/** Another version may lay its files out in another way. */
function versionOfPGlite(): string {
  const program = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const text = readFileSync(join(dirname(program), '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
