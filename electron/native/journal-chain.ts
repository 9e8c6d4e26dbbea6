/**
 * The chain of operations that this computer makes (shared/protocol/link.ts): which link comes next, and whether one that is given back
 * is genuine and still has its place. A number is given out once: the chain's end outlives the entries before it.
 */
import type { Envelope } from '../../shared/protocol/envelope.ts';
import { CHAIN_START, linkSignedText, linkText, type Link } from '../../shared/protocol/link.ts';
import type { Unlocked } from './key-types.ts';
import { isSignedBy, sha256 } from './signing.ts';

export interface ChainEnd {
  readonly number: number;
  readonly hash: string;
}

/** The district's chain of a device ends before this number. */
export interface ChainGap {
  readonly number: number;
  /** The hash of its end, as the district knows it: the journal may have let go of that entry. */
  readonly previous?: string | undefined;
}

/** By device: a computer that was enrolled as another one begins another chain. */
export type ChainEnds = ReadonlyMap<string, ChainEnd>;
export type Linked = Pick<Link, 'number' | 'previous' | 'hash'>;

export const BEGINNING: ChainEnd = { number: 0, hash: CHAIN_START };

const hashOf = (envelope: Envelope, place: Pick<Link, 'number' | 'previous'>): string =>
  sha256(linkText(envelope, place)).toString('base64url');

/** Its hash is of this very entry, and its author has signed it with a key of his own. */
export function isGenuine(
  envelope: Envelope,
  link: Link,
  signingKeyOf: (id: string, author: string) => string | undefined,
): boolean {
  const point = signingKeyOf(link.key, envelope.author);
  return (
    point !== undefined &&
    link.hash === hashOf(envelope, link) &&
    isSignedBy(point, linkSignedText(link.hash), link.signature)
  );
}

export interface KnownChain {
  readonly end: (device: string) => ChainEnd;
  readonly linkAt: (device: string, number: number) => Linked | undefined;
}

export type Growing = ReturnType<typeof growing>;

/** The chain with what one append adds to it, before any of that is on disk. */
export function growing(known: KnownChain) {
  const added = new Map<string, Linked>();
  const ends = new Map<string, ChainEnd>();
  const end = (device: string): ChainEnd => ends.get(device) ?? known.end(device);
  const at = (device: string, number: number): Linked | undefined =>
    added.get(`${device}/${number}`) ?? known.linkAt(device, number);

  function hashAt(device: string, number: number): string | undefined {
    if (number === 0) return CHAIN_START;
    return at(device, number)?.hash ?? (end(device).number === number ? end(device).hash : undefined);
  }

  function take(device: string, link: Linked): void {
    added.set(`${device}/${link.number}`, link);
    if (link.number > end(device).number) ends.set(device, { number: link.number, hash: link.hash });
  }

  return {
    /** Whether nothing else stands in its place, and its neighbours, where they are known, are its own. */
    fits(device: string, link: Link): boolean {
      const same = [
        hashAt(device, link.number) ?? link.hash,
        at(device, link.number + 1)?.previous ?? link.hash,
      ];
      return (
        (hashAt(device, link.number - 1) ?? link.previous) === link.previous &&
        same.every((hash) => hash === link.hash)
      );
    },
    take,
    next(envelope: Envelope, signing: Unlocked['signing']): Link {
      const before = end(envelope.device);
      const place = { number: before.number + 1, previous: before.hash };
      const hash = hashOf(envelope, place);
      const link = { ...place, hash, key: signing.id, signature: signing.sign(linkSignedText(hash)) };
      take(envelope.device, link);
      return link;
    },
  };
}
