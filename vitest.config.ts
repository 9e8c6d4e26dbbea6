import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Whatever tests leave in the temporary folder goes with the run: TMPDIR for Node on Linux and macOS, TEMP on Windows. */
const room = mkdtempSync(join(tmpdir(), 'linli-tests-'));
// PostgreSQL runs as somebody else where root tests it, and must reach its own folder in there.
chmodSync(room, 0o711);
process.env['TMPDIR'] = process.env['TEMP'] = room;
process.once('exit', () => rmSync(room, { recursive: true, force: true }));

/**
 * Unit, rule and contract tests lie beside the code. One project a folder, so that `--project shared` answers in seconds. What takes
 * minutes is called `*.slow.test.ts` and runs in the full tier, or with LINLI_SLOW=1.
 */
interface Options {
  readonly hookTimeout?: number;
  readonly testTimeout?: number;
  readonly isolate?: boolean;
}

const folder = (name: string, options: Options = {}) => ({
  extends: true as const,
  // A worker goes on to the next file with what it has loaded: loading it anew for each took a third of the time.
  test: { name, include: [`${name}/**/*.test.ts`, `${name}/**/*.test.tsx`], isolate: false, ...options },
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
    // A worker of the server's tests holds a PGlite of up to 0.8 GB.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      folder('shared'),
      folder('server', { hookTimeout: 120_000, testTimeout: 60_000 }),
      // Power cuts are tests that put a broken disk in the place of node:fs.
      folder('electron', { testTimeout: 30_000, isolate: true }),
      folder('renderer', { testTimeout: 30_000 }),
      folder('build', { testTimeout: 30_000 }),
      folder('bench'),
    ],
  },
});
