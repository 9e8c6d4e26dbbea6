/** The words of an index by their kind; names once more as they sound, in the same order. */
import { createColumn, type Column } from './column.ts';
import { createSounds, type Readings, type Sounds } from './sounds.ts';

export type WordKind = 'name' | 'digits' | 'address' | 'text';

export const KINDS: readonly WordKind[] = ['name', 'digits', 'address', 'text'];

export interface Columns extends Readonly<Record<WordKind, Column>> {
  readonly sounds: Sounds;
}

export const createColumns = (readings: Readings): Columns => ({
  name: createColumn(),
  sounds: createSounds(readings),
  digits: createColumn(),
  address: createColumn(),
  text: createColumn(),
});

/** @param word normalised */
export function putWord(columns: Columns, kind: WordKind, owner: number, field: number, word: string): void {
  columns[kind].add(owner, field, word);
  if (kind === 'name') columns.sounds.add(word);
}
