/** Files that people choose: asks where, writes or reads. Tests give a folder instead of the question. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { safeFileName } from './file-name.ts';

export async function saveFile(
  window: BrowserWindow,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  folder: string | undefined,
): Promise<string | undefined> {
  const proposed = safeFileName(name);
  if (folder !== undefined) {
    await writeFile(join(folder, proposed), bytes);
    return proposed;
  }
  const extension = extname(proposed).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), proposed),
    ...(extension && { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] }),
  });
  if (canceled || !filePath) return undefined;
  await writeFile(filePath, bytes);
  return basename(filePath);
}

/** @returns the bytes; undefined when the person cancelled. In a folder of a test: the newest file there. */
export async function openFile(
  window: BrowserWindow,
  { name, extension }: { readonly name: string; readonly extension: string },
  folder: string | undefined,
): Promise<Uint8Array | undefined> {
  if (folder !== undefined) return newestIn(folder);
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('documents'),
    properties: ['openFile'],
    filters: [{ name, extensions: [extension] }],
  });
  const [path] = filePaths;
  return canceled || path === undefined ? undefined : readChosen(path);
}

/** What is larger is no file of ours, and is not read. */
const MOST_BYTES = 16 * 1024 * 1024;

async function readChosen(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  return size > MOST_BYTES ? new Uint8Array() : readFile(path);
}

async function newestIn(folder: string): Promise<Uint8Array | undefined> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  const newest = files.sort((one, other) => other.at - one.at)[0];
  return newest && readChosen(newest.path);
}
