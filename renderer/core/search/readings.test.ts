import { expect, test } from 'vitest';
import { readings } from './readings.ts';

test('surnames are found by both readings, ü by v and u, rare characters by themselves', () => {
  expect({
    单: [...readings('单')].sort(),
    区: [...readings('区')].sort(),
    吕: readings('吕'),
    周: readings('周'),
    rare: readings('𠮷'),
    letter: readings('a'),
  }).toEqual({
    单: ['chan', 'dan', 'shan'],
    区: ['ou', 'qu'],
    吕: ['lv', 'lu'],
    周: ['zhou'],
    rare: [],
    letter: [],
  });
});
