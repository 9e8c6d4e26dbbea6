/**
 * The desk's own main process, as it is bundled for a package, around a page of ours in the place of the window's: keys, journal and
 * bridge are the product's, and so is what the page imports from renderer/core. Peers are bundled into the page as well.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from '../../build/bundle.ts';
import { dist, root } from '../../build/project.ts';

/** Where the page's files are served from. */
export const pageFolder = join(dist, 'bench', 'app', 'renderer');
export const appFolder = join(dist, 'bench', 'app');

const HTML = `<!doctype html>
<html lang="zh-CN">
  <head><meta charset="utf-8" /><title>bench</title></head>
  <body><script type="module" src="./page.js"></script></body>
</html>
`;

export async function buildApp(): Promise<void> {
  await bundle();
  rmSync(appFolder, { recursive: true, force: true });
  mkdirSync(pageFolder, { recursive: true });
  cpSync(join(dist, 'electron'), join(appFolder, 'electron'), { recursive: true });
  writeFileSync(
    join(appFolder, 'package.json'),
    JSON.stringify({ name: 'linli-bench', version: '0.0.0', main: 'electron/main.cjs' }),
  );
  writeFileSync(join(pageFolder, 'index.html'), HTML);
  await build({
    entryPoints: [join(root, 'bench', 'pages', 'page.ts')],
    outfile: join(pageFolder, 'page.js'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome114',
    // Names stand in CPU profiles.
    minifySyntax: true,
    // One Dexie for all: it refuses to run beside another version of itself.
    alias: { dexie: join(root, 'node_modules', 'dexie') },
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
}
