import { expect, test } from 'vitest';
import { heavyFirstScreen } from './bundle.ts';

const chunk = (
  fileName: string,
  imports: readonly string[],
  moduleIds: readonly string[],
  isEntry = false,
) => ({
  fileName,
  imports,
  moduleIds,
  isEntry,
});

test('what the lock screen loads before its first line may not hold the desk’s packages', () => {
  const react = chunk('react.js', [], ['/p/node_modules/react/index.js']);
  const desk = chunk(
    'desk.js',
    ['react.js'],
    ['/p/node_modules/antd/es/button.js', '/p/node_modules/dexie/d.mjs'],
  );
  const boot = chunk('boot.js', [], ['/p/renderer/boot.ts'], true);
  const light = chunk('main.js', ['react.js'], ['/p/renderer/main.tsx']);
  const heavy = chunk('main.js', ['shared.js'], ['/p/renderer/main.tsx']);
  const shared = chunk('shared.js', ['desk.js', 'shared.js'], ['/p/node_modules/@ant-design/icons/i.js']);
  expect(heavyFirstScreen([boot, light, react, desk])).toEqual([]);
  expect(heavyFirstScreen([boot, heavy, shared, react, desk])).toEqual([
    '@ant-design/icons',
    'antd',
    'dexie',
  ]);
});
