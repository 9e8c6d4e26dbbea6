/** A code or a sheet's words as they were meant: case, blanks, dashes and full-width characters do not matter. */
export const asMeant = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
