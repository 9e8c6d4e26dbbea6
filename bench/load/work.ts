/**
 * What one desk has written while the district was away: residents, visits, care tags and mediations with their steps, told by the modules' own
 * samples. Invariant: any beginning of it stands by itself, since an operation comes after all that it builds on.
 */
import { randomBytes } from 'node:crypto';
import type { Reference } from '../../shared/core/field/reference.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { registry } from '../../shared/modules/index.ts';
import { seededSource } from '../../shared/testing/random.ts';
import { createTeller } from '../../shared/testing/teller.ts';
import type { Colleague } from './town.ts';

export interface Working {
  readonly colleague: Colleague;
  readonly device: string;
  readonly epoch: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly seed: number;
}

/** In the proportions of an ordinary week: for each new resident some visits, now and then a tag or a dispute. */
const WEEK = ['resident', 'homeVisit', 'resident', 'homeVisit', 'careTag', 'homeVisit', 'mediation'] as const;

export function workOf(count: number, working: Working): readonly Operation[] {
  const { colleague, seed, ...given } = working;
  // Ids of many desks must not come from one small cycle of numbers.
  const source = { ...seededSource(seed), bytes: randomBytes };
  const teller = createTeller({ source, ...given });
  const { id, name, committee } = colleague;
  const known: Reference[] = [];
  for (let index = 0; teller.operations().length < count; index++) {
    for (const kind of WEEK) {
      const entity = registry.entities.get(kind);
      if (!entity) throw new Error(`no ${kind} in the registry`);
      const story = entity.sample({
        source,
        index: seed * 7 + index,
        today: given.today,
        area: committee,
        author: { id, title: name },
        reference: (wanted) => (wanted === 'resident' && known.length > 0 ? source.pick(known) : undefined),
      });
      const told = teller.tell({ entity, area: committee.code, author: id, story });
      if (kind === 'resident') known.push(told.reference);
    }
  }
  return teller.operations().slice(0, count);
}
