/** The floor: one string per column, `indexOf`, and typed arrays that say whose each word is. It ranks nothing and forgets nothing. */
import type { Readings } from '../../shared/core/search/sounds.ts';
import type { QueryClass } from './queries.ts';
import type { SearchSide } from './side.ts';

const COLUMN: Readonly<Record<QueryClass, string>> = {
  ...{ name: 'name', pinyin: 'sound', initials: 'initials', phone: 'digits', id: 'digits' },
  ...{ address: 'address', text: 'text' },
};

interface Growing {
  readonly parts: string[];
  readonly owners: number[];
}

interface Column {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly owners: Uint32Array;
}

export function createColumns(readings: Readings): SearchSide {
  const ids: string[] = [];
  const growing = new Map<string, Growing>();
  const made = new Map<string, Column>();

  function put(name: string, owner: number, word: string): void {
    const column = growing.get(name) ?? { parts: [], owners: [] };
    growing.set(name, column);
    column.parts.push(word);
    column.owners.push(owner);
  }

  /** Joined at the first question, which the build is made to include. */
  function columnOf(name: string): Column {
    const known = made.get(name);
    if (known) return known;
    const { parts, owners } = growing.get(name) ?? { parts: [], owners: [] };
    const starts = new Uint32Array(parts.length);
    let at = 1;
    parts.forEach((part, index) => {
      starts[index] = at;
      at += part.length + 1;
    });
    const column = { text: `\n${parts.join('\n')}\n`, starts, owners: Uint32Array.from(owners) };
    growing.delete(name);
    made.set(name, column);
    return column;
  }

  function* met(question: string, kind: QueryClass): Generator<string> {
    const { text, starts, owners } = columnOf(COLUMN[kind]);
    const [first = '', ...rest] = question.split(' ');
    let last = -1;
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
      const word = wordAt(starts, at);
      const end = starts[word + 1] ?? text.length;
      if (owners[word] === last || rest.some((one) => !text.slice(starts[word], end).includes(one))) continue;
      last = owners[word] ?? 0;
      yield ids[last] ?? '';
    }
  }

  return {
    add: (id, words) => {
      const owner = ids.push(id) - 1;
      for (const { kind, text } of words) {
        put(kind, owner, text);
        if (kind !== 'name') continue;
        const sounds = Array.from(text, (character) => readings(character)[0] ?? '');
        put('sound', owner, sounds.join(''));
        put('initials', owner, sounds.map((sound) => sound[0] ?? '').join(''));
      }
    },
    find: (question, kind) => [...met(question, kind)],
    all: met,
  };
}

function wordAt(starts: Uint32Array, position: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}
