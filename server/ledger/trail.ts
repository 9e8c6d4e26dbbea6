/** What the ledger keeps so that its trail can be checked for ever: links as they were signed, and the district's own daily heads. */
/** A link as its author has signed it, so that it can be checked for ever (server/trail). */
export interface StoredLink {
  readonly number: number;
  readonly previous: string;
  readonly hash: string;
  /** `signingKeyId` of the author's key, and the signature over the link. */
  readonly key: string;
  readonly signature: string;
  /** Base64; null where the content was none, or was erased by law together with its salt. */
  readonly salt: string | null;
}

/** The district's own head of a day (server/trail/anchor.ts). */
export interface Anchor {
  /** In Shanghai, `YYYY-MM-DD`. */
  readonly day: string;
  readonly at: string;
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
  readonly signature: string;
}

export interface TrailReading {
  /** Whether the ledger holds a link of this author on this device, behind this number, signed with one of these keys. */
  readonly isSignedLater: (given: {
    readonly device: string;
    readonly author: string;
    readonly number: number;
    readonly keys: readonly string[];
  }) => Promise<boolean>;
  /** Oldest first. */
  readonly anchors: () => Promise<readonly Anchor[]>;
}

export interface TrailWriting {
  readonly saveAnchor: (anchor: Anchor) => Promise<void>;
}
