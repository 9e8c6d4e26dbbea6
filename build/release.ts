/** `npm run release`: the installers, for the system that it runs on. Only with the current Electron; needs the internet. */
import { join } from 'node:path';
import { Platform, build } from 'electron-builder';
import { bundle } from './bundle.ts';
import { setFuses } from './fuses.ts';
import { installers } from './installers.ts';
import { stage } from './pack.ts';
import { dist, root } from './project.ts';
import { resolveRuntime } from './runtime.mjs';

const runtime = await resolveRuntime();
if (runtime.fallback) {
  console.error(
    `release: Electron ${runtime.version} is the fallback for development and tests, so nothing was built. ` +
      'Run this where Electron can be downloaded, or set ELECTRON_OVERRIDE_DIST_PATH.',
  );
  process.exitCode = 1;
} else {
  await bundle();
  const windows = process.platform === 'win32';
  const files = await build({
    projectDir: root,
    targets: (windows ? Platform.WINDOWS : Platform.LINUX).createTarget(),
    publish: 'never',
    config: {
      ...installers(),
      directories: {
        app: stage(join(dist, 'release-app'), dist),
        output: join(dist, 'release'),
        buildResources: join(root, 'build', 'icons'),
      },
      // Other architectures than this machine's are downloaded by electron-builder.
      electronVersion: runtime.version,
      afterPack: ({ appOutDir }) => setFuses(join(appOutDir, windows ? 'linli.exe' : 'linli'), 'desk'),
    },
  });
  console.log(files.map((file) => `release: ${file}`).join('\n'));
}
