/**
 * The links of a push before anything of it is opened (shared/protocol/link.ts): each hash is that of its entry, and the last
 * signature of every run is its author's. A run is what one author made without a gap: its links hold each other's hashes, so its last
 * signature vouches for all of them, those that were signed with a former key included.
 *
 * A key that the district does not know stops the push there, and is no crime: its owner may have been enrolled after the backup from
 * which the district came back. A signature that does not fit is one.
 */
import { linkSignedText, linkText } from '../../shared/protocol/link.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import type { SigningKey } from '../ledger/transactor.ts';

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
  for (const { from, entries: run } of runsOf(entries)) {
    if (!isWhole(run, given)) return { kind: 'forged' };
    const last = run.findLastIndex(({ link }) => keys.has(link.key));
    const signed = run[last];
    if (!signed) return { kind: 'unknownKey', count: from };
    const { envelope, link } = signed;
    const key = keys.get(link.key) as SigningKey;
    const isTheirs = key.person === envelope.author;
    if (!isTheirs || !given.verify(linkSignedText(link.hash), link.signature, key.key)) {
      return { kind: 'forged' };
    }
    if (last < run.length - 1) return { kind: 'unknownKey', count: from + last + 1 };
  }
  return { kind: 'sound', count: entries.length };
}

interface Run {
  readonly from: number;
  readonly entries: readonly PushEntry[];
}

function runsOf(entries: readonly PushEntry[]): readonly Run[] {
  const runs: { from: number; entries: PushEntry[] }[] = [];
  for (const [from, entry] of entries.entries()) {
    const run = runs.at(-1);
    const last = run?.entries.at(-1);
    if (run && last && follows(last, entry)) run.entries.push(entry);
    else runs.push({ from, entries: [entry] });
  }
  return runs;
}

const follows = (one: PushEntry, next: PushEntry): boolean =>
  next.envelope.author === one.envelope.author &&
  next.link.number === one.link.number + 1 &&
  next.link.previous === one.link.hash;

/** Every link is of this device and holds what its entry says. */
const isWhole = (run: readonly PushEntry[], { hash, device }: VerifyingGiven): boolean =>
  run.every(
    ({ envelope, link }) => envelope.device === device && hash(linkText(envelope, link)) === link.hash,
  );
