/** What disks do to the files under IndexedDB while the app is closed (sync.md, the failure list). */
import { closeSync, openSync, readdirSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const FOLDER = join('IndexedDB', 'app_desk_0.indexeddb.leveldb');
const BLOBS = join('IndexedDB', 'app_desk_0.indexeddb.blob');

/** LevelDB's files of one kind, the largest first. */
function filesLike(profile: string, name: RegExp): readonly string[] {
  const folder = join(profile, FOLDER);
  const found = readdirSync(folder).filter((one) => name.test(one));
  if (found.length === 0) throw new Error(`no ${name.source} among ${readdirSync(folder).join(' ')}`);
  return found
    .map((one) => join(folder, one))
    .sort((one, other) => statSync(other).size - statSync(one).size);
}
const each =
  (name: RegExp, damage: (file: string) => void) =>
  (profile: string): void =>
    filesLike(profile, name).forEach(damage);
const largest = (profile: string, name: RegExp): string => filesLike(profile, name)[0] as string;

/** Zeroes over a part of a file; `at` from 0 to 1. */
function zero(file: string, at: number): void {
  const { size } = statSync(file);
  const bytes = Buffer.alloc(Math.min(4096, Math.ceil(size / 4)));
  const opened = openSync(file, 'r+');
  writeSync(opened, bytes, 0, bytes.length, Math.floor((size - bytes.length) * at));
  closeSync(opened);
}
const halve = (file: string): void => truncateSync(file, Math.floor(statSync(file).size / 2));

/** Larger than 64 KiB: Chromium keeps it in a file of its own. */
export const LARGE_ROW = 'a large row missing';

const TABLE = /\.ldb$/;
const LOG = /\.log$/;
const MANIFEST = /^MANIFEST/;

export const damages: Readonly<Record<string, (profile: string) => void>> = {
  'everything gone': (profile) => rmSync(join(profile, 'IndexedDB'), { recursive: true }),
  'CURRENT missing': (profile) => rmSync(largest(profile, /^CURRENT$/)),
  'MANIFEST missing': (profile) => rmSync(largest(profile, MANIFEST)),
  'MANIFEST cut': (profile) => halve(largest(profile, MANIFEST)),
  'log halved': (profile) => halve(largest(profile, LOG)),
  'log missing': (profile) => rmSync(largest(profile, LOG)),
  'a block of the log zeroed': (profile) => zero(largest(profile, LOG), 0.5),
  [LARGE_ROW]: (profile) => rmSync(join(profile, BLOBS), { recursive: true }),
  'a table missing': each(TABLE, (file) => rmSync(file)),
  'a table halved': each(TABLE, halve),
  'a block of a table zeroed': each(TABLE, (file) => zero(file, 0.5)),
  'the head of a table zeroed': each(TABLE, (file) => zero(file, 0)),
  'the index of a table zeroed': each(TABLE, (file) => zero(file, 1)),
};

/**
 * LevelDB writes tables only when its log has grown, which a small district never brings about: other rows of the same origin do.
 * What was written before lies in a table then.
 */
export const fillLog = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('scratch');
      request.onupgradeneeded = () => void request.result.createObjectStore('rows', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('scratch'));
    });
    // Small rows: what is larger than 64 KiB lies in a file of its own.
    for (let round = 0; round < 16; round++) {
      const transaction = opened.transaction('rows', 'readwrite');
      for (let row = 0; row < 32; row++)
        transaction.objectStore('rows').add(crypto.getRandomValues(new Uint8Array(32_768)));
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    }
    opened.close();
  });
