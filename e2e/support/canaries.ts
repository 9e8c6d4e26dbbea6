/** Fifty residents who exist nowhere else: 200 names, identity numbers, telephones and notes, each to be found in one place or none. */
import { checkDigit } from '../../shared/core/identity-document.ts';

export interface Canary {
  readonly name: string;
  readonly document: string;
  readonly phone: string;
  readonly note: string;
}

const SURNAMES = ['鹿', '麴', '逄', '亓', '乜', '郏', '妫', '芈', '蒯', '昝'];
const GIVEN = ['芷岫', '澹然', '翛翛', '罄筠', '旖岚'];

export const canaries: readonly Canary[] = Array.from({ length: 50 }, (_, index) => {
  const body = `3101041937${String(1 + (index % 12)).padStart(2, '0')}${String(1 + (index % 28)).padStart(2, '0')}${String(7 * index + 311)}`;
  return {
    name: `${SURNAMES[index % 10]}${GIVEN[Math.floor(index / 10)]}`,
    document: `${body}${checkDigit(body)}`,
    phone: `167${String(20_413_377 + index * 9_871)}`,
    note: `暗号${String.fromCodePoint(0x5700 + index * 13)}${String.fromCodePoint(0x6c00 + index * 17)}不外传${index}`,
  };
});

/** What is sought afterwards, by what it is. */
export const canaryWords = (used: readonly Canary[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    used.flatMap(({ name, document, phone, note }, index) => [
      [`name ${index}`, name],
      [`identity number ${index}`, document],
      [`telephone ${index}`, phone],
      [`note ${index}`, note],
    ]),
  );
