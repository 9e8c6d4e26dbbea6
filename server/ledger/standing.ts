/** Where the district and the scopes of a page stand in its snapshot. */
import type { ScopeHash } from '../../shared/protocol/scope-hash.ts';
import type { Head } from './transactor.ts';

/** A scope that holds or held a record. */
export interface ScopeStanding {
  readonly scope: string;
  /** The last sequence that moved it. */
  readonly seq: number;
  /** Of what it holds. */
  readonly hash: ScopeHash;
}

export interface DistrictStanding {
  readonly head: Head;
  /** Of the asked ones those that hold or held a record, by name. */
  readonly scopes: readonly ScopeStanding[];
}

/** What the snapshot of a page has told already: it is not asked again. */
export interface Told {
  readonly standing: DistrictStanding;
  /** How many sequences lie behind the cursors, where that is known. */
  readonly behind?: number | undefined;
}
