/** The two apps that a start is held against: an empty window, and a page with antd in it. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { dist, root } from '../../build/project.ts';

const page = (script: string): string => `<!doctype html>
<html lang="zh-CN">
  <head><meta charset="utf-8" /><title>bench</title></head>
  <body><div id="root">邻里台账</div>${script}</body>
</html>
`;

/** @returns the app's folder */
export function emptyApp(): string {
  return app('empty', page(`<script>performance.mark('usable');</script>`));
}

export async function antdApp(): Promise<string> {
  const folder = app('antd', page('<script src="page.js"></script>'));
  await build({
    entryPoints: [join(root, 'bench', 'start', 'antd-page.tsx')],
    outfile: join(folder, 'page.js'),
    ...{ bundle: true, minify: true, format: 'iife', target: 'chrome114', jsx: 'automatic' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  return folder;
}

function app(name: string, html: string): string {
  const folder = join(dist, 'bench', name);
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'bench', 'start', 'empty-main.cjs'), join(folder, 'main.cjs'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: `linli-${name}`, version: '0.0.0', main: 'main.cjs' }),
  );
  writeFileSync(join(folder, 'index.html'), html);
  return folder;
}
