/**
 * The index behind the search box: every record's words in memory, found by name, sound, initials, number, address or text. Exact:
 * it finds what a look at every single word would find, no more and no less (SPEC.md SEARCH), because what it looks past
 * cannot hold the question. Changes are appended; what was there before loses its owner until the columns are written anew.
 */
import { eachAtEdge, eachWith, type Column } from './column.ts';
import { createColumns, KINDS, putWord, type WordKind } from './columns.ts';
import { isNumberLike, normalise, normaliseNumber, termsOf, WORD } from './normalise.ts';
import { createRenewal, type Renewal } from './renewal.ts';
import { hasLetters, type Readings } from './sounds.ts';

export type { WordKind };

export interface SearchWord {
  readonly field: string;
  readonly kind: WordKind;
  readonly text: string;
}

export interface Found {
  readonly id: string;
  /** Field whose words met the question best. */
  readonly field: string;
}

export interface SearchIndex {
  /** @param title decides between equals; the first word unless told */
  readonly set: (id: string, words: readonly SearchWord[], title?: string) => void;
  readonly remove: (id: string) => void;
  /** The best first. */
  readonly find: (text: string, limit: number) => readonly Found[];
  /** All of them, in no order: to narrow a list. */
  readonly matching: (text: string) => ReadonlySet<string>;
  readonly size: () => number;
}

/** From the best to the worst; 0 is no match. */
const RANKS = [
  '',
  'whole name',
  'name start',
  'name inside',
  'initials',
  'initials inside',
  'digits',
  'address',
  'text',
];
const WHOLE = 1;
const START = 2;
const INSIDE = 3;
const INITIALS = 4;
const INITIALS_INSIDE = 5;
const DIGITS = 6;
const ADDRESS = 7;
const TEXT = 8;

/** Best rank of each record for one term, and the field that it was met in. */
interface Marks {
  readonly rank: Uint8Array;
  readonly field: Uint16Array;
  /** Records that have a rank, in no order. */
  readonly met: number[];
}

/** Words that are written anew at each change while it is time for that: a fraction of a millisecond, and more than a change brings. */
const RENEWED = 64;

