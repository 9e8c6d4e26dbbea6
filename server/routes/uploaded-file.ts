/**
 * The one file of a browser's form (multipart/form-data, RFC 7578), as it streams by. Ours has a single field; anything else in the
 * body is no upload of ours and ends the reading.
 */
import { failureOf } from './failure.ts';

const MOST_HEADERS = 8 * 1024;
const HEADERS_END = Buffer.from('\r\n\r\n');

export const boundaryOf = (contentType: string | undefined): string | undefined =>
  /^multipart\/form-data;\s*boundary="?([A-Za-z0-9'()+_,./:=?-]{1,70})"?$/i.exec(contentType ?? '')?.[1];

/** Throws an expected failure where the body has another form. */
export async function* uploadedFile(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  const end = Buffer.from(`\r\n--${boundary}`);
  let rest: Buffer = Buffer.alloc(0);
  let isInside = false;
  let isOver = false;
  for await (const chunk of body) {
    if (isOver) continue;
    rest = Buffer.concat([rest, chunk]);
    if (!isInside) {
      const at = rest.indexOf(HEADERS_END);
      if (at < 0 && rest.length > MOST_HEADERS) throw failureOf({ error: 'malformed' });
      if (at < 0) continue;
      if (!rest.subarray(0, at).toString('latin1').startsWith(`--${boundary}\r\n`))
        throw failureOf({ error: 'malformed' });
      rest = rest.subarray(at + HEADERS_END.length);
      isInside = true;
    }
    const at = rest.indexOf(end);
    isOver = at >= 0;
    // What may be the beginning of the end waits for the next piece.
    const sure = isOver ? at : Math.max(0, rest.length - end.length);
    if (sure > 0) yield rest.subarray(0, sure);
    rest = rest.subarray(sure);
  }
  if (!isOver) throw failureOf({ error: 'malformed' });
}
