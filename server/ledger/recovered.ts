/** What the ledger keeps of states that desks have brought from a former life of the district (sync.md S8). */

/** One for each record and former epoch: the newest that anybody had. */
export interface StoredRecovered {
  readonly record: string;
  /** The former one, in which the district had sent it. */
  readonly epoch: string;
  readonly seq: number;
  readonly entity: string;
  readonly area: string;
  /** The state's JSON. */
  readonly text: string;
  /** Who had it, and where. */
  readonly person: string;
  readonly device: string;
  readonly at: string;
  /** Who has approved it, and when; null while nobody has. */
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
}

export interface RecoveredReading {
  /** In the order in which they came; of these records, or of all. */
  readonly recovered: (records?: readonly string[]) => Promise<readonly StoredRecovered[]>;
}

export interface RecoveredWriting {
  /** The newer one of a record and epoch stays; one that was approved is never replaced. */
  readonly keepRecovered: (states: readonly StoredRecovered[]) => Promise<void>;
  readonly approveRecovered: (given: {
    readonly record: string;
    readonly by: string;
    readonly at: string;
  }) => Promise<void>;
}
