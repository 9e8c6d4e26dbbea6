/**
 * The desk: everything that a screen may ask of the offline engine. Screens reach it only through the hooks beside this file.
 * Reading is synchronous over memory; writing is one call, `run`, that comes back when the operation is durable (sync.md S1).
 */
import type { UploadState } from '../../shared/bridge.ts';
import type { DeskAttachments } from './desk/attachments.ts';
import type { Command } from '../../shared/core/command.ts';
import type { AnyEntity } from '../../shared/core/entity.ts';
import type { Values } from '../../shared/core/field/base.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Result } from '../../shared/core/result.ts';
import type { Actor } from '../../shared/core/access.ts';
import type { TrailResponse } from '../../shared/protocol/trail.ts';
import type { ReviewItem } from '../../shared/protocol/review.ts';
import type { Registry } from '../../shared/core/registry.ts';
import type { Double, Like } from './memory/doubles.ts';
import type { SortKey } from './store/lines.ts';
import type { PullRequest } from '../../shared/protocol/messages.ts';

/** Where an operation of this computer stands. */
export type Standing = 'pending' | 'confirmed' | 'refused' | 'held';

export interface Shown {
  readonly record: RecordState;
  /** Operations of this computer that the district has not confirmed yet: 已保存在本机, not yet 已送达区里. */
  readonly pending: number;
}

/** A filter over one field: any of these values. */
export type Filter = Readonly<Record<string, readonly unknown[]>>;

export interface Query {
  readonly entity: string;
  readonly filter?: Filter;
  /** Narrowed by the search words as well. */
  readonly text?: string;
  readonly sort?: { readonly field: string; readonly descending?: boolean };
  readonly withdrawn?: boolean;
}

export interface Hit {
  readonly record: RecordState;
  readonly entity: AnyEntity;
  /** Field whose words matched. */
  readonly field: string;
}

/** A record in a list, and by what it stands there. */
export interface Place {
  readonly id: string;
  readonly key: SortKey;
}

export interface Touched {
  readonly record: RecordState;
  readonly at: string;
}

/** What the person saw when the form was opened; kept with the draft, so that a pull in between hides no conflict. */
export interface Opened {
  readonly seen: RecordState | undefined;
  readonly basis: { readonly epoch: string; readonly seq: number };
  readonly after: readonly string[];
}

export interface RunOptions {
  /** Defaults to what is shown now. */
  readonly opened?: Opened;
  /** The operation that these commands were made from: one's own, or a colleague's that waits for review. */
  readonly corrects?: string;
}

export interface Saved {
  readonly record: string;
  readonly operations: readonly string[];
}

export interface Draft {
  readonly key: string;
  readonly entity: string;
  readonly record?: string | undefined;
  /** The id that the new record gets: once it exists, the draft has done its work, whatever cut the saving short. */
  readonly creates?: string | undefined;
  readonly values: Values;
  readonly opened: Opened;
  readonly savedAt: string;
}

/** One thing that waits for a person: 待处理. */
export type TrayItem =
  | {
      readonly kind: 'conflict';
      readonly record: RecordState;
      readonly field: string;
    }
  | {
      readonly kind: 'refused' | 'held';
      readonly operation: Operation;
      readonly reason: Refusal;
      /** When the district has said so. */
      readonly since?: string;
      /** What the reviewer said who declined it. */
      readonly words?: { readonly by: string; readonly at: string; readonly words: string } | undefined;
      /** Present where the record is known here. */
      readonly record: RecordState | undefined;
      /** Operations held with this one. */
      readonly dependents: readonly string[];
    }
  | { readonly kind: 'duplicate'; readonly duplicate: Duplicate };

/** Two records that look like one thing registered twice. */
export type Duplicate = Double;

/** A record that certainly says the same as what somebody is filling in. */
export type { Like };

export interface HistoryItem {
  readonly operation: Operation;
  readonly standing: Standing;
  readonly seq: number | null;
  readonly receivedAt?: string;
  /** Who let it through, where it was held for review. */
  readonly reviewedBy?: string;
}

export interface SyncState {
  /** Operations that the district has not judged yet, of everybody on this computer. */
  readonly pending: number;
  readonly conflicts: number;
  /** Refused or held, of this person, and theirs to deal with. */
  readonly attention: number;
  /** Of this person, held until somebody decides. */
  readonly underReview?: number;
  /** Others' cases that wait for this person's decision. */
  readonly toReview?: number;
  readonly connection: 'online' | 'offline' | 'problem';
  /** Since when the connection is as it is, ISO. */
  readonly since: string;
  /** Files of attachments that the district lacks, of everybody on this computer; records never wait for them. */
  readonly uploads?: UploadState;
  /** A running first download or a long pull. */
  readonly progress?: { readonly done: number; readonly total: number };
  readonly lastSync?: string;
  /** That was a file: what the district said there is as old as the file. */
  readonly lastSyncBy?: 'file';
  /** Why the last file for this person was not taken in. */
  readonly fileProblem?: NonNullable<SyncState['problem']>;
  /** Milliseconds that this computer's clock is ahead of the district's, where it is worth a word (over five minutes). */
  readonly clockAhead?: number;
  /** Without contact for so long that reading waits for the next one; registering goes on. */
  readonly leaseOver?: true;
  /** Scopes that this person may not read any more, by name, since the desk was opened; nothing of them is left here. */
  readonly left?: readonly string[];
  /** Megabytes that are left on a disk that is getting full; see `problem` for one that is nearly used up. */
  readonly roomLeft?: number;
  /** The district is busy: what waits is sent at this instant, by itself. */
  readonly busyUntil?: string;
  /** A newer app has written the records on this computer: they can be read, and nothing is registered or fetched. */
  readonly newerApp?: true;
  /** In plain words for the details: network, login portal, other district, newer protocol, this computer locked out. */
  readonly problem?:
    | 'network'
    | 'not-the-district'
    | 'other-district'
    | 'newer-protocol'
    | 'server'
    | 'storage'
    /** The disk is nearly full: nothing is fetched and nothing new is registered. */
    | 'no-room'
    /** See `newerApp`. */
    | 'newer-app'
    | 'access'
    | 'revoked'
    | 'quarantined'
    | 'stale-file';
}

