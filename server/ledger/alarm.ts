/** Something that an administrator must look at. */
export interface Alarm {
  readonly at: string;
  readonly code:
    | 'contentChanged'
    | 'judgeFailed'
    | 'chainForked'
    | 'signatureForged'
    | 'tokenReused'
    | 'scopeLeft'
    | 'ledgerBehind'
    | 'scopeDiffered'
    | 'scopeDiffers'
    | 'recovery-sheet-used'
    | 'key-store-lost'
    | 'keys-damaged'
    | 'journal-damaged';
  /** What it is about: an operation, a scope; empty where neither. */
  readonly operation: string;
  readonly device: string;
  readonly person: string | null;
}
