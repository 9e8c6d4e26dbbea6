/** Files that people choose: asks where, writes or reads. Tests give a folder instead of the question. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { app, dialog, type BrowserWindow } from 'electron';
import { safeFileName } from './file-name.ts';

export async function saveFile(
  window: BrowserWindow,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  folder: string | undefined,
): Promise<string | undefined> {
  const path = await placeFor(window, name, folder);
  if (path === undefined) return undefined;
  await writeFile(path, bytes);
  return basename(path);
}

async function placeFor(
  window: BrowserWindow,
  name: string,
  folder: string | undefined,
): Promise<string | undefined> {
  const proposed = safeFileName(name);
  if (folder !== undefined) return join(folder, proposed);
  const extension = extname(proposed).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('documents'), proposed),
    ...(extension && { filters: [{ name: extension.toUpperCase(), extensions: [extension] }] }),
  });
  return canceled || !filePath ? undefined : filePath;
}

/** @returns the bytes; undefined when the person cancelled. In a folder of a test: the newest file there. */
export async function openFile(
  window: BrowserWindow,
  kind: { readonly name: string; readonly extension: string },
  folder: string | undefined,
): Promise<Uint8Array | undefined> {
  const path = await chooseFile(window, kind, folder);
  return path === undefined ? undefined : readChosen(path);
}

/**
 * A file that is written as it is made, whole under its name or not at all: a stick that is pulled out leaves no half of one.
 * @returns its name; undefined when the person cancelled
 */
async function saveLines(
  window: BrowserWindow,
  { name, lines }: { readonly name: string; readonly lines: AsyncIterable<string> },
  folder: string | undefined,
): Promise<string | undefined> {
  const path = await placeFor(window, name, folder);
  if (path === undefined) return undefined;
  const part = `${path}.part`;
  try {
    await pipeline(lines, createWriteStream(part, { flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
  return basename(path);
}

/** The files of sync without a network. @param answer what such a file is called in the system's dialog */
export const stickFiles = (
  window: () => BrowserWindow,
  answer: () => string,
  folder: string | undefined,
): {
  readonly save: (file: Parameters<typeof saveLines>[1]) => Promise<string | undefined>;
  readonly choose: () => Promise<string | undefined>;
} => ({
  save: (file) => saveLines(window(), file, folder),
  choose: () => chooseFile(window(), { name: answer(), extension: 'linli' }, folder),
});

/** Where a chosen file lies; undefined when the person cancelled. In a folder of a test: the newest one of the kind there. */
async function chooseFile(
  window: BrowserWindow,
  { name, extension }: { readonly name: string; readonly extension: string },
  folder: string | undefined,
): Promise<string | undefined> {
  if (folder !== undefined) return newestIn(folder, extension);
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('documents'),
    properties: ['openFile'],
    filters: [{ name, extensions: [extension] }],
  });
  return canceled ? undefined : filePaths[0];
}

/** What is larger is no file of ours, and is not read. */
const MOST_BYTES = 16 * 1024 * 1024;

async function readChosen(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  return size > MOST_BYTES ? new Uint8Array() : readFile(path);
}

async function newestIn(folder: string, extension: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(`.${extension}`));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  return files.sort((one, other) => other.at - one.at)[0]?.path;
}
