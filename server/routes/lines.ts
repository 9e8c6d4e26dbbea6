/** The lines before the district, and how each moves. The constants were measured under load (docs/scaling.md). */
import type { GateGiven } from './gate.ts';
import type { Line } from './route.ts';

export const LINES: Readonly<Record<Line, Pick<GateGiven, 'most' | 'patience' | 'first'>>> = {
  /**
   * In bytes. Ten desks with some hundred operations each, or a thousand that bring one. The least that a desk waits for an answer is 30 s
   * (`silenceFor`): half of it, since the next minutes may be slower than the last. The first guess is quicker than any district.
   */
  pushes: { most: 4 * 1024 * 1024, patience: 15_000, first: 1024 },
  /**
   * One each. Nothing goes on without one, so they get most of PostgreSQL. A desk gives up after 30 s (electron/tokens.ts), and then its
   * waiting was for nothing.
   */
  tokens: { most: 48, patience: 15_000, first: 0.1 },
  /**
   * One each, half of what PostgreSQL is asked at a time. The first guess is of a small machine: guessed ten times as quick, a whole
   * district's first questions were let in at once, and tokens behind them gave up.
   */
  questions: { most: 8, patience: 8_000, first: 0.1 },
};
