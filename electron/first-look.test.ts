import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSettings } from './native/settings.ts';
import { PAPER, themeIn } from './first-look.ts';

it('the first picture has the colours that were chosen, and is light where nobody can tell', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'linli-look-')), 'settings.json');
  expect(themeIn(path)).toBe('light');
  const settings = await openSettings(path);
  await settings.change({ theme: 'dark' });
  expect(themeIn(path)).toBe('dark');
  await settings.change({ theme: 'light' });
  expect(themeIn(path)).toBe('light');
  for (const text of ['', 'null', '[]', '{"theme":{"dark":1}}', '{"theme":"black"}', '"dark"']) {
    writeFileSync(path, text);
    expect(themeIn(path)).toBe('light');
  }
});

it('the window is of the same paper as its page', () => {
  const css = readFileSync(join(import.meta.dirname, '../renderer/theme/theme.css'), 'utf8');
  const papers = [...css.matchAll(/--paper: (#\w+);/g)].map(([, colour]) => colour);
  expect(papers).toEqual([PAPER.light, PAPER.dark]);
});
