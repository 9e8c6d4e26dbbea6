/** Instants in the words of a desk, on the wall clock of Shanghai. */
import { addDays, shanghaiMinute } from '../../../shared/core/calendar/day.ts';
import type { Language } from '../../../shared/core/label.ts';

/** 今天 09:30, 昨天 17:05, 11月3日 08:00, 2025年11月3日. */
export function timeAgo(at: string, now: number, language: Language): string {
  const minute = shanghaiMinute(Date.parse(at));
  const [day = '', time = ''] = minute.split('T');
  const today = shanghaiMinute(now).slice(0, 10);
  const [year, month, date] = day.split('-').map(Number);
  if (language === 'en') {
    if (day === today) return `today ${time}`;
    if (day === addDays(today, -1)) return `yesterday ${time}`;
    return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${time}` : day;
  }
  if (day === today) return `今天 ${time}`;
  if (day === addDays(today, -1)) return `昨天 ${time}`;
  return day.slice(0, 4) === today.slice(0, 4)
    ? `${month}月${date}日 ${time}`
    : `${year}年${month}月${date}日`;
}

/** The whole instant, for a title over a short one. */
export const exactTime = (at: string): string => shanghaiMinute(Date.parse(at)).replace('T', ' ');

/** 2026年11月23日, or the day as it is in English. */
export function dayWords(day: string, language: Language): string {
  if (language === 'en') return day;
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
