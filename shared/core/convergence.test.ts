/** Desks that know different things at different times write at random; the district orders; all must end with the same record. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areas, people } from '../testing/town.ts';
import type { Grant } from './access.ts';
import type { Command } from './command.ts';
import type { AnyEntity } from './entity.ts';
import type { Operation } from './operation.ts';
import { play } from './play.ts';
import { rebase } from './rebase.ts';
import type { RecordState } from './record.ts';
import { errand } from './testing/errand.ts';
import {
  advance,
  change,
  COMMITTEE,
  create,
  EPOCH,
  move,
  restore,
  share,
  tellStory,
  unshare,
  withdraw,
} from './testing/story.ts';

const { zhouMin, chenGuodong, fanXiaoyan } = people;
const inDistrict = (...roles: readonly string[]): readonly Grant[] =>
  roles.map((role) => ({ role, area: '310104' }));
/** The second one reads no restricted class, the third only committee A. */
const authors = [
  { ...zhouMin, grants: inDistrict('socialWorker', 'mediator', 'careWorker') },
  { ...chenGuodong, grants: inDistrict('socialWorker', 'mediator') },
  { ...fanXiaoyan, grants: chenGuodong.grants },
] as const;
/** Its class follows from the costs, so that changing them may take it out of sight. */
const placed: AnyEntity = {
  ...errand,
  scope: { class: ({ cost }) => (cost === 300 ? 'careRestricted' : 'casework'), level: 'committee' },
};
const places = [areas.jiangnan.code, areas.rihui.code, areas.lingling.code];
const target = fc.oneof(
  fc.constantFrom(...places).map((area) => ({ area })),
  fc.constantFrom(...authors).map(({ id }) => ({ person: id })),
);
const helper = (person: { id: string; name: string }) => ({ id: person.id, title: person.name });

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom('修路灯', '修门灯', '修窗', '开证明').map((title) => change({ title })),
  fc.constantFrom('一楼', '二楼', '').map((note) => change({ note })),
  fc.nat(3).map((cost) => change({ cost: cost * 100 })),
  fc.subarray(['urgent', 'elderly', 'stairs']).map((tags) => change({ tags })),
  fc.subarray(authors.map(helper), { minLength: 1 }).map((helpers) => change({ helpers })),
  fc
    .constantFrom('换灯泡', '回访')
    .map((what) => change({}, { append: { visits: { on: '2026-11-20', what } } })),
  fc.constantFrom('accepted', 'paused', 'rejected').map((to) => advance(to)),
  fc.constant(advance('done', { result: '修好了' })),
  fc.constant(change({ title: '都修' }, { settles: ['title'] })),
  fc.constantFrom(withdraw, restore),
  target.map(share),
  target.map(unshare),
  fc.constantFrom(...places).map(move),
);

/** One step of a history: somebody pulls, writes on what the own desk shows, or the district takes one operation from a desk. */
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pull' as const), who: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('write' as const), who: fc.nat(2), command }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('judge' as const), who: fc.nat(2) }) },
);

interface Desk {
  base: number;
  unconfirmed: { operation: Operation; seq: number | null }[];
}

test(
  'PLAY-12 SCOPE-1 SCOPE-2 REBASE-4 DECIDE-14 all desks end with the district’s record',
  { timeout: 60_000 },
  () => {
    let conflicts = 0;
    const seen = { shared: 0, moved: 0, reclassified: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const story = tellStory(placed);
        story.asks(zhouMin, create());
        const desks: Desk[] = authors.map(() => ({ base: 1, unconfirmed: [] }));
        const shownBy = (desk: Desk): RecordState | undefined =>
          rebase(story.at(desk.base), desk.unconfirmed, { entity: placed, epoch: EPOCH });
        const pull = (desk: Desk): void => {
          desk.base = story.head();
          desk.unconfirmed = desk.unconfirmed.filter(({ seq }) => seq === null || seq > desk.base);
        };
        const judge = (desk: Desk): boolean => {
          const place = desk.unconfirmed.findIndex(({ seq }) => seq === null);
          const next = desk.unconfirmed[place];
          if (!next) return false;
          if (story.judges(next.operation).ok) next.seq = story.head();
          else desk.unconfirmed.splice(place, 1);
          return true;
        };
        for (const given of steps) {
          const desk = desks[given.who] as Desk;
          if (given.does === 'pull') pull(desk);
          else if (given.does === 'judge') judge(desk);
          else {
            const shown = shownBy(desk);
            const after = desk.unconfirmed.map(({ operation }) => operation.id);
            const author = authors[given.who] as (typeof authors)[number];
            const operation = story.writes(author, given.command, {
              seen: desk.base,
              after,
              ...(shown && { shown }),
            });
            desk.unconfirmed.push({ operation, seq: null });
          }
        }
        for (const desk of desks) while (judge(desk));
        const alone = story
          .confirmed()
          .reduce<RecordState | undefined>(
            (record, operation, index) =>
              play(record, operation, { entity: placed, seq: index + 1, basis: operation.basis.seq }),
            undefined,
          );
        expect(alone).toEqual(story.record());
        for (const desk of desks) {
          // Verdicts are here, the record is not pulled yet: nothing of this desk's own is missing, and nothing stands twice.
          expect(shownBy(desk)?.seq).toBeLessThanOrEqual(story.head());
          pull(desk);
          expect(shownBy(desk)).toEqual(story.record());
        }
        const { scope, shares, area } = story.record();
        if (story.record().conflicts) conflicts += 1;
        if (shares) seen.shared += 1;
        if (area !== COMMITTEE) seen.moved += 1;
        if (scope.endsWith('/careRestricted')) seen.reclassified += 1;
        // Wherever it went: at home where area and values say, and shared with nothing twice.
        expect(scope).toBe(`${area}/${story.record().values.cost === 300 ? 'careRestricted' : 'casework'}`);
        expect(shares ?? []).toEqual([...new Set(shares)].sort().filter((name) => name !== scope));
      }),
      { numRuns: 400, seed: 20261123 },
    );
    expect(conflicts).toBeGreaterThan(20);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  },
);
