/** What the indicator says. It never says 已同步 while anything of anybody on this computer waits. */
import type { SyncState } from '../desk.ts';
import type { Engine } from './engine.ts';
import { toReviewCount } from './review.ts';
import { attentionOf, conflictCount, pendingCount, underReviewCount } from './tray.ts';

/** A clock that is further off than this is worth a word (sync.md S9). */
const WORTH_A_WORD = 5 * 60_000;
const MB = 1024 ** 2;

export function syncState(engine: Engine): SyncState {
  const { state, link } = engine;
  const [underReview, toReview] = [underReviewCount(engine), toReviewCount(engine)];
  return {
    pending: Math.max(pendingCount(engine), link.carried),
    conflicts: conflictCount(engine),
    attention: attentionOf(engine),
    ...(underReview > 0 && { underReview }),
    ...(toReview > 0 && { toReview }),
    connection: link.connection,
    since: link.since,
    ...(state.download && { progress: state.download }),
    ...(state.lastSync !== undefined && { lastSync: state.lastSync }),
    ...(state.lastSyncBy !== undefined && { lastSyncBy: state.lastSyncBy }),
    ...(link.fileProblem !== undefined && { fileProblem: link.fileProblem }),
    ...(Math.abs(state.offset) > WORTH_A_WORD && { clockAhead: -state.offset }),
    ...(engine.leaseOver.size > 0 && { leaseOver: true as const }),
    ...(engine.left.size > 0 && { left: [...engine.left].sort() }),
    ...(engine.isNewerStore && { newerApp: true as const }),
    ...(link.uploads.waiting > 0 && { uploads: link.uploads }),
    ...(link.room.room !== 'enough' && { roomLeft: Math.floor(link.room.free / MB) }),
    ...(link.busyUntil !== undefined && { busyUntil: link.busyUntil }),
    ...(link.problem !== undefined && { problem: link.problem }),
  };
}
