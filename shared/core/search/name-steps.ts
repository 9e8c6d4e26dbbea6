/**
 * How far a term is taken by the characters of a name, one after the other: an automaton that is made while names are looked through.
 * A state stands for all places of the term that may have been reached, so no name takes more steps than it has characters, however
 * many ways there are to read it.
 */

/** States: the name does not meet the term; it does. Other states follow. */
export const NOWHERE = 0;
export const DONE = 1;

const START = 2;

const UNKNOWN = -1;

interface Steps {
  /** The state after a name's first character that takes anything of the term, by the character's number. */
  readonly first: Int32Array;
  /** The state after one more character. */
  readonly next: (state: number, character: number) => number;
}

/** @param ways by a character's number, the character itself and its readings; none for the edge of a name */
export function createSteps(ways: readonly (readonly string[])[], term: string): Steps {
  const places: (readonly number[])[] = [[], [], [0]];
  const rows = places.map(() => new Int32Array(ways.length).fill(UNKNOWN));
  const states = new Map([['', NOWHERE]]);

  function reach(state: number, character: number): number {
    const reached = new Set<number>();
    for (const place of places[state] ?? []) {
      for (const end of endsOf(ways[character] ?? [], term, place)) {
        if (end === term.length) return DONE;
        reached.add(end);
      }
    }
    const sorted = [...reached].sort((one, other) => one - other);
    const name = sorted.join();
    const known = states.get(name);
    if (known !== undefined) return known;
    states.set(name, places.length);
    rows.push(new Int32Array(ways.length).fill(UNKNOWN));
    return places.push(sorted) - 1;
  }

  const first = new Int32Array(ways.length);
  // Few characters take anything at all.
  ways.forEach((all, character) => {
    if (all.some((way) => way.charCodeAt(0) === term.charCodeAt(0)))
      first[character] = reach(START, character);
  });

  return {
    first,
    next: (state, character) => {
      const row = rows[state]!;
      const known = row[character]!;
      return known === UNKNOWN ? (row[character] = reach(state, character)) : known;
    },
  };
}

/** Places of the term that a character takes it to: by itself, a reading, its initial, or the beginning of one where the term ends. */
function* endsOf(ways: readonly string[], term: string, place: number): Generator<number> {
  for (const way of ways) {
    if (way.charCodeAt(0) !== term.charCodeAt(place)) continue;
    if (way.startsWith(term.slice(place))) yield term.length;
    if (term.startsWith(way, place)) yield place + way.length;
    if (!/^[a-z]/.test(way)) continue;
    yield place + 1;
    if (/^[zcs]h/.test(way) && term[place + 1] === 'h') yield place + 2;
  }
}
