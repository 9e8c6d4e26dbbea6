/** A picture of the window for whoever shows the app: there at once or not at all. */
import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

export async function takePicture(window: BrowserWindow | undefined, path: string): Promise<void> {
  // A moment for fonts and the first paint of what has just been laid out.
  await new Promise((resolve) => setTimeout(resolve, 400));
  const picture = await window?.webContents.capturePage();
  if (!picture || picture.isEmpty()) return;
  const half = `${path}.${randomUUID()}`;
  await writeFile(half, picture.toPNG());
  await rename(half, path);
}
