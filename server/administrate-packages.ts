/**
 * Packages from beside the server: through its local door while it runs, straight on the database while it does not. The answer is
 * written under another name first, so that a stick never holds half of one under the right name.
 */
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import type { ExportFile, ImportFile } from './command-line.ts';
import type { District } from './district.ts';
import { importOutcome, type ImportedPackage, type PackageRefusal } from './packages/imported.ts';
import { importedText, packageRefusalText } from './packages/package-text.ts';
import { FILE_TYPE } from './routes/packages.ts';

type Text = Promise<Result<string, string>>;

/** The district as these commands reach it. */
export interface PackageDoor {
  readonly take: (path: string) => Promise<Result<ImportedPackage, PackageRefusal>>;
  /** Undefined where no package of the device was imported. */
  readonly answer: (device: string) => Promise<Readable | undefined>;
}

export const doorOf = (district: District): PackageDoor => ({
  take: (path) => district.importPackage(() => createReadStream(path)),
  answer: async (device) => {
    const lines = await district.answerPackage(device);
    return lines && Readable.from(lines, { objectMode: false });
  },
});

export function runningDoor(running: { readonly url: string; readonly secret: string }): PackageDoor {
  const headers = { authorization: `Bearer ${running.secret}` };
  return {
    take: async (path) => {
      const response = await fetch(`${running.url}/api/packages`, {
        method: 'POST',
        headers: { ...headers, 'content-type': FILE_TYPE },
        body: await openAsBlob(path),
      });
      if (!response.ok) throw new Error(`the district answers ${response.status}`);
      return importOutcome.parse(await response.json());
    },
    answer: async (device) => {
      const response = await fetch(`${running.url}/api/packages/answer`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ device }),
      });
      return response.ok && response.body
        ? Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
        : undefined;
    },
  };
}

export async function importFile(door: PackageDoor, { from, answer }: ImportFile): Text {
  const isThere = await stat(from).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return refuse(`没有这个文件 / no such file: ${from}`);
  const imported = await door.take(from);
  if (!imported.ok) return refuse(packageRefusalText(imported.error));
  const written = await writeAnswer(door, imported.value.device, answer);
  return written.ok ? ok([...importedText(imported.value), written.value].join('\n')) : written;
}

export const exportFile = (door: PackageDoor, { device, answer }: ExportFile): Text =>
  writeAnswer(door, device, answer);

/** The end of an answer, and as many bytes as hold it. */
const END = '{"part":"end"';
const LAST_LINE = 200;

async function writeAnswer(door: PackageDoor, device: string, path: string): Text {
  const lines = await door.answer(device);
  if (!lines)
    return refuse(`没有导入过这台电脑的同步包 / no package of this computer was imported: ${device}`);
  const part = `${path}.part`;
  let tail = Buffer.alloc(0);
  lines.on('data', (piece: Buffer | string) => {
    tail = Buffer.concat([tail, Buffer.from(piece)]).subarray(-LAST_LINE);
  });
  const written = await pipeline(lines, createWriteStream(part)).then(
    () => tail.includes(END),
    () => false,
  );
  if (!written) {
    await rm(part, { force: true });
    return refuse(
      `答复没有写成，已导入的不受影响；请看看 U 盘，再用 export 写一次 / the answer was not written; what was imported stays: try export again: ${path}`,
    );
  }
  await rename(part, path);
  return ok(`答复文件 / answer: ${path}`);
}
