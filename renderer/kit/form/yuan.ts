/** Yuan as typed and fen as kept, through text alone: 1,234.5 元 is 123450 fen. */
const YUAN = /^(\d{1,10})(?:\.(\d{1,2}))?$/;

/** Full-width digits, commas, blanks and a leading ¥ or trailing 元 are forgiven. @returns NaN for what is no amount */
export function fenOf(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/[,\s¥元]/gu, '');
  if (plain === '') return undefined;
  const parts = YUAN.exec(plain);
  if (!parts) return Number.NaN;
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
}

export function yuanOf(fen: number | undefined): string {
  if (fen === undefined || Number.isNaN(fen)) return '';
  const rest = fen % 100;
  const yuan = String(Math.floor(fen / 100));
  return rest === 0 ? yuan : `${yuan}.${String(rest).padStart(2, '0')}`;
}
