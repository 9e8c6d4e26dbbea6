import { expect, test } from 'vitest';
import { createSearchIndex } from '../../../shared/core/search/index.ts';
import { readings } from './readings.ts';

test('SEARCH-2 the readings that surnames have', () => {
  const surnames = {
    单: 'shan',
    曾: 'zeng',
    盖: 'ge',
    区: 'ou',
    仇: 'qiu',
    解: 'xie',
    查: 'zha',
    朴: 'piao',
    翟: 'zhai',
    尉: 'yu',
    万: 'mo',
    俟: 'qi',
    吕: 'lv',
  };
  const missing = Object.entries(surnames).filter(
    ([character, reading]) => !readings(character).includes(reading),
  );
  expect(missing).toEqual([]);
  expect([readings('单').includes('dan'), readings('·'), readings('a'), readings('𠮷')]).toEqual([
    true,
    [],
    [],
    [],
  ]);
  expect(readings('女')).toBe(readings('女'));
});

test('SEARCH-2 people are found by how they are called', () => {
  const index = createSearchIndex({ readings });
  const names = ['单桂英', '仇为民', '朴正熙', '欧阳晓燕', '阿依古丽·买买提', '吕秀兰', '区家强'];
  for (const name of names) index.set(name, [{ field: 'name', kind: 'name', text: name }]);
  const asked = [
    'shanguiying',
    'dgy',
    'qiuwm',
    'piao',
    'oyxy',
    'ouyang',
    'ayigl',
    'lvxl',
    'oujq',
    '阿依古丽买',
  ];
  expect(asked.map((question) => index.find(question, 5).map(({ id }) => id))).toEqual([
    ['单桂英'],
    ['单桂英'],
    ['仇为民'],
    ['朴正熙'],
    ['欧阳晓燕'],
    ['欧阳晓燕'],
    ['阿依古丽·买买提'],
    ['吕秀兰'],
    ['区家强'],
    ['阿依古丽·买买提'],
  ]);
});
