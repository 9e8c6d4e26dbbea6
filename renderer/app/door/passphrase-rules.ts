/** What a person may choose to open the desk with (security.md, Keys): a PIN where the system keeps a device secret, else a passphrase. */
export type Strength = 'weak' | 'fair' | 'good';

export interface Judged {
  readonly strength: Strength;
  readonly isEnough: boolean;
  /** Long enough, but one of the first that a thief would try. */
  readonly isTooEasy: boolean;
}

const LEAST = { pin: 6, passphrase: 12 } as const;

export function judgePassphrase(text: string, keyStore: boolean): Judged {
  const length = [...text].length;
  const least = keyStore ? LEAST.pin : LEAST.passphrase;
  const isLong = length >= least;
  const isTooEasy = isLong && isObvious(text);
  const isGood = length >= least + (keyStore ? 2 : 4) && new Set(text).size >= 5;
  return {
    strength: !isLong || isTooEasy ? 'weak' : isGood ? 'good' : 'fair',
    isEnough: isLong && !isTooEasy,
    isTooEasy,
  };
}

/** One character repeated, or counting up or down all the way. */
function isObvious(text: string): boolean {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(points.slice(1).map((point, index) => point - (points[index] ?? 0)));
  return steps.size <= 1 && [0, 1, -1, undefined].includes([...steps][0]);
}

/** People group the ten characters as they like. */
export const tidyCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\-–—_.]/g, '')
    .toUpperCase();

/** An address without its scheme is meant as https. */
export function tidyAddress(text: string): string {
  const address = text.normalize('NFKC').trim().replace(/\/+$/, '');
  return address === '' || address.includes('://') ? address : `https://${address}`;
}
