/** People who let each other into a confidential matter and leave it, at random and unseen by one another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { readersIn } from './entity.ts';
import { secret } from './testing/forms.ts';
import { numbered, tellStory } from './testing/story.ts';

const circle = [people.zhouMin, people.chenGuodong, people.liXiulan] as const;
const record = numbered('secret', 1);
const named = (who: readonly number[]) =>
  who.map((index) => ({ id: circle[index]!.id, title: circle[index]!.name }));
const step = fc.record({
  who: fc.nat(2),
  readers: fc.subarray([0, 1, 2]),
  /** How far behind the author's desk is. */
  behind: fc.nat(2),
});

test('SCOPE-7 whoever writes was named, and somebody always is', { timeout: 60_000 }, () => {
  const seen = { accepted: 0, 'not named': 0, 'nobody left': 0 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const story = tellStory(secret);
      const values = { readers: named([0]), subject: '反映一位楼组长' };
      const area = '310104007001';
      expect(story.asks(circle[0], { kind: 'create', entity: 'secret', record, area, values }).ok).toBe(true);
      for (const { who, readers, behind } of steps) {
        const author = circle[who]!;
        const before = readersIn(secret, story.record().values);
        const command = {
          kind: 'change',
          entity: 'secret',
          record,
          values: { readers: named(readers) },
        } as const;
        const asked = story.asks(author, command, { seen: Math.max(1, story.head() - behind) });
        const refused = asked.ok ? undefined : asked.error.code;
        expect(refused === 'access').toBe(!before.includes(author.id));
        expect(story.record().scope).toBe(`readers/${record}`);
        expect(readersIn(secret, story.record().values).length).toBeGreaterThan(0);
        seen[asked.ok ? 'accepted' : refused === 'access' ? 'not named' : 'nobody left'] += 1;
      }
    }),
    { numRuns: 300, seed: 20261123 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
});
