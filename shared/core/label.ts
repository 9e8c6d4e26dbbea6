/** A text in both languages of the product. Chinese is written first and by hand; English follows it. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof Label;

export const inLanguage = (label: Label, language: Language): string => label[language];