/** What waits for this person's decision; only the district knows it. */
export interface ReviewState {
  /** Newest first, each the operation that waits and then what goes with it; undefined until the district has answered. */
  readonly cases?: readonly (readonly ReviewItem[])[];
  /** There is more than the list holds. */
  readonly hasMore: boolean;
  /** Why the last asking had no answer. */
  readonly problem?: SyncState['problem'];
}

export interface Desk {
  readonly attachments: DeskAttachments;
  readonly registry: Registry;
  readonly me: Actor & { readonly name: string };

  /** The record that stands under this id: where it was merged, its survivor. */
  readonly get: (id: string) => Shown | undefined;
  /** The record itself, also where another one stands for it. */
  readonly itself: (id: string) => RecordState | undefined;
  /** Records that this one stands for and that are here. */
  readonly absorbed: (id: string) => readonly RecordState[];
  /** Pairs that this person may merge, the certain ones first; of one record, or of one entity. */
  readonly duplicatesOf: (id: string) => readonly Duplicate[];
  readonly duplicates: (entity: string) => readonly Duplicate[];
  /** Records that certainly say the same as what somebody is filling in. */
  readonly like: (entity: string, values: Values, except?: string) => readonly Like[];
  readonly list: (query: Query) => readonly RecordState[];
  /** The same as ids in their order: a hundred thousand lines, of which a screen shows twenty. */
  readonly places: (query: Query) => readonly Place[];
  /** What this person wrote to last, the latest first. */
  readonly touched: (entity: string, few: number) => readonly Touched[];
  /** Number of records by the value of one field. */
  readonly counts: (entity: string, field: string) => ReadonlyMap<unknown, number>;
  /** Records of `entity` whose reference field points to `id`. */
  readonly pointing: (entity: string, field: string, id: string) => readonly RecordState[];
  readonly search: (
    text: string,
    options?: { readonly entity?: string; readonly limit?: number },
  ) => readonly Hit[];
  readonly open: (id: string | undefined) => Opened;
  readonly run: (command: Command, options?: RunOptions) => Promise<Result<Saved, Refusal>>;
  /** Several commands that hold or fall together; at most 200. */
  readonly runAll: (commands: readonly Command[], options?: RunOptions) => Promise<Result<Saved, Refusal>>;
  readonly newId: (entity: string) => string;

  readonly sync: () => SyncState;
  readonly syncNow: () => void;
  /** How far this desk has come: what a file for the district asks from. */
  readonly reached: () => Pick<PullRequest, 'epoch' | 'cursors'>;
  readonly tray: () => readonly TrayItem[];
  /** Operations of this person that are not confirmed, for the indicator's list. */
  readonly unconfirmed: () => readonly HistoryItem[];
  /** Issues a refused operation and what was held with it anew, with these values written over. */
  readonly correct: (operation: string, values: Values) => Promise<Result<Saved, Refusal>>;
  /** Hands a refused operation, as it is, and what was held with it to whoever reviews. */
  readonly handOver: (operation: string) => Promise<Result<Saved, Refusal>>;
  /** The author gives a refused operation up; it stays in the journal. */
  readonly setAside: (operation: string) => Promise<Result<undefined, Refusal>>;
  readonly review: () => ReviewState;
  /** Asks the district again what waits for a decision. */
  readonly askReview: () => Promise<void>;
  /** This computer's operations at once; the district's when it answers. Kept for the next time without a network. */
  readonly history: (record: string) => Promise<readonly HistoryItem[]>;
  /** Asks the district whether the record's trail is still what its authors have signed. */
  readonly checkTrail: (record: string) => Promise<Result<TrailResponse, unknown>>;

  readonly saveDraft: (draft: Omit<Draft, 'savedAt'>) => Promise<void>;
  readonly draft: (key: string) => Draft | undefined;
  readonly drafts: () => readonly Draft[];
  readonly dropDraft: (key: string) => Promise<void>;
  /** Resolves when all that was handed over before is on disk, or could not be written. */
  readonly kept: () => Promise<void>;

  /** Milliseconds since 1970 by the district's clock, as far as it is known. */
  readonly now: () => number;
  /** Tells when anything that was read may have changed. `topic`: a record id, an entity name, `sync`, `tray`, `search` or `drafts`. */
  readonly subscribe: (topic: string, listener: () => void) => () => void;
  /** Grows with every change of the topic: the snapshot that hooks compare. */
  readonly version: (topic: string) => number;
  readonly close: () => Promise<void>;
}
