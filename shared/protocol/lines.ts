/**
 * A file of lines, read in pieces: however large it is, memory holds one line. A file that is cut short, has lines without end, or is no
 * text at all ends the reading with a word; nothing throws.
 */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const LINE_FEED = 10;

/** Lines without their line feeds. The last one may lack it: `isWhole` says so. */
export interface ReadLine {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** @param most bytes of a line; a longer one ends the reading with 'too-long' */
export async function* linesIn(chunks: Chunks, most: number): AsyncGenerator<ReadLine | 'too-long'> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  const take = (isWhole: boolean): ReadLine => {
    const bytes = joined(pieces, length);
    pieces = [];
    length = 0;
    return { bytes, isWhole };
  };
  const add = (piece: Uint8Array): boolean => {
    pieces.push(piece);
    length += piece.length;
    return length <= most;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      if (!add(chunk.slice(from, at))) return yield 'too-long';
      from = at + 1;
      yield take(true);
    }
    if (from < chunk.length && !add(chunk.slice(from))) return yield 'too-long';
  }
  if (length > 0) yield take(false);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
