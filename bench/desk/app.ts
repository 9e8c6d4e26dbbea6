/**
 * The desk's own main process, as it is bundled for a package, around a page of ours in the place of the window's: keys, journal and
 * bridge are the product's, and so is what the page imports from renderer/core. Peers are bundled into the page as well.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
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
  const { name: seal } = parse(SEALING);
  await build({
    ...FOR_PAGE,
    entryPoints: [join(root, SEALING)],
    outfile: join(pageFolder, `${seal}.js`),
  });
  await build({
    ...FOR_PAGE,
    entryPoints: [join(root, 'bench', 'pages', 'page.ts')],
    outfile: join(pageFolder, 'page.js'),
    // Names stand in CPU profiles.
    minifySyntax: true,
    // One Dexie for all: it refuses to run beside another version of itself.
    alias: { dexie: join(root, 'node_modules', 'dexie') },
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    plugins: [withThread],
  });
}

/** The product's own thread. */
const SEALING = 'renderer/core/vault/seal-worker.ts';

const FOR_PAGE = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'chrome114',
  logLevel: 'warning',
} satisfies BuildOptions;

/** The window's builder sees an address in the source as a file of its own; this one has to be told where that lies. */
const withThread: Plugin = {
  name: 'with-thread',
  setup: ({ onLoad }) =>
    onLoad({ filter: /vault[\\/]sealer[.]ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source.replace('seal-worker.ts', 'seal-worker.js');
      if (contents === source) throw new Error('the thread that seals has another name');
      return { contents, loader: 'ts' };
    }),
};
