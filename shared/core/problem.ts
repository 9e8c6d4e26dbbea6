/**
 * What is wrong with one value, as a code and its numbers: the same on the form, at the judge and in an import's error file.
 * Zod carries a problem through its message as `code|key=value`; nobody outside this file sees that spelling.
 */
import type { Language } from './label.ts';
import { problemSentences } from './problem-sentences.ts';

export type ProblemCode = keyof typeof problemSentences;

export interface Problem {
  readonly code: ProblemCode;
  /** Field name; entries and rows add their position: `phones.0.number`. Empty for the record as a whole. */
  readonly field: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** The message to give a zod check. */
export function problemMessage(code: ProblemCode, details: Record<string, string | number> = {}): string {
  const pairs = Object.entries(details).map(([key, value]) => `${key}=${value}`);
  return [code, ...pairs].join('|');
}

export function problemFromMessage(message: string, field: string): Problem {
  const [code = '', ...pairs] = message.split('|');
  if (!Object.hasOwn(problemSentences, code)) return { code: 'malformed', field };
  if (pairs.length === 0) return { code: code as ProblemCode, field };
  const details = Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
  return { code: code as ProblemCode, field, details };
}

/** One sentence for people, without the field's name. */
export function problemSentence(problem: Problem, language: Language): string {
  return problemSentences[problem.code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(problem.details?.[name] ?? ''),
  );
}
