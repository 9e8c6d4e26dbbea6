/** Unpacks Snappy's raw format (github.com/google/snappy/blob/main/format_description.txt), in which LevelDB keeps its blocks. */

/** @returns undefined where the bytes are no Snappy text */
export function unpackSnappy(packed: Uint8Array): Buffer | undefined {
  const length = varint(packed, 0);
  if (!length || length.value > 64 * 1024 * 1024) return undefined;
  const out = Buffer.alloc(length.value);
  let to = 0;
  let at = length.next;
  while (at < packed.length) {
    const tag = packed[at++] ?? 0;
    const kind = tag & 3;
    if (kind === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const bytes = size - 60;
        size = 1 + littleEndian(packed, at, bytes);
        at += bytes;
      }
      if (at + size > packed.length || to + size > out.length) return undefined;
      out.set(packed.subarray(at, at + size), to);
      at += size;
      to += size;
      continue;
    }
    const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const back = kind === 1 ? ((tag >> 5) << 8) | (packed[at] ?? 0) : littleEndian(packed, at, width);
    at += width;
    if (back === 0 || back > to || to + size > out.length) return undefined;
    // Byte by byte: a copy may overlap what it writes.
    for (let end = to + size; to < end; to++) out[to] = out[to - back] ?? 0;
  }
  return to === out.length ? out : undefined;
}

export function varint(bytes: Uint8Array, from: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let at = from, shift = 0; at < bytes.length && shift < 35; at++, shift += 7) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return { value, next: at + 1 };
  }
  return undefined;
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index++) value += (bytes[at + index] ?? 0) * 256 ** index;
  return value;
}
