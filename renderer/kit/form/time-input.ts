/** A time as people type it: 0920, 920, 9:20, 9点20, 9点半, 14时5分. @returns HH:mm, or undefined for what is no time yet */
export function parseTimeInput(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s/gu, '').replace(/半$/u, '30');
  const parts =
    /^(\d{1,2})[:.点时](\d{1,2})?分?$/u.exec(plain) ??
    /^(\d{1,2})(\d{2})$/u.exec(plain) ??
    /^(\d{1,2})$/u.exec(plain);
  if (!parts) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
