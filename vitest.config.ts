import { defineConfig } from 'vitest/config';

/**
 * Unit, rule and contract tests lie beside the code. One project a folder, so that `--project shared` answers in seconds. What takes
 * minutes is called `*.slow.test.ts` and runs in the full tier, or with LINLI_SLOW=1.
 */
const folder = (
  name: string,
  options: { readonly hookTimeout?: number; readonly testTimeout?: number } = {},
) => ({
  extends: true as const,
  test: { name, include: [`${name}/**/*.test.ts`, `${name}/**/*.test.tsx`], ...options },
});

export default defineConfig({
  test: {
    environment: 'node',
    exclude: [
      '**/node_modules/**',
      'dist/**',
      '.cache/**',
      'e2e/**',
      ...(process.env['LINLI_SLOW'] === '1' ? [] : ['**/*.slow.test.ts']),
    ],
    // A worker goes on to the next file with what it has loaded: half of the time went into loading it anew for each.
    isolate: false,
    // A worker of the server's tests holds a PGlite of up to 0.8 GB.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      folder('shared'),
      folder('server', { hookTimeout: 120_000, testTimeout: 60_000 }),
      folder('electron', { testTimeout: 30_000 }),
      folder('renderer', { testTimeout: 30_000 }),
      folder('build', { testTimeout: 30_000 }),
    ],
  },
});
