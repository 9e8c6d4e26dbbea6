/** Our page in the desk's own Electron, on a profile. */
import { launch, type Launched } from './launch.ts';
import { resolveRuntime } from '../../build/runtime.mjs';
import { openDisplay, type Display } from '../../build/display.ts';
import { appFolder } from './app.ts';

let display: Promise<Display> | undefined;

/** One screen for the whole run. */
export const screen = (): Promise<Display> => (display ??= openDisplay());

export async function launchDesk(profile: string): Promise<Launched> {
  const [{ executable }, { env }] = await Promise.all([resolveRuntime(), screen()]);
  return launch({
    executable,
    args: [appFolder],
    env: { ...env, LINLI_USER_DATA: profile },
    profile,
    address: 'app://desk/',
  });
}
