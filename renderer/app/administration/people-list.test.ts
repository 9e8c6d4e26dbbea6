import { expect, test } from 'vitest';
import { grantsIn, matching, remaining, type KnownPerson } from './people-list.ts';

const person = (name: string, disabled = false): KnownPerson => ({
  id: `person_${name}`,
  name,
  grants: [],
  disabled,
  hasPassword: false,
});

test('a search finds parts of names; those out of service come last', () => {
  const people = [person('周敏', true), person('周立新'), person('陈国栋')];
  expect(matching(people, ' 周 ').map(({ name }) => name)).toEqual(['周立新', '周敏']);
  expect(matching(people, '').map(({ name }) => name)).toEqual(['陈国栋', '周立新', '周敏']);
});

test('grants are sent only when every line is finished, and each once', () => {
  const line = { role: 'mediator', area: '310104007001' };
  expect(grantsIn([])).toBeUndefined();
  expect(grantsIn([line, { role: 'lawyer', area: undefined }])).toBeUndefined();
  expect(grantsIn([line, line, { role: 'lawyer', area: '310104007' }])).toEqual([
    line,
    { role: 'lawyer', area: '310104007' },
  ]);
});

test('a code counts down to nothing', () => {
  const now = Date.parse('2026-11-23T03:00:00.000Z');
  expect(remaining('2026-11-23T03:15:00.000Z', now)).toBe('15:00');
  expect(remaining('2026-11-23T03:00:05.000Z', now)).toBe('0:05');
  expect(remaining('2026-11-23T03:00:00.000Z', now)).toBeUndefined();
  expect(remaining('nonsense', now)).toBeUndefined();
});
