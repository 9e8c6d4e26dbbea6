/** The migrations by name, in order. A name never changes once it has run anywhere. */
import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';
import * as wall from './0002-wall.ts';
import * as lives from './0003-lives.ts';
import * as hash from './0004-hash.ts';
import * as review from './0005-review.ts';
import * as files from './0006-files.ts';
import * as packages from './0007-packages.ts';
import * as trail from './0009-trail.ts';
import * as recovered from './0010-recovered.ts';
import * as moved from './0011-moved.ts';
import * as chainLives from './0012-chain-lives.ts';
import * as restored from './0013-restored.ts';
import * as standing from './0014-standing.ts';

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-wall': wall,
  '0003-lives': lives,
  '0004-hash': hash,
  '0005-review': review,
  '0006-files': files,
  '0007-packages': packages,
  '0009-trail': trail,
  '0010-recovered': recovered,
  '0011-moved': moved,
  '0012-chain-lives': chainLives,
  '0013-restored': restored,
  '0014-standing': standing,
};
