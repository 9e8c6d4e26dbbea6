/** What the mediation papers print alike: committee, number, days, names. Papers are official and in Chinese only. */
import type { DocumentBlock, DocumentGiven } from '../../../core/document.ts';
import { isAbsent, type Values } from '../../../core/field/base.ts';
import type { Options } from '../../../core/field/choice.ts';
import type { OfficialNumber } from '../../../core/field/official-number.ts';
import type { Reference } from '../../../core/field/reference.ts';
import type { Label } from '../../../core/label.ts';
import { showDay, showMoney } from '../../../core/format.ts';

/** 江南新村居委会 → 江南新村居民区人民调解委员会; a street's own committee keeps the street's name. */
const committeeName = (area: string): string =>
  `${area.replace(/(居民委员会|居委会)$/u, '居民区')}人民调解委员会`;

export const committeeOf = ({ record, areaName }: DocumentGiven): string =>
  committeeName(areaName(record.area));

export function numberOf(values: Values): string {
  const number = values['number'] as OfficialNumber | undefined;
  return number?.official ?? number?.temporary ?? '';
}

export const dayOf = (value: unknown): string => (isAbsent(value) ? '' : showDay(String(value), 'zh'));

/** To be filled in by hand where the day is not known yet. */
export const dateLine = (value: unknown): DocumentBlock => ({
  kind: 'date',
  text: dayOf(value) || '    年    月    日',
});

export const yuan = (fen: number | undefined): string => (fen === undefined ? '' : showMoney(fen, 'zh'));

export const textOf = (value: unknown): string => (isAbsent(value) ? '' : String(value));

/** The printed name of a code; nothing for one that the list does not have. */
export const labelOf = (options: Options, code: unknown): string =>
  Object.hasOwn(options, String(code)) ? (options[String(code)]?.zh ?? '') : '';

export const namesOf = (value: unknown): string =>
  ((value as readonly Reference[] | undefined) ?? []).map(({ title }) => title).join('、');

/** A text of several lines, one paragraph a line; a rule to write on where there is none. */
export const paragraphs = (value: unknown): readonly DocumentBlock[] =>
  textOf(value)
    .split('\n')
    .map((text): DocumentBlock => ({ kind: 'paragraph', text }));

export const section = (heading: string, value: unknown): readonly DocumentBlock[] => [
  { kind: 'heading', text: heading },
  ...paragraphs(value),
];

/** The labels of those fields that are still empty. */
export const emptyOnes = (values: Values, labels: Readonly<Record<string, Label>>): readonly Label[] =>
  Object.entries(labels)
    .filter(([field]) => isAbsent(values[field]))
    .map(([, label]) => label);
