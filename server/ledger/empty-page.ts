/** A page behind whose cursors nothing has moved: it says where the scopes stand. */
import type { Page, Standing } from './transactor.ts';

export const hashesIn = ({ scopes }: Standing): Page['hashes'] =>
  scopes.map(({ scope, hash }) => ({ scope, hash }));

export const emptyPage = (standing: Standing): Page => ({
  ...{ head: standing.head, texts: [], removed: [], last: 0, more: false, remaining: 0 },
  hashes: hashesIn(standing),
});
