/** Dates as people type them at the desk: 19900101, 1990-1-1, 1990年1月1日, 1990.1.1, 1990/1/1; 11月23日 and 11-23 mean this year. */
import { addDays, isRealDate } from './calendar/day.ts';
import { halfWidth } from './width.ts';

const WORDS: Readonly<Record<string, number>> = { 前天: -2, 昨天: -1, 今天: 0, 明天: 1, 后天: 2 };
const FORMS = [
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/,
];
const WITHOUT_YEAR = [/^(\d{1,2})([-./])(\d{1,2})$/, /^(\d{1,2})月(\d{1,2})[日号]?$/];
const isNumber = (part: string | undefined): part is string => part !== undefined && /^\d+$/.test(part);

/**
 * @param today `YYYY-MM-DD`
 * @returns `YYYY-MM-DD`, or undefined where it is no date that the calendar has
 */
export function parseDateInput(text: string, today: string): string | undefined {
  const typed = halfWidth(text).replace(/\s/gu, '').replaceAll('。', '.');
  const away = Object.hasOwn(WORDS, typed) ? WORDS[typed] : undefined;
  if (away !== undefined) return addDays(today, away);
  const numbersBy = (forms: readonly RegExp[]): string[] | undefined =>
    forms.map((form) => form.exec(typed)?.slice(1).filter(isNumber)).find((found) => found !== undefined);
  const short = numbersBy(WITHOUT_YEAR);
  const numbers = numbersBy(FORMS) ?? (short && [today.slice(0, 4), ...short]);
  if (!numbers) return undefined;
  const [year = '', month = '', date = ''] = numbers;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return isRealDate(day) ? day : undefined;
}
