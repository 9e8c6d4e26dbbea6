/** What is wrong with a chain, checked by hand from docs/protocol.md and not with the code that makes it. */
import { createHash } from 'node:crypto';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Link } from '../../shared/protocol/link.ts';
import { isSignedBy } from '../native/signing.ts';

export interface Chained {
  readonly envelope: Envelope;
  readonly link: Link;
}

/** Entries of one device, in the order of their numbers or not. @param known end of what came before them */
export function chainFaults(
  entries: readonly Chained[],
  signingKeyOf: (id: string) => string | undefined,
  known = { number: 0, hash: 'A'.repeat(43) },
): readonly string[] {
  const faults: string[] = [];
  let end = known;
  for (const { envelope, link } of [...entries].sort((one, other) => one.link.number - other.link.number)) {
    const { id, device, author, commitment } = envelope;
    const { number, previous } = link;
    const text = `linli/link/1|${device}|${number}|${previous}|${author}|${id}|${commitment}`;
    if (link.hash !== createHash('sha256').update(text).digest('base64url')) faults.push(`hash of ${number}`);
    if (number !== end.number + 1 || previous !== end.hash) faults.push(`place of ${number}`);
    const point = signingKeyOf(link.key) ?? '';
    if (!isSignedBy(point, `linli/link-signature/1|${link.hash}`, link.signature))
      faults.push(`signature of ${number}`);
    end = { number, hash: link.hash };
  }
  return faults;
}
