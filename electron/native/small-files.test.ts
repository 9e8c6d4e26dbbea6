import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { replaceFile } from './atomic-file.ts';
import { safeFileName } from './file-name.ts';
import { openLog } from './log.ts';
import { DEFAULT_SETTINGS, openSettings } from './settings.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-small-'));
});

it('keeps settings, and gives the defaults for a file that cannot be read', async () => {
  const path = join(folder, 'settings.json');
  expect(await (await openSettings(path)).change({ language: 'en', textSize: 150 })).toEqual({
    ...DEFAULT_SETTINGS,
    language: 'en',
    textSize: 150,
  });
  expect((await openSettings(path)).current()).toEqual({
    ...DEFAULT_SETTINGS,
    language: 'en',
    textSize: 150,
  });
  for (const broken of ['{"language":"zh"', '{"lockAfter":99}', 'null']) {
    await writeFile(path, broken);
    expect((await openSettings(path)).current()).toEqual(DEFAULT_SETTINGS);
  }
});

it('leaves the old file whole when the new one cannot take its place', async () => {
  const path = join(folder, 'keys.json');
  await replaceFile(path, 'old');
  await mkdir(`${path}.new`);
  await expect(replaceFile(path, 'new')).rejects.toThrow('EISDIR');
  expect(await readFile(path, 'utf8')).toBe('old');
});

it('takes only the name from what the page proposes', () => {
  const proposed = [
    '../../etc/passwd',
    'C:\\Windows\\a.pdf',
    'CON.pdf',
    '  调解协议书  2026〔3〕号.pdf ',
    '...',
    'a\u202egpj.exe',
    'a\nb.pdf',
  ];
  expect(proposed.map(safeFileName)).toEqual([
    'etc passwd',
    'C Windows a.pdf',
    '_CON.pdf',
    '调解协议书 2026〔3〕号.pdf',
    '未命名',
    'agpj.exe',
    'ab.pdf',
  ]);
});

it('rolls the log, and a line is a time, a word and short details', async () => {
  const path = join(folder, 'logs', 'desk.log');
  const log = openLog(path);
  log('start', { version: '0.1.0', pending: 3 });
  expect(await readFile(path, 'utf8')).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z start version=0\.1\.0 pending=3\n$/,
  );
  for (let line = 0; line < 8000; line++) log('round', { line, text: 'x'.repeat(60) });
  expect(await readdir(join(folder, 'logs'))).toEqual(['desk.log', 'desk.log.1']);
});
