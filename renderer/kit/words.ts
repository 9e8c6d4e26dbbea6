/** Texts of the kit with typed keys, and labels of the declarations in the language of the window. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label, Language } from '../../shared/core/label.ts';
import type { KitTexts } from '../texts/kit/zh.ts';

type Leaf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaf<T[K]>}` }[keyof T & string];
export type KitKey = Leaf<KitTexts>;

export interface Words {
  readonly language: Language;
  readonly t: (key: KitKey, given?: Readonly<Record<string, string | number>>) => string;
  readonly say: (label: Label) => string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language?.startsWith('en') ? 'en' : 'zh';
  return useMemo(
    () => ({
      language,
      t: (key, given) => String(t(`kit.${key}`, { ...given, interpolation: { escapeValue: false } })),
      say: (label) => label[language],
    }),
    [t, language],
  );
}
