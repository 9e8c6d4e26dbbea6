import { expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { duplicateKeysOf } from './duplicates.ts';
import type { Values } from './field/base.ts';
import { tidyValues } from './tidy.ts';
import { resident } from '../modules/residents/resident.ts';

const readings = (character: string): readonly string[] =>
  ({ 王: ['wang'], 伟: ['wei'], 炜: ['wei'], 单: ['shan', 'dan'] })[character] ?? [];
const why = (one: Values, typed: Values): readonly string[] => {
  const other = tidyValues(resident.fields, typed);
  const keys = new Set(duplicateKeysOf(resident, other, readings).map(({ key }) => key));
  return duplicateKeysOf(resident, tidyValues(resident.fields, one), readings)
    .filter(({ key }) => keys.has(key))
    .map(({ recognition }) => recognition.id);
};
const wang = {
  name: '王伟',
  document: { type: '111', number: '11010519491231002X' },
  birthday: '1949-12-31',
  phones: [{ number: '138 1234 5678' }, { number: '021-64181234' }],
  address: parseAddress('大木桥路600弄55号302室'),
};

test('MERGE-10 every declared recognition finds its double, however it was typed', () => {
  expect(why(wang, { document: { type: '111', number: '11010519491231002x' } })).toEqual(['document']);
  expect(why(wang, { name: '王·伟 ', birthday: '1949-12-31' })).toEqual(['birthday']);
  expect(why(wang, { name: '王伟', phones: [{ number: '02164181234' }, { number: '110' }] })).toEqual([
    'phone',
  ]);
  expect(why(wang, { name: '王炜', address: parseAddress('徐汇区大木桥路６００弄55号302') })).toEqual([
    'sound',
  ]);
});

test('MERGE-10 what is missing, or only half the same, recognises nobody', () => {
  expect(why(wang, { name: '王伟' })).toEqual([]);
  expect(why(wang, { birthday: '1949-12-31', address: wang.address })).toEqual([]);
  expect(why({ name: '王伟', document: { type: 'none', number: '' } }, { name: '王伟' })).toEqual([]);
  expect(why(wang, { name: '王玮', birthday: '1949-12-31', phones: wang.phones })).toEqual([]);
  expect(
    why({ name: '王伟', phones: [{ number: '110' }] }, { name: '王伟', phones: [{ number: '110' }] }),
  ).toEqual([]);
});

test('MERGE-10 without readings nothing is recognised by its sound', () => {
  const ids = duplicateKeysOf(resident, wang).map(({ recognition }) => recognition.id);
  expect([...new Set(ids)]).toEqual(['document', 'birthday', 'phone']);
});
