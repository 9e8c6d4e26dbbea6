import { expect, test } from 'vitest';
import { parseTimeInput } from './time-input.ts';
import { fenOf, yuanOf } from './yuan.ts';

test('times as people type them', () => {
  const typed = ['0920', '920', '9:20', '９：２０', '9点20', '9点半', '14时5分', '9', '9点'];
  expect(typed.map(parseTimeInput)).toEqual([
    '09:20',
    '09:20',
    '09:20',
    '09:20',
    '09:20',
    '09:30',
    '14:05',
    '09:00',
    '09:00',
  ]);
  expect(['', '25:00', '9:75', '9.', 'abc', '123456'].map(parseTimeInput)).toEqual([
    undefined,
    undefined,
    undefined,
    '09:00',
    undefined,
    undefined,
  ]);
});

test('yuan become fen without a float in between', () => {
  expect(['1,234.5', '￥18000', '0.29', '1.15元', '１２', ''].map(fenOf)).toEqual([
    123450,
    1800000,
    29,
    115,
    1200,
    undefined,
  ]);
  expect(['1.234', '一千', '-3', '1e3'].map(fenOf)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  expect([123450, 29, 1800000, 115, undefined, Number.NaN].map(yuanOf)).toEqual([
    '1234.50',
    '0.29',
    '18000',
    '1.15',
    '',
    '',
  ]);
});
