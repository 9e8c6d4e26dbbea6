/** The outbox of a virtual desk, as the real carrier reads it: what was written lies in a file, and only where each one stands is kept in memory. */
import { readFile } from 'node:fs/promises';
import type { CarrierOptions } from '../../electron/carrier-port.ts';
import type { PushEntry, Verdict } from '../../shared/protocol/messages.ts';
import type { Written } from './enrolled.ts';

export interface LoadJournal {
  readonly forCarrier: CarrierOptions['journal'];
  /** So many more of the written ones are made now. @returns how many there are left to make */
  readonly make: (count: number) => number;
  readonly verdicts: () => Iterable<Verdict>;
  readonly pending: () => number;
}

/** @param onVerdicts told how many have a verdict that had none */
export function createLoadJournal(
  { path, operations }: Written,
  onVerdicts: (fresh: number) => void,
): LoadJournal {
  const verdicts = new Map<string, Verdict>();
  let made = 0;
  const here = () => operations.slice(0, made);
  const pending = () => here().filter(({ id }) => !verdicts.has(id));
  return {
    make: (count) => {
      made = Math.min(operations.length, made + count);
      return operations.length - made;
    },
    verdicts: () => verdicts.values(),
    pending: () => pending().length,
    forCarrier: {
      pending: () => pending().map((one) => [one]),
      pendingCount: () => pending().length,
      held: () => here().filter(({ id }) => verdicts.get(id)?.verdict === 'held'),
      entries: async (asked) => {
        const lines = (await readFile(path, 'utf8')).split('\n');
        return asked.map(({ link }) => JSON.parse(lines[link - 1] ?? '') as PushEntry);
      },
      entriesFrom: (_device, from) => Promise.resolve(here().filter(({ link }) => link >= from)),
      judge: (given) => {
        const before = verdicts.size;
        for (const verdict of given) verdicts.set(verdict.id, verdict);
        if (verdicts.size > before) onVerdicts(verdicts.size - before);
        return Promise.resolve([]);
      },
    },
  };
}
