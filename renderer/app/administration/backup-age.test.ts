import { expect, test } from 'vitest';
import { backupAge } from './backup-age.ts';

const NOW = Date.parse('2026-11-23T03:00:00.000Z');
const tone = (at: string | null) => backupAge({ head: 9, durable: 3, at }, NOW).tone;

test('no backup is an alarm, a missed night a word, a week an alarm (S2)', () => {
  expect(tone(null)).toBe('error');
  expect(tone('nonsense')).toBe('error');
  expect(tone('2026-11-22T18:00:00.000Z')).toBe('success');
  expect(tone('2026-11-21T03:00:00.000Z')).toBe('warning');
  expect(tone('2026-11-16T03:00:00.000Z')).toBe('error');
});

test('a backup of tomorrow, by a clock that is behind, is not overdue', () => {
  expect(backupAge({ head: 9, durable: 3, at: '2026-11-24T03:00:00.000Z' }, NOW)).toMatchObject({
    tone: 'success',
    days: 0,
  });
});
