import { expect, test } from 'vitest';
import { createColumn, eachAtEdge, eachWith } from './column.ts';

/** So many that both ways of looking are chosen: nearly every word has 号, one in a hundred 77号. */
const words = Array.from({ length: 2_000 }, (_, count) => `${count % 100}号${count}室`);

const column = () => {
  const made = createColumn();
  words.forEach((word, count) => made.add(count, 0, word));
  return made;
};

test.each(['号', '号1', '77号', '7号', '1999室', '室', '没有', '九'])(
  'SEARCH-7 %s is met in every word that holds it, once, where it does first',
  (part) => {
    const found: (readonly [number, number])[] = [];
    const looked = column();
    eachWith(looked, part, (word, position) => found.push([word, position - looked.start(word) - 1]));
    const wanted = words.flatMap((word, count) =>
      word.includes(part) ? [[count, word.indexOf(part)] as const] : [],
    );
    expect(found).toEqual(wanted);
  },
);

test('SEARCH-7 at an edge a word is met once, also by itself', () => {
  const made = createColumn();
  ['1212', '12', '3412', '0120', '1'].forEach((word, count) => made.add(count, 0, word));
  const found: number[] = [];
  eachAtEdge(made, '12', (word) => found.push(word));
  expect(found).toEqual([0, 1, 2]);
});
