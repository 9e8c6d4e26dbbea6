/**
 * How long a sealed file is. The content is filled up with zeros to whole steps, so that nobody knows a file again by its length,
 * and sealed in pieces; each piece carries a tag of its own.
 */
export const PIECE = 256 * 1024;
export const TAG = 16;
/** Of one request on the line, either way. */
export const MOST_PART = 512 * 1024;
const STEP = 16 * 1024;

export const paddedSize = (size: number): number => Math.max(1, Math.ceil(size / STEP)) * STEP;

export const piecesOf = (size: number): number => Math.ceil(paddedSize(size) / PIECE);

/** Bytes on disk and on the line. */
export const sealedSize = (size: number): number => paddedSize(size) + piecesOf(size) * TAG;
