/** files.save: asks where, writes, answers with the file's name. Tests give a folder instead of the question. */
import { writeFile } from 'node:fs/promises';
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
