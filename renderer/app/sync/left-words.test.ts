import { expect, test } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import { zh } from '../../texts/zh.ts';
import { leftWords } from './left-words.ts';

const words = (left: readonly string[]) =>
  leftWords(left, {
    registry,
    areaName: (code) => (code === '310104007001' ? '江南新村居委会' : code),
    language: 'zh',
    t: (key, values = {}) => {
      const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], zh);
      return String(text).replace(/\{\{(\w+)\}\}/g, (_, hole: string) => String(values[hole] ?? ''));
    },
  });

test('a lost scope is named by its area and class, a confidential matter by neither', () => {
  const matter = 'readers/mediation_00000000000000000000000001';
  expect(words(['310104007001/casework', matter])).toBe('江南新村居委会的调解与个案、一份保密记录');
});

test('many are counted, several confidential ones are told once', () => {
  const many = ['residents', 'casework', 'training', 'petitions', 'legal'].map(
    (name) => `310104007001/${name}`,
  );
  expect(words(many)).toMatch(/等 5 处$/);
  const matters = [1, 2].map((count) => `readers/mediation_0000000000000000000000000${count}`);
  expect(words(matters)).toBe('一份保密记录');
});

test('nothing that has no name for people is told', () => {
  expect(words([])).toBeUndefined();
  expect(words(['nonsense', 'person/person_00000000000000000000000001'])).toBeUndefined();
});
