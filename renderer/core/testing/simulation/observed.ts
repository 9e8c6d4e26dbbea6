/** What the simulation looks at from outside: computers, their journals, the district, and what its own checks have noted. */
import type { Operation } from '../../../../shared/core/operation.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import type { Verdict } from '../../../../shared/protocol/messages.ts';
import type { StoredOperation } from '../../../../server/ledger/transactor.ts';
import type { World, WorldDesk } from '../small-world.ts';

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
  readonly handle: WorldDesk;
  /** Operations that were found in this device's journal. */
  readonly journal: Map<string, Operation>;
  /** By person and scope. */
  readonly cursors: Map<string, number>;
  /** The epoch that they belong to. */
  life: string;
  /** How often the power went off here. */
  readonly trouble: { readonly cuts: number };
}

export interface Observed {
  readonly world: World;
  readonly desks: readonly Watched[];
  readonly displayed: Map<string, Displayed>;
  readonly verdicts: Map<string, Verdict>;
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

export const recordsAtDistrict = async ({ world }: Observed): Promise<readonly RecordState[]> =>
  world.district.ledger.read(async (reading) => {
    const scopes = (await reading.scopes()).map((scope) => ({ scope, cursor: 0 }));
    const { texts } = await reading.page(scopes, 1_000_000);
    return texts.map((text) => JSON.parse(text) as RecordState);
  });

export const operationsAtDistrict = ({ world, desks }: Observed): Promise<readonly StoredOperation[]> =>
  world.district.ledger.read((reading) =>
    reading.operations(desks.flatMap(({ journal }) => [...journal.keys()])),
  );
