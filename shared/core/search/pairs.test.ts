import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairsOf } from './pairs.ts';

const signs = fc.array(fc.constantFrom(...'0123456789axz-号弄村路安𠮷'), { maxLength: 12 });
const text = signs.map((all) => all.join(''));

test('SEARCH-7 a word has all pairs of every text that it holds', () => {
  fc.assert(
    fc.property(text, text, text, (before, part, after) => {
      const word = pairsOf(before + part + after);
      const wanted = pairsOf(part);
      expect([word.plain & wanted.plain, word.other & wanted.other]).toEqual([wanted.plain, wanted.other]);
    }),
    { numRuns: 500, seed: 20261127 },
  );
});

test('a number looks past most words with other numbers, and letters past words without any', () => {
  const address = pairsOf('小木桥路398弄日晖六村76号201室');
  const mayBe = (question: string): boolean => {
    const { plain, other } = pairsOf(question);
    return (address.plain & plain) === plain && (address.other & other) === other;
  };
  const numbers = Array.from({ length: 900 }, (_, count) => String(1000 + count * 10));
  expect(numbers.filter(mayBe).length).toBeLessThan(90);
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `${letter}x`);
  expect(letters.filter(mayBe)).toEqual([]);
  expect(['398弄', '村76', '六'].filter(mayBe)).toEqual(['398弄', '村76', '六']);
});
