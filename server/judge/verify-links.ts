/**
 * The links of a push before anything of it is opened (shared/protocol/link.ts): each hash is that of its entry, and the last
 * signature of every run of one author is that author's. The links hold each other's hashes, so it vouches for the whole run.
 *
 * A key that the district does not know is no crime: its owner may have been enrolled after the backup from which the district came
 * back. A later signature with a known key of the same author vouches for it, through the links in between; without one the push stops
 * there. A signature that does not fit is a forgery.
 */
import { linkSignedText, linkText, settledText } from '../../shared/protocol/link.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import type { SigningKey } from '../ledger/on-device.ts';

export interface VerifyingGiven {
  readonly hash: (text: string) => string;
  readonly verify: (text: string, signature: string, point: string) => boolean;
  readonly device: string;
  /** Every key with which somebody has signed on this device. */
  readonly signingKeys: readonly SigningKey[];
}

/** How many entries from the front may go on to the judge, and what the one behind them is. */
export type Verified =
  | { readonly kind: 'sound'; readonly count: number }
  | { readonly kind: 'unknownKey'; readonly count: number }
  | { readonly kind: 'forged' };

export function verifyLinks(entries: readonly PushEntry[], given: VerifyingGiven): Verified {
  const keys = new Map(given.signingKeys.map((key) => [key.id, key]));
  let count = entries.length;
  for (const stretch of stretchesOf(entries)) {
    if (!isWhole(stretch.entries, given)) return { kind: 'forged' };
    const vouched = new Set<string>();
    for (const [index, { envelope, link }] of [...stretch.entries.entries()].reverse()) {
      const { author } = envelope;
      const isRunsEnd = stretch.entries[index + 1]?.envelope.author !== author;
      if (!isRunsEnd && vouched.has(author)) continue;
      const key = keys.get(link.key);
      if (!key) {
        if (!vouched.has(author)) count = Math.min(count, stretch.from + index);
        continue;
      }
      const text = linkSignedText(link.hash);
      if (key.person !== author || !given.verify(text, link.signature, key.key)) return { kind: 'forged' };
      vouched.add(author);
    }
  }
  for (const [index, entry] of entries.entries()) {
    const settlement = settlementOf(entry, keys, given);
    if (settlement === 'forged') return { kind: 'forged' };
    if (settlement === 'unknownKey') count = Math.min(count, index);
  }
  return { kind: count < entries.length ? 'unknownKey' : 'sound', count };
}

/** Nobody but the author says that an entry is dealt with. */
function settlementOf(
  { envelope, link, settled }: PushEntry,
  keys: ReadonlyMap<string, SigningKey>,
  { verify }: VerifyingGiven,
): 'sound' | 'unknownKey' | 'forged' {
  if (!settled) return 'sound';
  const key = keys.get(settled.key);
  if (!key) return 'unknownKey';
  const isTheirs =
    key.person === envelope.author && verify(settledText(link.hash), settled.signature, key.key);
  return isTheirs ? 'sound' : 'forged';
}

interface Stretch {
  readonly from: number;
  readonly entries: readonly PushEntry[];
}

/** Entries whose links go on from each other. */
function stretchesOf(entries: readonly PushEntry[]): readonly Stretch[] {
  const stretches: { from: number; entries: PushEntry[] }[] = [];
  for (const [from, entry] of entries.entries()) {
    const stretch = stretches.at(-1);
    const last = stretch?.entries.at(-1);
    if (stretch && last && follows(last, entry)) stretch.entries.push(entry);
    else stretches.push({ from, entries: [entry] });
  }
  return stretches;
}

const follows = ({ link: one }: PushEntry, { link: next }: PushEntry): boolean =>
  next.number === one.number + 1 && next.previous === one.hash;

/** Every link is of this device and holds what its entry says. */
const isWhole = (entries: readonly PushEntry[], { hash, device }: VerifyingGiven): boolean =>
  entries.every(
    ({ envelope, link }) => envelope.device === device && hash(linkText(envelope, link)) === link.hash,
  );
