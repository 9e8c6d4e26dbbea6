/**
 * What a file is, by its own bytes: names and declared types come from outside and are not asked. A photograph or a scan is one of
 * three; everything else is not taken.
 */
export const fileTypes = {
  'image/jpeg': { ending: 'jpg', isImage: true },
  'image/png': { ending: 'png', isImage: true },
  'application/pdf': { ending: 'pdf', isImage: false },
} as const;

export type FileType = keyof typeof fileTypes;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
/** Readers look for the mark at either end of the file within this many bytes, and scanners rely on it. */
const EDGE = 1024;

export function sniffFileType(bytes: Uint8Array): FileType | undefined {
  if (beginsWith(bytes, JPEG)) return 'image/jpeg';
  if (beginsWith(bytes, PNG)) return 'image/png';
  const head = latin(bytes.subarray(0, EDGE));
  const tail = latin(bytes.subarray(Math.max(0, bytes.length - EDGE)));
  const isPdf = /%PDF-\d\.\d/.test(head) && tail.includes('%%EOF') && tail.includes('startxref');
  return isPdf ? 'application/pdf' : undefined;
}

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  bytes.length > mark.length && mark.every((byte, index) => bytes[index] === byte);

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
