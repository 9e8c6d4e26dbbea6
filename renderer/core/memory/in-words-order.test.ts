import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { compareWords } from './in-words-order.ts';

const collator = new Intl.Collator('zh-CN', { numeric: true });

test('words stand as the platform’s collator has them: Chinese ones, longer ones, mixed ones, and what is no word', () => {
  const random = createRandom(11);
  const rare = ['Ann', '阿A', '栋2', '栋10', '𠮷', '·', '', ' 王'];
  const han = (): string => String.fromCharCode(0x4e00 + random.whole(0x5200));
  const word = (): string => {
    const plain = Array.from({ length: 1 + random.whole(3) }, han).join('');
    return random.chance(0.1) ? plain + random.pick(rare) : random.chance(0.1) ? random.pick(rare) : plain;
  };
  const wrong: string[] = [];
  for (let count = 0; count < 20_000; count++) {
    const one = word();
    const other = random.chance(0.3) ? one.slice(0, 1) + word() : word();
    if (Math.sign(compareWords(one, other)) !== Math.sign(collator.compare(one, other)))
      wrong.push(`${one} ${other}`);
  }
  expect(wrong).toEqual([]);
});
