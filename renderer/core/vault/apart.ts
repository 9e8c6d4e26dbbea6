/**
 * A text in two parts that are wanted at different times: what opening needs, and what somebody may look at later. Deflated apart
 * (pressed.ts), so that the second may stay in memory as it lies on the disk until then (store/unfolded.ts).
 */
import type { Bytes } from './ciphers.ts';

/** No JSON begins with it. */
export const APART = 0x02;
/** The mark, how long the first part lies here, how long each is once it is unfolded: 32 bits each, the lowest byte first. */
const FRAME = 13;

export interface Part {
  /** As it lies: deflated or not (pressed.ts). */
  readonly bytes: Uint8Array;
  /** Bytes once it is unfolded. */
  readonly length: number;
}

export type TwoParts = readonly [first: Part, rest: Part];

/** One that is not deflated. */
export const plainPart = (bytes: Uint8Array): Part => ({ bytes, length: bytes.length });

export function framed([first, rest]: TwoParts): Bytes {
  const frame = new Uint8Array(FRAME + first.bytes.length + rest.bytes.length);
  const view = new DataView(frame.buffer);
  frame[0] = APART;
  for (const [index, size] of [first.bytes.length, first.length, rest.length].entries())
    view.setUint32(1 + 4 * index, size, true);
  frame.set(first.bytes, FRAME);
  frame.set(rest.bytes, FRAME + first.bytes.length);
  return frame;
}

/** @returns views into the frame; undefined where it is none */
export function partsIn(bytes: Uint8Array): TwoParts | undefined {
  if (bytes[0] !== APART || bytes.length < FRAME) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, FRAME);
  const [lies, first, rest] = [view.getUint32(1, true), view.getUint32(5, true), view.getUint32(9, true)];
  if (FRAME + lies > bytes.length) return undefined;
  return [
    { bytes: bytes.subarray(FRAME, FRAME + lies), length: first },
    { bytes: bytes.subarray(FRAME + lies), length: rest },
  ];
}
