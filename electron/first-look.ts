/**
 * The colours of the first picture, before anything of the desk is prepared. The schema of the settings would take a tenth of a second to
 * load; here one word of their file is looked at, and whatever else lies there is light.
 */
import { readFileSync } from 'node:fs';
import type { Settings } from '../shared/bridge.ts';

/** The paper of `renderer/theme/theme.css`: what is seen before the page is. */
export const PAPER: Readonly<Record<Settings['theme'], string>> = { light: '#faf8f4', dark: '#1b1a18' };

export function themeIn(path: string): Settings['theme'] {
  try {
    const { theme } = JSON.parse(readFileSync(path, 'utf8')) as { readonly theme?: unknown };
    return theme === 'dark' ? 'dark' : 'light';
  } catch {
    return 'light';
  }
}
