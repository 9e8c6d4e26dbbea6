/**
 * What a form waits for before it is saved: files that are still being sealed. Without it, whoever is quicker than a large scan would save
 * without it and never hear of it.
 */
import { createContext, useContext } from 'react';

export interface Holds {
  /** @param work tells whether all of it has come into the form; if not, the form stays open over what it says */
  readonly add: (work: Promise<boolean>) => void;
  /** When nothing is waited for any more. @returns whether everything came */
  readonly settled: () => Promise<boolean>;
}

export function createHolds(): Holds {
  const waiting = new Set<Promise<boolean>>();
  return {
    add: (work) => {
      waiting.add(work);
      void work.finally(() => waiting.delete(work));
    },
    settled: async () => {
      let isWhole = true;
      while (waiting.size > 0) isWhole = (await Promise.all(waiting)).every(Boolean) && isWhole;
      return isWhole;
    },
  };
}

const HoldsContext = createContext<Holds | undefined>(undefined);
export const HoldsProvider = HoldsContext.Provider;

export function useHolds(): Holds {
  const holds = useContext(HoldsContext);
  if (!holds) throw new Error('no form around this field');
  return holds;
}
