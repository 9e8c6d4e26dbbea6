import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { operationSchema } from './operation.ts';
import { recordSchema } from './record.ts';
import { advance, change, create, share, tellStory } from './testing/story.ts';

const { zhouMin } = people;
const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });

test('OP-1 prototypes and depths are refused at the boundary', () => {
  const operation = tellStory().writes(zhouMin, create());
  const isFine = (part: string): boolean =>
    operationSchema.safeParse(JSON.parse(JSON.stringify(operation).replace('"set":{', `"set":{${part},`)))
      .success;
  expect([
    isFine('"other":1'),
    isFine('"$withdrawal":1'),
    isFine('"Title":1'),
    isFine(`"other":${JSON.stringify(deep(16))}`),
    isFine(`"other":${JSON.stringify(deep(17))}`),
    isFine(`"other":${'['.repeat(50_000)}${']'.repeat(50_000)}`),
  ]).toEqual([true, false, false, true, false, false]);
  const forged = JSON.parse(
    JSON.stringify({ ...operation, set: {} }).replace('"set":{', '"set":{"__proto__":{"polluted":true}'),
  ) as unknown;
  expect(Object.keys(operationSchema.parse(forged).set ?? {})).toEqual([]);
  expect(operationSchema.safeParse({ ...operation, id: 'operation_1' }).success).toBe(false);
  expect(operationSchema.safeParse({ ...operation, at: '2026-02-30T00:00:00Z' }).success).toBe(false);
});

test('OP-1 a share names one person or one area, and nothing beside', () => {
  const operation = tellStory().writes(zhouMin, share({ person: zhouMin.id }));
  const isFine = (target: unknown): boolean =>
    operationSchema.safeParse({ ...operation, with: target }).success;
  expect([
    isFine({ person: zhouMin.id }),
    isFine({ area: '310104007' }),
    isFine({ person: zhouMin.id, area: '310104007' }),
    isFine({ area: '310104007/casework' }),
    isFine({ scope: 'readers/x' }),
    isFine({}),
  ]).toEqual([true, true, false, false, false, false]);
});

test('OP-2 unknown fields survive', () => {
  const story = tellStory();
  const fromTheFuture = { colour: 'red', nested: { deep: ['𠮷'] } };
  const created = story.writes(zhouMin, create());
  const parsed = operationSchema.parse(
    JSON.parse(JSON.stringify({ ...created, set: { ...created.set, future: fromTheFuture } })),
  );
  expect(story.judges(parsed).ok).toBe(true);
  story.asks(zhouMin, change({ title: '修路灯' }));
  story.asks(zhouMin, advance('accepted'));
  const stored = recordSchema.parse(JSON.parse(JSON.stringify(story.record())));
  expect(stored.values.future).toEqual(fromTheFuture);
});
