/** What the carrier is given and what it says; carrier.ts is it. */
import type { JournalEntry } from '../shared/bridge.ts';
import type { Poke } from '../shared/protocol/poke.ts';
import type { CarrierProblem, Heard } from './carrier-sending.ts';
import type { DistrictContact } from './district.ts';
import type { Life } from './epoch-watch.ts';
import type { Later } from './native/after-time.ts';
import type { ChainGap } from './native/journal-chain.ts';
import type { Journal } from './native/journal-port.ts';
import type { isSignedBy } from './native/signing.ts';
import type { ListenForPokes } from './pokes.ts';
import type { SignedAsk } from './signed-ask.ts';

export interface CarrierState {
  readonly online: boolean;
  readonly since: string;
  readonly pending: number;
  readonly problem?: CarrierProblem;
  /** The district is busy and has asked to be left alone until then; what waits is sent then by itself. */
  readonly busyUntil?: string;
}

export interface Carrier {
  readonly state: () => CarrierState;
  /** Push now, and try the line again now if it is down. */
  readonly push: () => void;
  /** What the district says of entries of this computer, in a file as over the line. */
  readonly hear: (said: Pick<Heard, 'life' | 'verdicts'>) => Promise<void>;
  /** Call after an append: the pending count has changed. */
  readonly appended: () => void;
  /** Call after enrolling: address or device may be others. */
  readonly contactChanged: () => void;
  readonly stop: () => void;
}

export interface CarrierOptions {
  readonly journal: Pick<Journal, 'pending' | 'pendingCount' | 'held' | 'entries' | 'entriesFrom' | 'judge'>;
  /** Undefined until the computer is enrolled. */
  readonly contact: () => DistrictContact | undefined;
  readonly ask: SignedAsk;
  readonly listen: ListenForPokes;
  readonly revoked: () => boolean;
  /** The district misses this place of the chain, and it is not here. @returns whether the chain can go on now */
  readonly repair: (device: string, gap: ChainGap) => Promise<boolean>;
  /** The district's chain ends elsewhere than the journal's. @returns whether what waits goes on behind it now */
  readonly parted: (device: string, gap: ChainGap) => Promise<boolean>;
  /** Revoked, and nothing waits here any more. Told once. */
  readonly onRevokedAndDelivered: () => void;
  /** Which life of the district has answered; heard before its verdicts are written. */
  readonly onEpoch: (life: Life) => Promise<unknown>;
  readonly onVerdicts: (entries: readonly JournalEntry[]) => void;
  readonly onState: (state: CarrierState) => void;
  readonly onPoke: (news: Poke | undefined) => void;
  readonly verify?: typeof isSignedBy;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly later?: Later;
}
