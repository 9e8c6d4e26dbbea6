/** Puts the person's choice of size and colours on the document; everything else follows from CSS. */
import type { Settings } from '../../shared/bridge.ts';

export function showAppearance({ textSize, theme }: Pick<Settings, 'textSize' | 'theme'>): void {
  const { documentElement } = document;
  documentElement.style.fontSize = `${textSize}%`;
  documentElement.dataset['theme'] = theme;
  documentElement.dataset['size'] = String(textSize);
}
