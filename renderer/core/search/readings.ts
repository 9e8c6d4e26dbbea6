/**
 * How a character may be read, without tones: every reading, the ones as a surname too (单 is dan and shan; 区 is qu and ou). Asked
 * once a character and remembered, because whole names through pinyin-pro cost 25 times as much (performance.md).
 */
import { pinyin } from 'pinyin-pro';

const known = new Map<string, readonly string[]>();

export function readings(character: string): readonly string[] {
  const remembered = known.get(character);
  if (remembered) return remembered;
  const found = new Set([...read(character), ...read(character, 'head')].flatMap(typed));
  const all = [...found].filter((reading) => reading !== character);
  known.set(character, all);
  return all;
}

const read = (character: string, surname?: 'head'): readonly string[] =>
  pinyin(character, {
    toneType: 'none',
    type: 'array',
    multiple: surname === undefined,
    ...(surname && { surname }),
  });

/** ü as keyboards have it: 吕 is lv, and lu where somebody forgets. */
const typed = (reading: string): readonly string[] =>
  reading.includes('ü') ? [reading.replace('ü', 'v'), reading.replace('ü', 'u')] : [reading];
