/**
 * How the journal lies on disk: a file header, then frames `marker ‖ length ‖ crc32 ‖ payload` (whole numbers little-endian). One
 * frame is one append, so a group of operations is there whole or not at all. The marker holds a byte that JSON never holds, so
 * that frames after a damaged stretch can be found again.
 */
import { crc32 } from './crc32.ts';

export const FILE_HEADER = Buffer.from('LINLIJ\x00\x02', 'latin1');
const MARKER = Buffer.from('LJF\x02', 'latin1');
const HEAD = 12;
const MAX_PAYLOAD = 256 * 1024 * 1024;

export interface Frame {
  /** Where the frame starts in the file. */
  readonly offset: number;
  readonly length: number;
  readonly payload: Buffer;
}

export interface Scan {
  readonly frames: readonly Frame[];
  /** Bytes between good frames that are no frame: damage, not a torn write. */
  readonly damaged: readonly { readonly from: number; readonly to: number }[];
  /** End of the last good frame; what lies behind is a torn tail. */
  readonly end: number;
}

export function frameOf(payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  MARKER.copy(head);
  head.writeUInt32LE(payload.length, 4);
  head.writeUInt32LE(crc32(payload), 8);
  return Buffer.concat([head, payload]);
}

/** The frame at `offset`, or undefined where the bytes are none. */
export function frameAt(bytes: Buffer, offset: number): Frame | undefined {
  if (offset + HEAD > bytes.length || bytes.compare(MARKER, 0, 4, offset, offset + 4) !== 0) return undefined;
  const size = bytes.readUInt32LE(offset + 4);
  const start = offset + HEAD;
  if (size > MAX_PAYLOAD || start + size > bytes.length) return undefined;
  const payload = bytes.subarray(start, start + size);
  if (crc32(payload) !== bytes.readUInt32LE(offset + 8)) return undefined;
  return { offset, length: HEAD + size, payload };
}

export function scanFrames(bytes: Buffer): Scan {
  const frames: Frame[] = [];
  const damaged: { from: number; to: number }[] = [];
  let end = bytes.compare(FILE_HEADER, 0, 8, 0, Math.min(8, bytes.length)) === 0 ? FILE_HEADER.length : 0;
  for (let at: number | undefined = end; at !== undefined;) {
    const frame = frameAt(bytes, at);
    if (frame) {
      if (at > end) damaged.push({ from: end, to: at });
      frames.push(frame);
      end = at + frame.length;
      at = end;
    } else {
      const next: number = bytes.indexOf(MARKER, at + 1);
      at = next === -1 ? undefined : next;
    }
  }
  return { frames, damaged, end };
}
