/** What every part of the district is given. */
import type { RandomBytes } from '../shared/core/id.ts';
import type { Operation } from '../shared/core/operation.ts';
import type { Registry } from '../shared/core/registry.ts';
import type { Result } from '../shared/core/result.ts';
import type { Verdict } from '../shared/protocol/messages.ts';
import type { BackupMade, BackupOrder, BackupProblem } from './backup/make.ts';
import type { Outcome, Submission } from './judge/submission.ts';
import type { DistrictKeys } from './keys.ts';
import type { Transactor, Writing } from './ledger/transactor.ts';
import type { Authenticate } from './people/authenticate.ts';
import type { Nonces } from './people/nonces.ts';
import type { RateLimit } from './people/rate-limit.ts';
import type { PagesKept } from './turn/pages-kept.ts';

export interface Parts {
  readonly transactor: Transactor;
  readonly registry: Registry;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** The same, UTC, ISO 8601. */
  readonly instant: () => string;
  readonly random: RandomBytes;
  readonly keys: DistrictKeys;
  /** Where desks reach the district; empty where nobody has said it. */
  readonly address: string;
  readonly speaks: (protocol: number) => boolean;
  readonly authenticate: Authenticate;
  readonly nonces: Nonces;
  /** Devices that have made the district begin a new epoch by having seen more than there is. */
  readonly believed: Set<string>;
  readonly pagesKept: PagesKept;
  /** What desks report of themselves, by device. */
  readonly reports: RateLimit;
  /** Tries of a password, by person. */
  readonly tries: RateLimit;
  /** Bytes that sealed files may take in all. */
  readonly roomForFiles: number;
  /** Judges, in order, and tells the listeners. */
  readonly judge: (submissions: readonly Submission[]) => Promise<readonly Outcome[]>;
  /** The district's own operations: judged like everybody's. */
  readonly submit: (operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  /** What an administrator has approved of a former life's states. @returns whether there was anything of the record */
  readonly bringBack: (given: { readonly record: string; readonly by: string }) => Promise<boolean>;
  /** Absent where there is no database to make one of. */
  readonly backup?: (order: BackupOrder) => Promise<Result<BackupMade, BackupProblem>>;
  /** Changes people or devices under the head's lock, and judges again what waited for the keys that the work names. */
  readonly change: <E>(
    work: (writing: Writing) => Promise<Result<readonly string[], E>>,
  ) => Promise<Result<undefined, E>>;
}
