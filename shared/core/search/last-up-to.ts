/** Place of the last number that is not above `most`, among `count` ascending ones; `from` is a place that is not behind it. */
export function lastUpTo(ascending: Uint32Array, count: number, most: number, from: number): number {
  let low = from;
  let high = count;
  // Matches come in order and often close together: step out in doubling strides, then halve.
  for (let stride = 1; low + stride < count; stride *= 2) {
    if ((ascending[low + stride] ?? 0) > most) {
      high = low + stride;
      break;
    }
    low += stride;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= most) low = middle;
    else high = middle;
  }
  return low;
}
