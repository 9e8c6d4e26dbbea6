/**
 * dist/packages/desk, the app as people get it, and with --twin dist/packages/twin, which Playwright can drive. Packed by
 * electron-builder around the runtime that this machine has; nothing is downloaded. Built only when something has changed.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Platform, build } from 'electron-builder';
import { bundle } from './bundle.ts';
import { fingerprint, isFresh, stampAs } from './fingerprint.ts';
import { setFuses } from './fuses.ts';
import { installers } from './installers.ts';
import { type Package, dist, packageExecutable, packageFolder, root } from './project.ts';
import { type Runtime, resolveRuntime } from './runtime.mjs';

export interface PackOptions {
  readonly name: Package;
  readonly runtime: Runtime;
  /** The folder that holds the bundled electron/ and renderer/. */
  readonly bundled?: string;
  readonly target?: string;
}

/** Answers whether anything had to be done. Expects the bundle to be there. */
export async function pack(options: PackOptions): Promise<boolean> {
  const { name, runtime, bundled = dist, target = packageFolder(name) } = options;
  const madeFrom = ['electron', 'renderer'].map((half) =>
    readFileSync(join(bundled, half, 'made-from'), 'utf8'),
  );
  const print = fingerprint({
    base: root,
    names: [
      'package.json',
      'build/pack.ts',
      'build/fuses.ts',
      'build/installers.ts',
      'build/icons',
      'LICENSE',
    ],
    also: { name, madeFrom, version: runtime.version, directory: runtime.directory },
  });
  const stamp = `${target}.made-from`;
  if (existsSync(target) && isFresh(stamp, print)) return false;

  const work = `${target}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  try {
    const app = stage(join(work, 'app'), bundled);
    await build({
      projectDir: root,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: {
        ...installers(),
        directories: { app, output: join(work, 'out'), buildResources: join(root, 'build', 'icons') },
        electronDist: runtime.directory,
        electronVersion: runtime.version,
        afterPack: async ({ appOutDir }) => {
          rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
          await setFuses(join(appOutDir, 'linli'), name);
        },
      },
    });
    rmSync(target, { recursive: true, force: true });
    rmSync(stamp, { force: true });
    renameSync(join(work, 'out', 'linux-unpacked'), target);
    stampAs(stamp, print);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return true;
}

/** What goes into the asar: the bundle, and a package.json without scripts and dependencies, because nothing is left to install. */
export function stage(app: string, bundled: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = ['name', 'productName', 'version', 'description', 'license', 'author', 'main'];
  mkdirSync(app, { recursive: true });
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify(Object.fromEntries(kept.map((key) => [key, manifest[key]])), undefined, 2),
  );
  for (const half of ['electron', 'renderer']) {
    cpSync(join(bundled, half), join(app, 'dist', half), {
      recursive: true,
      filter: (file) => !/([.]map|made-from)$/.test(file),
    });
  }
  return app;
}

if (import.meta.main) {
  const name: Package = process.argv.includes('--twin') ? 'twin' : 'desk';
  await bundle();
  const packed = await pack({ name, runtime: await resolveRuntime((line) => console.log(`pack: ${line}`)) });
  console.log(`pack: ${packed ? '' : 'nothing has changed; '}${packageExecutable(name)}`);
}
