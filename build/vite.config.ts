/**
 * The window's page. It is served at app://desk/, so its addresses begin at the root; every script and style is a file of its own,
 * because the page's policy knows no inline ones.
 */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { root } from './project.ts';

export default defineConfig({
  root: join(root, 'renderer'),
  base: '/',
  publicDir: false,
  cacheDir: join(root, '.cache', 'vite'),
  plugins: [react()],
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
