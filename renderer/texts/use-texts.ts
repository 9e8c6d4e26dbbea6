/** The frame's texts with typed keys, and the language of the window for the labels of declarations. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Label, Language } from '../../shared/core/label.ts';
import type { AppTexts } from './zh.ts';

type Leaf<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K
    : T[K] extends readonly string[]
      ? never
      : `${K}.${Leaf<T[K]>}`;
}[keyof T & string];
export type TextKey = Leaf<AppTexts>;
export type TextValues = Readonly<Record<string, string | number>>;

export interface Texts {
  readonly language: Language;
  readonly t: (key: TextKey, values?: TextValues) => string;
  /** A label of a declaration, in the window's language. */
  readonly say: (label: Label) => string;
  readonly weekday: (index: number) => string;
}

export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language?.startsWith('en') ? 'en' : 'zh';
  return useMemo(
    () => ({
      language,
      t: (key, values) => String(t(`app.${key}`, { ...values })),
      say: (label) => label[language],
      weekday: (index) => String(t(`app.weekdays.${index}`)),
    }),
    [t, language],
  );
}
