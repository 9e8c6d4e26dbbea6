import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeDefaultApp } from './runtime-default-app.mjs';
import { resolveRuntime } from './runtime.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-runtime-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('what the machine’s owner names comes first, and is no fallback', async () => {
  writeFileSync(join(folder, 'electron'), '');
  writeFileSync(join(folder, 'version'), 'v45.4.1\n');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  expect(await resolveRuntime()).toEqual({
    directory: folder,
    executable: join(folder, 'electron'),
    version: '45.4.1',
    fallback: false,
  });
});

test('a named folder without Electron is told, not passed over', async () => {
  mkdirSync(join(folder, 'empty'));
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(folder, 'empty'));
  await expect(resolveRuntime()).rejects.toThrow('No Electron distribution in');
});

test('the small default app is an asar that the real tool reads', () => {
  const file = join(folder, 'default_app.asar');
  writeDefaultApp(file);
  const builder = createRequire(import.meta.resolve('electron-builder'));
  const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as {
    listPackage: (file: string, options: object) => string[];
    extractFile: (file: string, name: string) => Buffer;
  };
  expect(asar.listPackage(file, { isPack: false })).toEqual(['/package.json', '/main.js']);
  expect(JSON.parse(asar.extractFile(file, 'package.json').toString())).toEqual({
    name: 'default-app',
    main: 'main.js',
  });
  expect(asar.extractFile(file, 'main.js').toString()).toContain('app.setAppPath(folder)');
});
