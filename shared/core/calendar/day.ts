/** Local calendar days as `YYYY-MM-DD`. Arithmetic goes through UTC midnights, so no time zone or clock change can shift a day. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MILLISECONDS = 86_400_000;

/** A day between 1900 and 2199 that the calendar has. */
export function isRealDate(value: string): boolean {
  const parts = DAY.exec(value);
  if (!parts || value < '1900-01-01' || value >= '2200-01-01') return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
}

/** Asked of every date of every operation, so without a Date. */
function lastDayOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS).toISOString().slice(0, 10);

/** Months keep the day, or take the end month's last one (民法典202). */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS);

/** 0 Sunday … 6 Saturday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day on the wall in Shanghai (UTC+8, no summer time since 1991) at an instant in milliseconds. */
export const shanghaiDay = (instant: number): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

/** The minute on the wall in Shanghai, `YYYY-MM-DDTHH:mm`. */
export const shanghaiMinute = (instant: number): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16);