export function createSearchIndex({ readings }: { readonly readings: Readings }): SearchIndex {
  let columns = createColumns(readings);
  let renewal: Renewal | undefined;
  /** By number; undefined where the record is gone or was set anew. */
  let ids: (string | undefined)[] = [];
  let titles: string[] = [];
  const numbers = new Map<string, number>();
  const fields: string[] = [];
  const fieldNumbers = new Map<string, number>();

  const fieldNumber = (name: string): number => {
    const known = fieldNumbers.get(name);
    if (known !== undefined) return known;
    fieldNumbers.set(name, fields.length);
    return fields.push(name) - 1;
  };

  function add(owner: number, { field, kind, text }: SearchWord): void {
    const number = fieldNumber(field);
    const word = kind === 'digits' ? normaliseNumber(text) : normalise(text);
    if (word === '') return;
    putWord(columns, kind, owner, number, word);
    if (renewal) putWord(renewal.anew, kind, owner, number, word);
  }

  function forget(id: string): void {
    const number = numbers.get(id);
    if (number === undefined) return;
    numbers.delete(id);
    ids[number] = undefined;
    titles[number] = '';
  }

  /** When more than half of what lies there belongs to nobody, a few words at each change. */
  function tidy(): void {
    const isTidy = ids.length < 1024 || numbers.size * 2 > ids.length;
    if (!renewal && isTidy) return;
    renewal ??= createRenewal(columns, readings, (owner) => ids[owner] !== undefined);
    if (!renewal.step(RENEWED)) return;
    columns = renewal.anew;
    renewal = undefined;
    renumber();
  }

  /** What was forgotten while its words were written anew goes to a number that is nobody's. */
  function renumber(): void {
    const nobody = numbers.size;
    const kept: (string | undefined)[] = [];
    const keptTitles: string[] = [];
    const moved = Uint32Array.from(ids, (id, number) => {
      if (id === undefined) return nobody;
      numbers.set(id, kept.length);
      keptTitles.push(titles[number] ?? '');
      return kept.push(id) - 1;
    });
    for (const kind of KINDS) columns[kind].renumber(moved);
    ids = [...kept, undefined];
    titles = [...keptTitles, ''];
  }

  function mark(marks: Marks, column: Column, word: number, rank: number): void {
    const owner = column.owner(word);
    const field = column.field(word);
    const known = marks.rank[owner] ?? 0;
    // Of equals the field that is declared first.
    if (known !== 0 && (known < rank || (known === rank && (marks.field[owner] ?? 0) <= field))) return;
    if (known === 0) marks.met.push(owner);
    marks.rank[owner] = rank;
    marks.field[owner] = field;
  }

  function markNames(marks: Marks, term: string): void {
    const { name, sounds } = columns;
    const text = name.text();
    eachWith(name, term, (word, at) => {
      const isStart = at === name.start(word) + 1;
      const isWhole = isStart && text[at + term.length] === WORD;
      mark(marks, name, word, isWhole ? WHOLE : isStart ? START : INSIDE);
    });
    if (!hasLetters(term)) return;
    sounds.each(term, (word, isStart, characters) => {
      if (characters === term.length) mark(marks, name, word, isStart ? INITIALS : INITIALS_INSIDE);
      else mark(marks, name, word, isStart ? START : INSIDE);
    });
  }

  function marksOf(term: string): Marks {
    const marks: Marks = {
      rank: new Uint8Array(ids.length),
      field: new Uint16Array(ids.length),
      met: [],
    };
    const { digits, address, text } = columns;
    markNames(marks, term);
    if (isNumberLike(term))
      eachAtEdge(digits, normaliseNumber(term), (word) => mark(marks, digits, word, DIGITS));
    eachWith(address, term, (word) => mark(marks, address, word, ADDRESS));
    eachWith(text, term, (word) => mark(marks, text, word, TEXT));
    return marks;
  }

  /** Calls for every record that has all terms, with the sum of its ranks and its best field. */
  function eachFound(text: string, found: (number: number, rank: number, field: number) => void): void {
    const marked = termsOf(text).map(marksOf);
    for (const number of marked[0]?.met ?? []) {
      if (ids[number] === undefined) continue;
      let sum = 0;
      let best = RANKS.length;
      let field = 0;
      for (const marks of marked) {
        const rank = marks.rank[number] ?? 0;
        if (rank === 0) {
          sum = 0;
          break;
        }
        sum += rank;
        if (rank < best) {
          best = rank;
          field = marks.field[number] ?? 0;
        }
      }
      if (sum > 0) found(number, sum, field);
    }
  }

  function find(text: string, limit: number): readonly Found[] {
    interface Candidate extends Found {
      readonly rank: number;
      readonly title: string;
    }
    const isBefore = (one: Candidate, other: Candidate): boolean =>
      one.rank !== other.rank
        ? one.rank < other.rank
        : one.title !== other.title
          ? one.title < other.title
          : one.id < other.id;
    const best: Candidate[] = [];
    eachFound(text, (number, rank, field) => {
      const worst = best.length >= limit ? best[best.length - 1] : undefined;
      if (limit <= 0 || (worst && rank > worst.rank)) return;
      const candidate = {
        id: ids[number] ?? '',
        field: fields[field] ?? '',
        rank,
        title: titles[number] ?? '',
      };
      if (worst && !isBefore(candidate, worst)) return;
      let low = 0;
      let high = best.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const other = best[middle];
        if (other && isBefore(other, candidate)) low = middle + 1;
        else high = middle;
      }
      best.splice(low, 0, candidate);
      if (best.length > limit) best.pop();
    });
    return best.map(({ id, field }) => ({ id, field }));
  }

  return {
    set: (id, words, title = words[0]?.text ?? '') => {
      forget(id);
      const owner = ids.push(id) - 1;
      titles[owner] = title;
      numbers.set(id, owner);
      for (const word of words) add(owner, word);
      tidy();
    },
    remove: (id) => {
      forget(id);
      tidy();
    },
    find,
    matching: (text) => {
      const found = new Set<string>();
      eachFound(text, (number) => found.add(ids[number] ?? ''));
      return found;
    },
    size: () => numbers.size,
  };
}
