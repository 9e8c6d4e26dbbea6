/** Starts the texts: all of them are part of the program, so there is nothing to load and nothing to wait for. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../shared/core/label.ts';
import { en as kitEn } from './kit/en.ts';
import { zh as kitZh } from './kit/zh.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export const resources = {
  zh: { translation: { app: zh, kit: kitZh } },
  en: { translation: { app: en, kit: kitEn } },
} as const;

const LANGUAGE_TAG: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'zh',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  showLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language);
  showLanguage(language);
}

function showLanguage(language: Language): void {
  document.documentElement.lang = LANGUAGE_TAG[language];
}
