/** How characters sound, from pinyin-pro's dictionary: every reading, also those that only a surname has (单 shan, 查 zha, 盖 ge). */
import { pinyin } from 'pinyin-pro';

/** Readings within compound surnames, which no single character has: 尉迟, 万俟, 澹台, 令狐, 长孙. */
const COMPOUND: Readonly<Record<string, readonly string[]>> = {
  尉: ['yu'],
  万: ['mo'],
  俟: ['qi'],
  澹: ['tan'],
  令: ['ling'],
  长: ['zhang'],
};
const known = new Map<string, readonly string[]>();

/** In plain letters, `v` for ü; none for what is no Chinese character or is in no dictionary. */
export function readings(character: string): readonly string[] {
  const kept = known.get(character);
  if (kept) return kept;
  const found = /\p{Script=Han}/u.test(character) ? lookUp(character) : [];
  known.set(character, found);
  return found;
}

function lookUp(character: string): readonly string[] {
  const options = { toneType: 'none', multiple: true, type: 'array', v: true } as const;
  const all = [
    ...pinyin(character, options),
    ...pinyin(character, { ...options, mode: 'surname' }),
    ...(Object.hasOwn(COMPOUND, character) ? (COMPOUND[character] ?? []) : []),
  ];
  return [...new Set(all)].filter((reading) => /^[a-z]+$/.test(reading));
}
