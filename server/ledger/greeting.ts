/** What is asked at every turn and at every heartbeat: one statement each, so neither needs a snapshot around it. */
import type { Device, Head, Person } from './transactor.ts';

/** Where a turn begins. */
export interface Greeting {
  readonly head: Head;
  /** Scopes that have held a record, of those that were asked about. */
  readonly scopes: readonly string[];
  /** Confidential matters that name the person among their readers. */
  readonly named: readonly string[];
  /** Something in the district waits for somebody's decision. */
  readonly hasReview: boolean;
}

/** A device and everybody who uses it. */
export interface Peopled {
  readonly device: Device;
  readonly people: readonly Person[];
}

export interface Greets {
  /** @param beginnings of the names of scopes: a district has thousands, and a desk reads a dozen */
  readonly greeting: (person: string, beginnings: readonly string[]) => Promise<Greeting>;
  readonly peopled: (device: string) => Promise<Peopled | undefined>;
}
