/**
 * A key as people compare it, on paper or over the telephone: eight groups of four digits, each the remainder by 10 000 of four bytes
 * (big-endian) of SHA-256 over the raw point. About 106 bits.
 * @param sha256 of the 65 bytes of the point
 */
export function fingerprintOf(sha256: Uint8Array): string {
  const view = new DataView(sha256.buffer, sha256.byteOffset, 32);
  return [0, 4, 8, 12, 16, 20, 24, 28]
    .map((at) => String(view.getUint32(at) % 10_000).padStart(4, '0'))
    .join(' ');
}
