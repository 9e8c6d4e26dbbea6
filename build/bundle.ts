/**
 * Source to dist/: the shell for the runtime's Node (four files: main, desk, preload, argon2-worker) and the window for its Chromium.
 * Everything is bundled, so a package needs no node_modules. Each half is built only when what it is made of has changed, and put
 * in place in one step, so a program that starts meanwhile sees the old one or the new one.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build as buildShell, type Plugin } from 'esbuild';
import { build as buildWindow } from 'vite';
import { fingerprint, isFresh, stampAs } from './fingerprint.ts';
import { dist, root } from './project.ts';

export interface BundleOptions {
  /** The folder that holds electron/, renderer/ and shared/. */
  readonly source?: string;
  readonly out?: string;
}

/** Answers with what was built: nothing, 'shell', 'window' or both. */
export async function bundle({ source = root, out = dist }: BundleOptions = {}): Promise<readonly string[]> {
  const built = await Promise.all([shell(source, out), window(source, out)]);
  return built.flat();
}

async function shell(source: string, out: string): Promise<readonly string[]> {
  const target = join(out, 'electron');
  const print = fingerprint({
    base: source,
    names: ['electron', 'shared', 'package-lock.json', 'build/bundle.ts'],
  });
  return rebuilt('shell', target, print, async (fresh) => {
    await buildShell({
      entryPoints: ['main', 'desk', 'preload', 'argon2-worker'].map((name) =>
        join(source, 'electron', `${name}.ts`),
      ),
      outdir: fresh,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node18',
      external: ['electron'],
      plugins: [apart('desk')],
      // The runtime's own import() does not look into archives.
      supported: { 'dynamic-import': false },
      sourcemap: true,
      sourcesContent: false,
      // What these words mean in a module, said in CommonJS.
      define: {
        'import.meta.dirname': '__dirname',
        'import.meta.filename': '__filename',
        'import.meta.url': 'importMetaUrl',
      },
      banner: {
        js: "const importMetaUrl = typeof __filename === 'string' ? 'file://' + __filename : '';",
      },
      logLevel: 'warning',
    });
  });
}

/** A file of its own for what is imported late, so that nobody compiles it before it is wanted. */
const apart = (name: string): Plugin => ({
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`^[.]/${name}[.]ts$`) }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${name}.cjs`, external: true } : undefined,
    ),
});

async function window(source: string, out: string): Promise<readonly string[]> {
  const target = join(out, 'renderer');
  const print = fingerprint({
    base: source,
    names: ['renderer', 'shared', 'package-lock.json', 'build/vite.config.ts', 'build/bundle.ts'],
  });
  return rebuilt('window', target, print, async (fresh) => {
    const answer = await buildWindow({
      configFile: join(root, 'build', 'vite.config.ts'),
      root: join(source, 'renderer'),
      build: { outDir: fresh },
      logLevel: 'warn',
    });
    const outputs = (Array.isArray(answer) ? answer : [answer]).flatMap((one) =>
      'output' in one ? one.output : [],
    );
    const heavy = heavyFirstScreen(outputs.filter((one) => one.type === 'chunk'));
    if (heavy.length > 0) {
      throw new Error(
        `the lock screen must load without these; import them dynamically: ${heavy.join(', ')}`,
      );
    }
  });
}

interface Chunk {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
  readonly moduleIds: readonly string[];
}

/** Packages that are loaded before the lock screen's first line runs, though only the desk behind it needs them. */
export function heavyFirstScreen(chunks: readonly Chunk[]): readonly string[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set<Chunk>();
  const load = (chunk: Chunk | undefined): void => {
    if (!chunk || loaded.has(chunk)) return;
    loaded.add(chunk);
    chunk.imports.forEach((name) => load(byName.get(name)));
  };
  // The entry only waits for the first picture (renderer/boot.ts).
  const isLockScreen = ({ isEntry, moduleIds }: Chunk): boolean =>
    isEntry || moduleIds.some((id) => id.endsWith('/renderer/main.tsx'));
  chunks.filter(isLockScreen).forEach(load);
  const packages = [...loaded]
    .flatMap(({ moduleIds }) => moduleIds)
    .flatMap(
      (id) => /node_modules\/(antd|@ant-design\/[^/]+|echarts|dexie|pinyin-pro)\//.exec(id)?.[1] ?? [],
    );
  return [...new Set(packages)].sort();
}

async function rebuilt(
  name: string,
  target: string,
  print: string,
  build: (fresh: string) => Promise<void>,
): Promise<readonly string[]> {
  const stamp = join(target, 'made-from');
  if (isFresh(stamp, print)) return [];
  const fresh = `${target}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    await build(fresh);
    stampAs(join(fresh, 'made-from'), print);
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return [name];
}

if (import.meta.main) {
  try {
    const built = await bundle();
    console.log(built.length === 0 ? 'bundle: nothing has changed' : `bundle: ${built.join(' and ')} built`);
  } catch (problem) {
    console.error(`bundle: ${problem instanceof Error ? problem.message : String(problem)}`);
    process.exitCode = 1;
  }
}
