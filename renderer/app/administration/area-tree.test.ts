import { expect, test } from 'vitest';
import { areaTree, type AreaNode } from './area-tree.ts';

const area = (code: string) => ({ id: `area_${code}`, values: { code, name: code } });
const shape = ({ key, children }: AreaNode): unknown => [key.slice(5), children.map(shape)];

test('an area lies in the nearest one that is known, whatever order they arrive in', () => {
  const codes = ['310104007001', '310104', '310104008001', '310104007', '310112'];
  expect(areaTree(codes.map(area)).map(shape)).toEqual([
    [
      '310104',
      [
        ['310104007', [['310104007001', []]]],
        ['310104008001', []],
      ],
    ],
    ['310112', []],
  ]);
});

test('nobody is lost: a committee without its street and district stands by itself', () => {
  expect(areaTree([area('310101002001')]).map(shape)).toEqual([['310101002001', []]]);
});
