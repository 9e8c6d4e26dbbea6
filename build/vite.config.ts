/**
 * The window's page. It is served at app://desk/, so its addresses begin at the root; every script is a file of its own, because the
 * page's policy knows no inline ones. What the first picture needs of styles stands in the page: it would wait for a file of them.
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { root } from './project.ts';

/** The page's own styles carry its nonce (electron/pages.ts); those of what is loaded later stay files. */
const stylesInPage: Plugin = {
  name: 'styles-in-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) =>
      html.replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (link, file: string) => {
        const asset = bundle[file];
        if (asset?.type !== 'asset') return link;
        delete bundle[file];
        return `<style nonce="__CSP_NONCE__">${String(asset.source)}</style>`;
      }),
  },
};

export default defineConfig({
  root: join(root, 'renderer'),
  base: '/',
  publicDir: false,
  cacheDir: join(root, '.cache', 'vite'),
  plugins: [react(), stylesInPage],
  build: {
    target: 'chrome114',
    outDir: join(root, 'dist', 'renderer'),
    emptyOutDir: true,
    sourcemap: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 3_000,
  },
  server: { host: '127.0.0.1' },
});
