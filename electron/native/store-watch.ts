/**
 * Watches over IndexedDB from outside, because Chromium sometimes discards a damaged one and opens an empty one without a word. Before
 * the page opens it, its files are looked at, and set aside where they do not fit together; and how much was ever written there is
 * counted beside the journal, so that a store that knows less than it did is noticed. Journal and district fill it again.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './atomic-file.ts';
import { faultOfLevelDb } from './leveldb.ts';
import type { Log } from './log.ts';
import { copyStoreAside, setStoreAside } from './store-aside.ts';

export interface StoreWatch {
  /** Before the page opens its database. @returns how many writings it should know of */
  readonly look: () => Promise<{ readonly writings: number }>;
  /** The open database knows of so many writings. */
  readonly counted: (writings: number) => Promise<void>;
  /** It opens and cannot be read. */
  readonly setAside: () => Promise<void>;
}

const LEVELDB = join('IndexedDB', 'app_desk_0.indexeddb.leveldb');

export function watchStore(given: {
  readonly folder: string;
  readonly log: Log;
  /** Has Chromium begin anew. */
  readonly clear: () => Promise<void>;
  readonly now?: () => Date;
}): StoreWatch {
  const { folder, log, clear, now = () => new Date() } = given;
  const path = join(folder, 'journal', 'store.json');
  let writings: number | undefined;
  let isLookedAt = false;

  async function remembered(): Promise<number> {
    const text = await readFile(path, 'utf8').catch(() => '0');
    const value = Number(text);
    return Number.isSafeInteger(value) && value > 0 ? value : 0;
  }

  async function lookAtFiles(expected: number): Promise<void> {
    const isThere = await stat(join(folder, LEVELDB)).then(
      (found) => found.isDirectory(),
      () => false,
    );
    // Nothing there is right on a new computer only.
    const fault = isThere ? await faultOfLevelDb(join(folder, LEVELDB)) : expected > 0 ? 'gone' : undefined;
    if (fault === undefined) return;
    log('store.damaged', { fault });
    if (isThere) await copyStoreAside(folder, now());
  }

  return {
    look: async () => {
      writings ??= await remembered();
      // Later the files belong to a running Chromium and are never quite at rest.
      if (!isLookedAt) {
        isLookedAt = true;
        // The copy is for whoever looks for what was lost: a desk that has no room for it opens all the same.
        await lookAtFiles(writings).catch(() => log('store.not-copied'));
      }
      return { writings };
    },
    counted: async (count) => {
      if (writings !== undefined && count < writings)
        log('store.older', { writings: count, expected: writings });
      if (count === writings) return;
      writings = count;
      await replaceFile(path, String(count));
    },
    setAside: async () => {
      log('store.set-aside');
      await setStoreAside(folder, now(), clear);
    },
  };
}
