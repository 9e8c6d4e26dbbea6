/**
 * How much room the disk under the profile has left. Below one mark people are told; below the other nothing new is registered, so
 * that what must be written whatever happens (verdicts, drafts, the store's own folding) finds room, and no disk is ever full.
 */
import { statfs } from 'node:fs/promises';
import type { RoomState } from '../../shared/bridge.ts';

/** Bytes that are left. */
export interface RoomMarks {
  readonly low: number;
  readonly none: number;
}

const ROOM_MARKS: RoomMarks = { low: 1024 ** 3, none: 200 * 1024 ** 2 };

export interface RoomWatch {
  readonly state: () => RoomState;
  /** Looks now. */
  readonly look: () => Promise<RoomState>;
}

export function watchRoom(given: {
  readonly folder: string;
  readonly marks?: RoomMarks;
  /** Only where it is another room than before. */
  readonly onChange: (state: RoomState) => void;
  readonly read?: (folder: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;
}): RoomWatch {
  const { folder, marks = ROOM_MARKS, onChange, read = statfs } = given;
  let state: RoomState = { room: 'enough', free: Number.MAX_SAFE_INTEGER };

  function roomIn(free: number): RoomState['room'] {
    if (free < marks.none) return 'none';
    return free < marks.low ? 'low' : 'enough';
  }
  return {
    state: () => state,
    look: async () => {
      // Who cannot be asked stops nobody's work: the journal says itself when the disk takes no more.
      const disk = await read(folder).catch(() => undefined);
      const free = disk ? disk.bavail * disk.bsize : Number.MAX_SAFE_INTEGER;
      const before = state.room;
      state = { room: roomIn(free), free };
      if (state.room !== before) onChange(state);
      return state;
    },
  };
}
