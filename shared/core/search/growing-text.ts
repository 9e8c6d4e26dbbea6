/**
 * A text that grows by words. Adding to a string makes a chain of halves that weighs several times what the text does until somebody
 * looks through it (V8 keeps 40 bytes for each word), so words wait in a list and are joined many at once.
 */
export interface GrowingText {
  readonly add: (words: string) => void;
  readonly whole: () => string;
  readonly length: () => number;
}

const JOINED = 2048;

export function createGrowingText(first: string): GrowingText {
  let joined = first;
  let waiting: string[] = [];
  let length = first.length;
  function join(): void {
    joined += waiting.join('');
    waiting = [];
  }
  return {
    add: (words) => {
      length += words.length;
      if (waiting.push(words) === JOINED) join();
    },
    whole: () => {
      if (waiting.length > 0) join();
      return joined;
    },
    length: () => length,
  };
}
