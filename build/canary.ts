/**
 * `npm run canary`: the story of the 200 canaries alone. With `--planted` it packs, from a copy of the source, an app that leaves one
 * field of a sealed row in the clear, and passes only when the story fails on it: a search that nobody has seen find something proves
 * little.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { openDisplay } from './display.ts';
import { pack } from './pack.ts';
import { packageExecutable, root } from './project.ts';
import { resolveRuntime } from './runtime.mjs';

/** The name beside the sealed bytes: what somebody would do who wants to sort without opening. */
const PLANT = {
  file: 'renderer/core/store/sealed-rows.ts',
  from: 'return { ...row, bytes: await vault.seal(',
  to: `const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    return { ...row, ...{ hint: /"name":"([^"]*)"/.exec(text)?.[1] ?? '' }, bytes: await vault.seal(`,
};

const isPlanted = process.argv.includes('--planted');
const work = mkdtempSync(join(tmpdir(), 'linli-canary-'));
try {
  const executable = isPlanted ? await planted() : await sound();
  const failed = (await runStory(executable)) !== 0;
  if (isPlanted)
    console.log(failed ? 'canary: the planted leak was found' : 'canary: the planted leak was NOT found');
  process.exitCode = failed === isPlanted ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function sound(): Promise<string> {
  await bundle();
  await pack({ name: 'twin', runtime: await resolveRuntime() });
  return packageExecutable('twin');
}

async function planted(): Promise<string> {
  const source = join(work, 'source');
  for (const folder of ['electron', 'renderer', 'shared', 'build'])
    cpSync(join(root, folder), join(source, folder), { recursive: true });
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.base.json'])
    cpSync(join(root, name), join(source, name));
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  const path = join(source, PLANT.file);
  const text = readFileSync(path, 'utf8');
  if (text.split(PLANT.from).length !== 2)
    throw new Error(`the place to plant in is not there once: ${PLANT.file}`);
  writeFileSync(path, text.replace(PLANT.from, PLANT.to));
  const out = join(work, 'dist');
  await bundle({ source, out });
  const target = join(work, 'package');
  await pack({ name: 'twin', runtime: await resolveRuntime(), bundled: out, target });
  return join(target, 'linli');
}

async function runStory(executable: string): Promise<number> {
  const display = await openDisplay();
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const config = join(root, 'e2e', 'playwright.config.ts');
  const story = spawn(process.execPath, [playwright, 'test', '--config', config, 'canary'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...display.env, LINLI_FULL: '1', LINLI_E2E_EXECUTABLE: executable },
  });
  const code = await new Promise<number>((resolve) => story.once('close', (status) => resolve(status ?? 1)));
  display.stop();
  return code;
}
