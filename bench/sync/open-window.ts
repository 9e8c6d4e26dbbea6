/** The measuring page in a bare Electron, for those who speak with their servers themselves. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, root } from '../../build/project.ts';
import { resolveRuntime } from '../../build/runtime.mjs';
import { servePage } from '../desk/chromium.ts';
import { screen } from '../desk/desk.ts';
import { launch, type Launched } from '../desk/launch.ts';

export async function launchOpenWindow(profile: string): Promise<Launched> {
  const folder = join(dist, 'bench', 'open');
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'bench', 'sync', 'open-main.cjs'), join(folder, 'main.cjs'));
  const about = { name: 'linli-open', version: '0.0.0', main: 'main.cjs' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  const [{ executable }, { env }, address] = await Promise.all([resolveRuntime(), screen(), servePage()]);
  mkdirSync(profile, { recursive: true });
  return launch({
    ...{ executable, args: [folder], profile, address },
    env: { ...env, LINLI_USER_DATA: profile, LINLI_BENCH_PAGE: address },
  });
}
