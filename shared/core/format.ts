/**
 * A value as people read it: one line of text in either language, for lists, detail pages, papers and exports. Never throws, also
 * for a value of a shape that this build does not know; an absent value is an empty text.
 */
import { maskAddress, printAddress, type Address } from './address.ts';
import { shanghaiMinute } from './calendar/day.ts';
import type { Attachment } from './field/attachments.ts';
import { isAbsent, type FieldMap, type Values } from './field/base.ts';
import type { Options } from './field/choice.ts';
import type { AnyField } from './field/field.ts';
import type { OfficialNumber } from './field/official-number.ts';
import type { Reference } from './field/reference.ts';
import type { Entry } from './field/rows.ts';
import { documentTypes, maskDocument, type IdentityDocument } from './identity-document.ts';
import type { Label, Language } from './label.ts';
import { maskName } from './mask-name.ts';
import { maskPhone } from './phone.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** 2026年11月23日 / 23 November 2026, from `YYYY-MM-DD`; anything else stays as it is. */
export function showDay(day: string, language: Language): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return day;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1] ?? month} ${year}`;
}

/** 2026年11月23日 14:05, from a local minute `YYYY-MM-DDTHH:mm`. */
export const showMinute = (minute: string, language: Language): string =>
  `${showDay(minute.slice(0, 10), language)} ${minute.slice(11, 16)}`.trim();

/** A UTC instant of an operation or an entry, as the clock on the wall in Shanghai showed it. */
export function showInstant(instant: string, language: Language): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : showMinute(shanghaiMinute(time), language);
}

const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

/** 1,234元 or 1,234.50元 / ¥1,234.50, from whole fen. */
export function showMoney(fen: number, language: Language): string {
  const size = Math.abs(fen);
  const cents = size % 100 === 0 ? '' : `.${String(size % 100).padStart(2, '0')}`;
  const amount = `${grouped(Math.floor(size / 100))}${cents}`;
  const sign = fen < 0 ? '-' : '';
  return language === 'zh' ? `${sign}${amount}元` : `${sign}¥${amount}`;
}

const SEPARATORS = { zh: { items: '、', rows: '；' }, en: { items: ', ', rows: '; ' } } as const;
const asText = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const labelIn = (options: Readonly<Record<string, Label>>, value: unknown, language: Language): string =>
  (Object.hasOwn(options, String(value)) && options[String(value)]?.[language]) || asText(value);

export function showValue(field: AnyField, value: unknown, language: Language): string {
  if (isAbsent(value)) return '';
  return orAsItIs(value, () => show(field, value, language, (inner, one) => showValue(inner, one, language)));
}

/** A value of another shape than its field's, from a newer build, is shown as it lies there rather than not at all. */
function orAsItIs(value: unknown, shown: () => string | undefined): string {
  try {
    const text: unknown = shown();
    return typeof text === 'string' ? text : asText(value);
  } catch {
    return asText(value);
  }
}

type Inner = (field: AnyField, value: unknown) => string;

function show(field: AnyField, value: unknown, language: Language, inner: Inner): string {
  const { items, rows } = SEPARATORS[language];
  const options: Options = 'options' in field ? field.options : {};
  switch (field.kind) {
    case 'text':
    case 'phone':
      return asText(value);
    case 'choice':
      return labelIn(options, value, language);
    case 'choices':
      return asList(value)
        .map((one) => labelIn(options, one, language))
        .join(items);
    case 'stages':
      return labelIn(field.stages, value, language);
    case 'yesNo':
      if (typeof value !== 'boolean') return asText(value);
      return language === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No';
    case 'date':
      return showDay(asText(value), language);
    case 'dateTime':
      return showMinute(asText(value), language);
    case 'number':
      return showNumber(value, field.unit, language);
    case 'money':
      return typeof value === 'number' ? showMoney(value, language) : asText(value);
    case 'reference':
    case 'references':
      return asList(value)
        .map((one) => (one as Reference | null)?.title ?? '')
        .join(items);
    case 'attachments':
      return asList(value)
        .map((one) => (one as Attachment | null)?.name ?? '')
        .join(items);
    case 'rows':
      return asList(value)
        .map((row) => showRow(field.fields, row, inner))
        .join(rows);
    case 'entries':
      return asList(value)
        .map((entry) =>
          `${showInstant(String((entry as Entry | null)?.at ?? ''), language)} ${showRow(field.fields, (entry as Entry | null)?.values, inner)}`.trim(),
        )
        .join(rows);
    case 'officialNumber':
      return (value as OfficialNumber).official ?? (value as OfficialNumber).temporary ?? '';
    case 'identityDocument':
      return showDocument(value as IdentityDocument, language);
    case 'address':
      return typeof value === 'object' ? printAddress(value as Address) : asText(value);
  }
}

function showNumber(value: unknown, unit: Label | undefined, language: Language): string {
  if (!unit) return asText(value);
  return language === 'zh' ? `${asText(value)}${unit.zh}` : `${asText(value)} ${unit.en}`;
}

function showDocument(document: IdentityDocument, language: Language): string {
  const type = labelIn(documentTypes, document.type, language);
  if (document.type !== 'none') return `${type} ${document.number}`;
  if (!document.reason) return type;
  return language === 'zh' ? `${type}（${document.reason}）` : `${type} (${document.reason})`;
}

function showRow(fields: FieldMap, row: unknown, inner: Inner): string {
  if (typeof row !== 'object' || row === null) return '';
  return Object.entries(fields)
    .map(([name, field]) => inner(field as AnyField, (row as Values)[name]))
    .filter((text) => text !== '')
    .join(' ');
}

/** What stands in place of a sensitive value until somebody reveals it (privacy.md §3); other values are shown as they are. */
export function maskValue(field: AnyField, value: unknown, language: Language = 'zh'): string {
  if (isAbsent(value)) return '';
  try {
    const masked: unknown = mask(field, value, language);
    return typeof masked === 'string' ? masked : '***';
  } catch {
    return '***';
  }
}

function mask(field: AnyField, value: unknown, language: Language): string {
  if (field.kind === 'rows' || field.kind === 'entries') {
    const parts = Object.values(field.fields).some(({ sensitive }) => sensitive);
    if (field.sensitive && !parts) return '***';
    return show(field, value, language, (inner, one) => maskValue(inner, one, language));
  }
  if (!field.sensitive) return showValue(field, value, language);
  switch (field.kind) {
    case 'phone':
      return maskPhone(asText(value));
    case 'identityDocument': {
      const { type, number } = value as IdentityDocument;
      return type === 'none' ? labelIn(documentTypes, type, language) : maskDocument(String(number));
    }
    case 'address':
      return maskAddress(value as Address);
    case 'text':
      return field.search === 'name' ? maskName(asText(value)) : '***';
    case 'date':
    case 'dateTime':
      return `${asText(value).slice(0, 4)}-**-**`;
    case 'reference':
    case 'references':
      return asList(value)
        .map((one) => maskName((one as Reference | null)?.title ?? ''))
        .join(SEPARATORS[language].items);
    default:
      return '***';
  }
}
