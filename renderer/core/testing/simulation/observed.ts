/** What the simulation looks at from outside: computers, their journals, the district, and what its own checks have noted. */
import type { Operation } from '../../../../shared/core/operation.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import type { Verdict } from '../../../../shared/protocol/messages.ts';
import type { StoredOperation, StoredRecord } from '../../../../server/ledger/transactor.ts';
import type { MemoryTables } from '../../../../server/testing/memory-tables.ts';
import type { Shell } from '../shell-in-process.ts';
import type { World, WorldDesk } from '../small-world.ts';
import type { App } from './older-app.ts';

export class Broken extends Error {}

/** What the author of an operation had before their eyes, noted by the test itself and not by the engine. */
export interface Displayed {
  /** Last writer of the `ask` field. */
  readonly writer: string | undefined;
  /** Writers of the values that stood beside it. */
  readonly rivals: readonly string[];
}

/** One computer, whoever sits at it. */
export interface Watched {
  readonly handle: WorldDesk<Shell>;
  /** Operations that were found in this device's journal. */
  readonly journal: Map<string, Operation>;
  /** What it has let go of since. */
  readonly left: Set<string>;
  /** By person, of each scope. */
  readonly cursors: Map<string, Map<string, number>>;
  /** The epoch that they belong to. */
  life: string;
  readonly app: App;
  /** How often the power went off here. */
  readonly trouble: { readonly cuts: number };
}

/** The district as it was found last. */
export interface Known {
  tables: MemoryTables | undefined;
  readonly operations: Map<string, StoredOperation>;
  readonly records: Map<string, RecordState>;
  readonly texts: Map<string, StoredRecord>;
}

export interface Observed {
  readonly world: World<Shell>;
  readonly desks: readonly Watched[];
  readonly displayed: Map<string, Displayed>;
  readonly verdicts: Map<string, Verdict>;
  /** Everything that was ever found in a journal. */
  readonly operations: Map<string, Operation>;
  /** What was sent anew, by anybody. */
  readonly corrected: Set<string>;
  /** Records of which a state was ever approved: who wrote the `ask` field of the states that were approved in this life. */
  readonly approved: Map<string, Set<string>>;
  /** By group, its members. */
  readonly groups: Map<string, Set<string>>;
  readonly known: Known;
  /** Operations that lie in the newest backup, and since when in this life of the district: thirty days later a journal may let go of them (sync.md S2). */
  saved: ReadonlyMap<string, number>;
  /** One more than the restorations of the district. */
  lives: number;
}

export const ASK: Readonly<Record<string, string>> = {
  matter: 'subject',
  neighbour: 'name',
  talk: 'subject',
  said: 'what',
};

export function must(holds: boolean, promise: string, ...found: unknown[]): asserts holds {
  if (!holds) throw new Broken([promise, ...found.map((one) => JSON.stringify(one))].join(' '));
}

/** What has changed at the district since it was looked at last. Rows are immutable there, so another one is a change. */
export interface Changes {
  readonly operations: readonly StoredOperation[];
  readonly records: readonly RecordState[];
}

export function changesAt({ world, known }: Observed): Changes {
  const tables = world.district.tables();
  if (tables === known.tables) return { operations: [], records: [] };
  known.tables = tables;
  const operations: StoredOperation[] = [];
  for (const [id, stored] of tables.operations) {
    if (known.operations.get(id) === stored) continue;
    known.operations.set(id, stored);
    operations.push(stored);
  }
  const records: RecordState[] = [];
  for (const [id, stored] of tables.records) {
    if (known.texts.get(id) === stored) continue;
    const record = JSON.parse(stored.text) as RecordState;
    known.texts.set(id, stored);
    known.records.set(id, record);
    records.push(record);
  }
  return { operations, records };
}

/** The district came back from a backup: what it says from now on is the word of another life (sync.md S8). */
export function forgetDistrict({ known }: Observed): void {
  known.tables = undefined;
  known.operations.clear();
  known.records.clear();
  known.texts.clear();
}
