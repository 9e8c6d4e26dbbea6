/** Files stay short enough to be read in one go. Texts and generated tables are lists and may be long. */
import { type SourceFile, isTest } from './source-file.ts';

const LIMIT = 300;
const TEST_LIMIT = 500;
const STYLE_LIMIT = 600;
const LISTS = /^renderer\/texts\/|^shared\/core\/calendar\/holidays[.]ts$/;

export const fileLength = (files: readonly SourceFile[]): readonly string[] =>
  files
    .filter(({ path }) => /[.](tsx?|mjs|cjs|js|css)$/.test(path) && !LISTS.test(path))
    .flatMap((file) => {
      const lines = file.text.trimEnd().split('\n').length;
      const limit = limitOf(file);
      return lines > limit ? [`${file.path}: ${lines} lines; look for the two ideas in it`] : [];
    });

function limitOf(file: SourceFile): number {
  if (file.path.endsWith('.css')) return STYLE_LIMIT;
  return isTest(file) || file.path.startsWith('e2e/') ? TEST_LIMIT : LIMIT;
}
