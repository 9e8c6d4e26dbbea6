import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** The file is there whole or not at all, also after a power cut. For its owner's eyes only. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
