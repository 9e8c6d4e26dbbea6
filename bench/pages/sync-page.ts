/** `sync(…)` from outside: one step of one side; the page stays open, and what it holds, for the next. */
import type { Measures } from '../rounds.ts';
import { syncFloor } from './sync-floor.ts';
import { syncOurs } from './sync-ours.ts';
import { syncPouchdb } from './sync-pouchdb.ts';
import { syncRxdb } from './sync-rxdb.ts';
import type { SyncSide } from './sync-side.ts';

interface Asked {
  readonly side: string;
  readonly step: keyof SyncSide;
  readonly count: number;
  readonly url: string;
  readonly unlock: { readonly person: string; readonly passphrase: string };
}

declare global {
  interface Window {
    sync?: (asked: Asked) => Promise<Measures>;
  }
}

const sides: Readonly<Record<string, (asked: Asked) => SyncSide>> = {
  ours: ({ unlock }) => syncOurs(unlock),
  floor: ({ url }) => syncFloor(url),
  rxdb: ({ url }) => syncRxdb(url),
  pouchdb: ({ url }) => syncPouchdb(url),
};
let side: SyncSide | undefined;

window.sync = async (asked) => {
  side ??= sides[asked.side]?.(asked);
  const step = side?.[asked.step];
  if (!step) throw new Error(`${asked.side} has no ${asked.step}`);
  return step(asked.count);
};
