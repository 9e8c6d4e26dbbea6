/** The settings of this computer, in a small file. A file that cannot be read gives the defaults, and is overwritten at the next change. */
import { readFile } from 'node:fs/promises';
import { settingsSchema, type Settings } from '../../shared/bridge.ts';
import { replaceFile } from './atomic-file.ts';

export const DEFAULT_SETTINGS: Settings = { language: 'zh', textSize: 100, theme: 'light', lockAfter: 5 };

export interface SettingsFile {
  readonly current: () => Settings;
  readonly change: (changed: Partial<Settings>) => Promise<Settings>;
}

export async function openSettings(path: string): Promise<SettingsFile> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  let current = DEFAULT_SETTINGS;
  try {
    current = settingsSchema.parse({ ...DEFAULT_SETTINGS, ...(JSON.parse(text) as object) });
  } catch {
    // The defaults serve.
  }
  return {
    current: () => current,
    async change(changed) {
      current = settingsSchema.parse({ ...current, ...changed });
      await replaceFile(path, JSON.stringify(current));
      return current;
    },
  };
}
