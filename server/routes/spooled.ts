/**
 * A file that is sent to the district, written to disk as it comes: it may be larger than memory, and is read twice. Gone when the work
 * on it is done.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Source } from '../packages/open-package.ts';

export async function spooled<T>(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-package-'));
  const path = join(folder, 'package');
  try {
    await pipeline(body, createWriteStream(path, { mode: 0o600 }));
    return await work(() => createReadStream(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
