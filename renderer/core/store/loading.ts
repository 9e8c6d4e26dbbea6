/** Reads all that this person's keys open, or, later, what lies here of scopes whose keys came afterwards. */
import type { DraftRows } from './draft-rows.ts';
import { broken, heal } from './healing.ts';
import type { Kept } from './kept-operation.ts';
import type { Parts } from './parts.ts';
import { readRecords } from './records-reading.ts';
import { NEWER_STORE, type Loaded, type LoadedScopes, type Loading } from './store.ts';

/** Operations opened at a time. */
const OPEN_STEP = 32;

export const mirrorKey = (person: string): string => `mirror:${person}`;

/** What cannot be read at all is told; setting it aside is only for what this app has written itself. */
export async function load(parts: Parts, draftRows: DraftRows, loading: Loading): Promise<Loaded> {
  const isNewer = await parts.database.isNewer();
  return loadAll(parts, draftRows, { ...loading, isNewer }).catch((cause: unknown) => {
    throw isNewer ? new Error(NEWER_STORE, { cause }) : cause;
  });
}

async function loadAll(
  parts: Parts,
  draftRows: DraftRows,
  { begin, take, onProgress, isNewer }: Loading & Pick<Loaded, 'isNewer'>,
): Promise<Loaded> {
  const { state, damaged: inMeta } = await parts.states.load();
  begin?.(state);
  const { damaged, former } = await readRecords(parts, { isAsked: () => true, take, onProgress });
  const mirror = await loadMirror(parts);
  const drafts = await draftRows.load();
  const isWhole = await parts.database.isWhole();
  const found = [...broken('meta', inMeta), ...damaged, ...drafts.damaged];
  return {
    state: { ...state, cursors: await heal(parts, { broken: found, former, isWhole }, state.cursors) },
    operations: mirror.operations,
    mirrored: isWhole || isNewer ? mirror.mirrored : 0,
    drafts: drafts.drafts,
    damaged: isNewer ? 0 : found.length + mirror.damaged,
    isNewer,
  };
}

export async function loadScopes(
  parts: Parts,
  scopes: readonly string[],
  take: Loading['take'],
): Promise<LoadedScopes> {
  const asked = new Set(scopes);
  const { cursors, damaged: inMeta } = await parts.cursors.load((scope) => asked.has(scope));
  const { damaged, former } = await readRecords(parts, { isAsked: (scope) => asked.has(scope), take });
  const found = [...broken('meta', inMeta), ...damaged];
  return {
    cursors: await heal(parts, { broken: found, former, isWhole: true }, cursors),
    damaged: (await parts.database.isNewer()) ? 0 : found.length,
  };
}

/** A row that cannot be read still lies in the journal file, so that is read from its beginning. */
async function loadMirror({ database, rows, vault }: Parts): Promise<{
  readonly operations: readonly Kept[];
  readonly mirrored: number;
  readonly damaged: number;
}> {
  const lying = await database.all('journal');
  const operations: Kept[] = [];
  let damaged = 0;
  for (let start = 0; start < lying.length; start += OPEN_STEP) {
    for (const kept of await Promise.all(lying.slice(start, start + OPEN_STEP).map(rows.keptIn))) {
      if (kept === 'damaged') damaged += 1;
      else if (kept) operations.push(kept);
    }
  }
  const mark = await database.get('meta', mirrorKey(vault.own));
  return {
    operations: operations.sort((one, other) => one.number - other.number),
    mirrored: damaged > 0 ? 0 : (mark?.version ?? 0),
    damaged,
  };
}
