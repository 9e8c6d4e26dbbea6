/** What the journal (journal.ts) does for everybody else in the main process. */
import type { JournalEntry } from '../../shared/bridge.ts';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Link } from '../../shared/protocol/link.ts';
import type { PushEntry, Verdict } from '../../shared/protocol/messages.ts';
import type { ChainEnd, ChainGap } from './journal-chain.ts';
import type { PendingOperation } from './journal-index.ts';
import type { DurableMark } from './journal-questions.ts';
import type { Unlocked } from './key-types.ts';

/** Who is in: signs what gets a new place in the chain. */
export type Author = Pick<Unlocked, 'person' | 'signing'>;

export interface Journal {
  /**
   * Entries get the chain's next links, signed by their author; one that brings its link keeps it, where its place is still free, and
   * waits for its author where it is not. Whether that link is genuine is the caller's to check.
   */
  readonly append: (
    entries: readonly { readonly envelope: Envelope; readonly link?: Link | undefined }[],
    author: Author,
  ) => Promise<readonly { readonly number: number; readonly link: Link }[]>;
  /** Keeps only what is news; returns the new lines. */
  readonly judge: (verdicts: readonly Verdict[], at: string) => Promise<readonly JournalEntry[]>;
  readonly resolve: (resolved: {
    operation: string;
    by: Author;
    into: readonly string[];
    at: string;
  }) => Promise<number>;
  readonly temporaryNumber: () => Promise<number>;
  /** Everybody's lines. */
  readonly read: (query: {
    after: number;
    limit?: number;
  }) => Promise<{ entries: JournalEntry[]; more: boolean; last: number }>;
  /** Groups of a device's pending operations in the order of its chain. */
  readonly pending: (device: string) => readonly (readonly PendingOperation[])[];
  /** Held operations: asked about again, or told that their author has dealt with them. */
  readonly held: (device: string) => readonly PendingOperation[];
  /** Of everybody, whatever this computer was called. */
  readonly pendingCount: () => number;
  readonly entries: (operations: readonly PendingOperation[]) => Promise<readonly PushEntry[]>;
  /**
   * The district knows this device's chain only up to the number before: everything from there on, in the chain's order. What it had
   * refused and nobody has dealt with is pending again.
   */
  readonly entriesFrom: (device: string, number: number) => Promise<readonly PendingOperation[]>;
  /** What was confirmed beyond this sequence or behind line `between`, or given up, is pending again, under its id and link. @returns how many */
  readonly offerAgain: (beyond: number, between?: number) => Promise<number>;
  /**
   * The district misses this place of the chain, and the entry that had it is lost for good: the chain is cut there, and what the author
   * has written behind it gets new places. @returns whether anything has one now
   */
  readonly cutChain: (device: string, gap: ChainGap, author: Author) => Promise<boolean>;
  /** Places for what has none of this author. @returns how many */
  readonly relink: (author: Author) => Promise<number>;
  /** Sealed files that operations in it name. */
  readonly filesNamed: () => readonly string[];
  /** `living`: an operation that was not refused names the file. */
  readonly naming: (file: string) => 'living' | 'refused' | 'nobody';
  readonly authorOf: (operation: string) => string | undefined;
  /**
   * Where the district's end of the chain is not ours (a journal that was lost, a disk from another day), ours goes on behind it; what
   * waits here gets new places.
   */
  readonly chainReached: (device: string, end: ChainEnd) => Promise<void>;
  /** Whether its chain has another link there, or goes on from another one; not where it has let go of both. */
  readonly isOtherEnd: (device: string, end: ChainEnd) => boolean;
  /** Of the last line, whether it is still here or not. */
  readonly lastNumber: () => number;
  /** Drops what the district's backup holds, and was judged in lines behind `after` and up to `upTo`. Numbers go on. */
  readonly compact: (mark: DurableMark) => Promise<void>;
  readonly close: () => Promise<void>;
}
