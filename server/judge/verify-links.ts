/**
 * The links of a push before anything of it is opened (shared/protocol/link.ts): each hash is that of its entry, and the last
 * signature of every run is its author's. A run is what one key signed without a gap: its links hold each other's hashes, so its last
 * signature vouches for all of them.
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
  for (const run of runsOf(entries)) {
    const { envelope, link } = run.last;
    const key = keys.get(link.key);
    if (!key) return { kind: 'unknownKey', count: run.from };
    const isTheirs = key.person === envelope.author && isOfDevice(run.entries, given);
    const text = linkSignedText(link.hash);
    if (!isTheirs || !given.verify(text, link.signature, key.key)) return { kind: 'forged' };
  }
  return { kind: 'sound', count: entries.length };
}

interface Run {
  readonly from: number;
  readonly entries: readonly PushEntry[];
  readonly last: PushEntry;
}

function runsOf(entries: readonly PushEntry[]): readonly Run[] {
  const runs: { from: number; entries: PushEntry[]; last: PushEntry }[] = [];
  for (const [from, entry] of entries.entries()) {
    const run = runs.at(-1);
    if (run && follows(run.last, entry)) {
      run.entries.push(entry);
      run.last = entry;
    } else runs.push({ from, entries: [entry], last: entry });
  }
  return runs;
}

const follows = (one: PushEntry, next: PushEntry): boolean =>
  next.envelope.author === one.envelope.author &&
  next.link.key === one.link.key &&
  next.link.number === one.link.number + 1 &&
  next.link.previous === one.link.hash;

const isOfDevice = (entries: readonly PushEntry[], { hash, device }: VerifyingGiven): boolean =>
  entries.every(
    ({ envelope, link }) => envelope.device === device && hash(linkText(envelope, link)) === link.hash,
  );
