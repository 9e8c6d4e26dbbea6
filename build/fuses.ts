/**
 * The switches that are burnt into a packaged runtime. A newer runtime has more of them and an older one fewer: what its wire does
 * not have is left out, and what it has but this list does not name keeps its default.
 */
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import type { Package } from './project.ts';

export function wantedFuses(name: Package): Readonly<Record<FuseV1Options, boolean>> {
  return {
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    // Playwright drives Electron through this one, so the twin keeps it; nothing else may differ.
    [FuseV1Options.EnableNodeCliInspectArguments]: name === 'twin',
    // Checked by the runtime on Windows and macOS only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

export async function setFuses(executable: string, name: Package): Promise<void> {
  const present = Object.keys(await readFuses(executable));
  const wanted = Object.entries(wantedFuses(name)).filter(([fuse]) => present.includes(fuse));
  await flipFuses(executable, { version: FuseVersion.V1, ...Object.fromEntries(wanted) });
}

/** Fuse number → on or off, as the file has them now. */
export async function readFuses(executable: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = await getCurrentFuseWire(executable);
  const fuses = Object.entries(wire).filter(([fuse]) => /^\d+$/.test(fuse));
  return Object.fromEntries(fuses.map(([fuse, state]) => [fuse, Number(state) === FuseState.ENABLE]));
}
