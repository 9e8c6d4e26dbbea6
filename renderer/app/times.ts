/** Times as people say them at the desk, on the wall clock of Shanghai. */
import { shanghaiDay, shanghaiMinute } from '../../shared/core/calendar/day.ts';
import type { Language } from '../../shared/core/label.ts';

/** 14:05 today, 11月20日 14:05 this year (11-20 in English), else with the year. */
export function showMoment(instant: string | number, now: number, language: Language): string {
  const minute = shanghaiMinute(typeof instant === 'number' ? instant : Date.parse(instant));
  const today = shanghaiDay(now);
  if (minute.slice(0, 10) === today) return minute.slice(11);
  const day = minute.slice(0, 10);
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  if (language === 'en') return `${isThisYear ? day.slice(5) : day} ${minute.slice(11)}`;
  const short = `${showShortDay(day, language)} ${minute.slice(11)}`;
  return isThisYear ? short : `${Number(day.slice(0, 4))}年${short}`;
}

/** 11月23日, as short as a list allows. */
export function showShortDay(day: string, language: Language): string {
  const [, month = '', date = ''] = day.split('-').map((part) => String(Number(part)));
  return language === 'zh' ? `${month}月${date}日` : `${month}/${date}`;
}

export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening';

export function partOfDay(now: number): PartOfDay {
  const hour = Number(shanghaiMinute(now).slice(11, 13));
  // Who is up at three at night had a long evening.
  if (hour < 5) return 'evening';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}
