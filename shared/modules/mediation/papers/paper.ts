/** What the mediation papers print alike: committee, number, days, names. Papers are official and in Chinese only. */
import type { DocumentBlock, DocumentGiven } from '../../../core/document.ts';
import { isAbsent, type Values } from '../../../core/field/base.ts';
import type { Options } from '../../../core/field/choice.ts';
import type { OfficialNumber } from '../../../core/field/official-number.ts';
import type { Reference } from '../../../core/field/reference.ts';
import type { Entry } from '../../../core/field/rows.ts';
import type { Label } from '../../../core/label.ts';
import { showDay, showMinute, showMoney } from '../../../core/format.ts';

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

export const minuteOf = (value: unknown): string => (isAbsent(value) ? '' : showMinute(String(value), 'zh'));

/** The day on which the parties' ages are counted: the agreement's, or today while there is none. */
export const dayOfPaper = ({ record, today }: DocumentGiven): string =>
  textOf(record.values['agreedOn']) || today;

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

export const nameOf = (value: unknown): string => (value as Reference | undefined)?.title ?? '';

/** A box to tick on the printed form. */
export const box = (isTicked: boolean): string => (isTicked ? '☑' : '□');

/** A text of several lines, one paragraph a line; a rule to write on where there is none. */
export const paragraphs = (value: unknown): readonly DocumentBlock[] =>
  textOf(value)
    .split('\n')
    .map((text): DocumentBlock => ({ kind: 'paragraph', text }));

export const section = (heading: string, value: unknown): readonly DocumentBlock[] => [
  { kind: 'heading', text: heading },
  ...paragraphs(value),
];

/** The entries of a log as papers show them: what a later entry corrects stays in the record and is not printed. */
export function entriesOf(values: Values, field: string): readonly Entry[] {
  const entries = (values[field] as readonly Entry[] | undefined) ?? [];
  const corrected = new Set(entries.flatMap(({ corrects }) => corrects ?? []));
  return entries.filter(({ id }) => !corrected.has(id));
}

/** One sheet after the other: each is signed by itself. */
export const inSheets = (sheets: readonly (readonly DocumentBlock[])[]): readonly DocumentBlock[] =>
  sheets.flatMap((blocks, index) => (index > 0 ? [{ kind: 'sheet' } as const, ...blocks] : blocks));

/** An empty one to write on by hand where there is none yet. */
export const orBlank = (all: readonly Values[]): readonly Values[] => (all.length > 0 ? all : [{}]);

/** One item a line, without the numbers that were typed in front; empty ones to write on up to `least`. */
export function numbered(value: unknown, least: number): readonly string[] {
  const items = textOf(value)
    .split('\n')
    .map((line) => line.replace(/^\s*(\d+\s*[.、．)）](?!\d)|[一二三四五六七八九十]+、)\s*/u, '').trim())
    .filter((line) => line !== '');
  return [...items, ...Array.from({ length: Math.max(0, least - items.length) }, () => '')];
}

/** Rows of a table to write on. */
export const padded = (
  rows: readonly (readonly string[])[],
  least: number,
  columns: number,
): readonly (readonly string[])[] => [
  ...rows,
  ...Array.from({ length: Math.max(0, least - rows.length) }, () =>
    Array.from({ length: columns }, () => ''),
  ),
];

/** Not turned away at the door. */
export const hasBegun = ({ stage }: Values): boolean => stage !== 'rejected';

const ENDS: ReadonlySet<unknown> = new Set(['followed_up', 'failed', 'withdrawn', 'refused', 'archived']);
/** Ready for its dossier, or in it. */
export const isEnding = ({ stage }: Values): boolean => ENDS.has(stage);

/** The labels of those fields that are still empty. */
export const emptyOnes = (values: Values, labels: Readonly<Record<string, Label>>): readonly Label[] =>
  Object.entries(labels)
    .filter(([field]) => isAbsent(values[field]))
    .map(([, label]) => label);
