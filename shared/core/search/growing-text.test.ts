import { expect, test } from 'vitest';
import { createGrowingText } from './growing-text.ts';

test('it says what was added and how long it is, whenever it is asked', () => {
  const text = createGrowingText('\n');
  let expected = '\n';
  for (let word = 0; word < 5_000; word++) {
    text.add(`词${word}\n`);
    expected += `词${word}\n`;
    expect(text.length()).toBe(expected.length);
    if (word % 777 === 0) expect(text.whole()).toBe(expected);
  }
  expect(text.whole()).toBe(expected);
});
