/** The body of a request of the page, in pieces: a page that sends without end fills no memory of the main process. */

/** @returns undefined where it is longer than `most` bytes */
export async function bodyWithin(
  { body }: Pick<Request, 'body'>,
  most: number,
): Promise<Uint8Array | undefined> {
  const reader = body?.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > most) {
      await reader?.cancel();
      return undefined;
    }
    pieces.push(piece.value);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
