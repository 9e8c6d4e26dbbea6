import { expect, test } from 'vitest';
import { recordSchema } from '../shared/core/record.ts';
import { valuesSchema, problemsIn } from '../shared/core/values-schema.ts';
import { registry } from '../shared/modules/index.ts';
import { caseStates, residentStates, TODAY } from './data.ts';

const COUNT = 200;
const both = (): readonly (readonly [string, ReturnType<typeof caseStates>])[] => [
  ['mediation', caseStates(COUNT)],
  ['resident', residentStates(COUNT)],
];

test('every record is one that the desk takes: its shape, its values, its scope', () => {
  for (const [name, states] of both()) {
    const { fields = {}, rules = [] } = registry.entities.get(name) ?? {};
    const all = [...states];
    expect(all.filter((state) => !recordSchema.safeParse(state).success)).toEqual([]);
    expect(all.flatMap(({ values }) => problemsIn(values, valuesSchema(fields, 'whole')))).toEqual([]);
    const broken = all.flatMap(({ values: after }) =>
      rules.flatMap((rule) => rule.check({ action: 'change', before: after, after, today: TODAY }) ?? []),
    );
    expect(broken).toEqual([]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(COUNT);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  }
});

test('they are of the size that the table speaks of, and spread over stages and days', () => {
  const sizes = both().map(([, states]) => {
    const all = [...states].map((state) => Buffer.byteLength(JSON.stringify(state)));
    return all.reduce((sum, size) => sum + size, 0) / COUNT;
  });
  for (const size of sizes) expect(size).toBeGreaterThan(800);
  for (const size of sizes) expect(size).toBeLessThan(1000);
  const cases = [...caseStates(COUNT)];
  expect(new Set(cases.map(({ values }) => values['stage'])).size).toBe(5);
  expect(new Set(cases.map(({ values }) => values['acceptedOn'])).size).toBeGreaterThan(COUNT / 2);
});

test('the same count says the same, byte for byte', () => {
  const once = JSON.stringify(both().map(([, states]) => [...states]));
  expect(JSON.stringify(both().map(([, states]) => [...states]))).toBe(once);
});
