/** The chain of one device in memory: real hashes, cheap signatures, a head that survives a journal that lost its end. */
import type { Envelope } from '../../../shared/protocol/envelope.ts';
import {
  CHAIN_START,
  linkSignedText,
  linkText,
  settledText,
  type Link,
  type Settlement,
} from '../../../shared/protocol/link.ts';
import { plainKeyId, plainPoint, plainSignature, sha256 } from './plain-keys.ts';

export const signingPoint = (device: string, person: string): string =>
  plainPoint(`sign|${device}|${person}`);

/** Signed by the envelope's author, in a given place. */
function linked(envelope: Envelope, { number, previous }: Pick<Link, 'number' | 'previous'>): Link {
  const hash = sha256(linkText(envelope, { number, previous }));
  const point = signingPoint(envelope.device, envelope.author);
  const signature = plainSignature(point, linkSignedText(hash));
  return { number, previous, hash, key: plainKeyId(point), signature };
}

/** By the envelope's author, in whatever form somebody deals with it. */
export function settledBy(envelope: Envelope, { hash }: Link): Settlement {
  const point = signingPoint(envelope.device, envelope.author);
  return { key: plainKeyId(point), signature: plainSignature(point, settledText(hash)) };
}

export function createLinks(): { readonly next: (envelope: Envelope) => Link } {
  let head: Pick<Link, 'number' | 'hash'> = { number: 0, hash: CHAIN_START };
  return {
    next: (envelope) => {
      const link = linked(envelope, { number: head.number + 1, previous: head.hash });
      head = link;
      return link;
    },
  };
}
