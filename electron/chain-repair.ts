/**
 * Where the district's chain of this computer and the journal's part. A place of the chain that neither the journal nor anybody's store holds any more stops everything behind it. The store gets some time
 * to give it back; then the chain is cut there, and what is behind it gets new places, each signed by its author when that author is in.
 */
import type { ChainGap } from './native/journal-chain.ts';
import type { Author, Journal } from './native/journal-port.ts';

export interface ChainRepair {
  /** The district misses this place, and it is not here. @returns whether the chain can go on now */
  readonly repair: (device: string, gap: ChainGap) => Promise<boolean>;
  /**
   * The district goes on from another end than the journal's: it came back from a backup of a life whose chain the journal has left. What
   * waits goes on behind that end. @returns whether that was so
   */
  readonly parted: (device: string, gap: ChainGap) => Promise<boolean>;
  /** Somebody is in: what an earlier cut has left of theirs gets its places. @returns whether there was any */
  readonly entered: () => Promise<boolean>;
}

/** Time for the store to be opened and to give back what it has, ms. */
const PATIENCE = 60_000;

export function createChainRepair(options: {
  readonly journal: Pick<Journal, 'chainReached' | 'cutChain' | 'isOtherEnd' | 'relink'>;
  readonly inside: () => Author | undefined;
  /** Milliseconds that only grow. */
  readonly ticks?: () => number;
}): ChainRepair {
  const { journal, inside, ticks = () => performance.now() } = options;
  let waiting: { readonly place: string; readonly author: Author; readonly since: number } | undefined;

  async function entered(): Promise<boolean> {
    const author = inside();
    return author !== undefined && (await journal.relink(author)) > 0;
  }

  return {
    async repair(device, gap) {
      const author = inside();
      if (!author) return false;
      const place = `${device}/${gap.number}`;
      if (waiting?.place !== place || waiting.author !== author) waiting = { place, author, since: ticks() };
      if (ticks() - waiting.since < PATIENCE) return false;
      return journal.cutChain(device, gap, author);
    },
    async parted(device, { number, previous }) {
      if (previous === undefined || !journal.isOtherEnd(device, { number: number - 1, hash: previous }))
        return false;
      await journal.chainReached(device, { number: number - 1, hash: previous });
      await entered();
      return true;
    },
    entered,
  };
}
