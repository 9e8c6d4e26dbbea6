/**
 * The window's page. It is served at app://desk/, so its addresses begin at the root; every script is a file of its own, because the
 * page's policy knows no inline ones. What the first picture needs of styles stands in the page: it would wait for a file of them.
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { root } from './project.ts';

/** What `boot.ts` imports once the page is drawn is fetched meanwhile, and not run. */
const fetchedAhead: Plugin = {
  name: 'fetched-ahead',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const isMain = (name: string): boolean => {
        const chunk = bundle[name];
        return chunk?.type === 'chunk' && chunk.moduleIds.some((id) => id.endsWith('/renderer/main.tsx'));
      };
      const wanted = new Set(Object.keys(bundle).filter(isMain));
      for (const name of wanted) {
        const chunk = bundle[name];
        if (chunk?.type === 'chunk') chunk.imports.forEach((one) => wanted.add(one));
      }
      return [...wanted].map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
        injectTo: 'head',
      }));
    },
  },
};

/** The page's own styles carry its nonce (electron/pages.ts). They stay files beside it: what is loaded later asks for them by name. */
const stylesInPage: Plugin = {
  name: 'styles-in-page',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) =>
      html.replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (link, file: string) => {
        const asset = bundle[file];
        if (asset?.type !== 'asset') return link;
        return `<style nonce="__CSP_NONCE__">${String(asset.source)}</style>`;
      }),
  },
};

export default defineConfig({
  root: join(root, 'renderer'),
  base: '/',
  publicDir: false,
  cacheDir: join(root, '.cache', 'vite'),
  plugins: [react(), stylesInPage, fetchedAhead],
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
