/** What was asked, how long the answers took, what was asked to come later, and what went wrong, by kind. */
import { toldToWait } from '../../electron/carrier-pauses.ts';
import { errorOf, type Ask } from '../../electron/district.ts';

export interface Tally {
  /** The same way of asking, counted. */
  readonly counting: (ask: Ask) => Ask;
  /** Milliseconds of every answer, by kind of request. */
  readonly times: ReadonlyMap<string, readonly number[]>;
  /** Milliseconds after which a busy district wanted to be asked again, each time. No answers, and no errors. */
  readonly later: readonly number[];
  /** How often, by kind of request and error. */
  readonly errors: ReadonlyMap<string, number>;
}

export function createTally(): Tally {
  const times = new Map<string, number[]>();
  const errors = new Map<string, number>();
  const later: number[] = [];
  const failed = (what: string): void => void errors.set(what, (errors.get(what) ?? 0) + 1);
  return {
    times,
    errors,
    later,
    counting: (ask) => async (question) => {
      const kind = new URL(question.url).pathname.split('/')[2] ?? '';
      const asked = performance.now();
      const result = await ask(question);
      if (result.ok && result.value.status === 503) {
        later.push(toldToWait(result.value.headers['retry-after']));
        return result;
      }
      const taken = times.get(kind) ?? [];
      times.set(kind, taken);
      taken.push(performance.now() - asked);
      if (!result.ok) failed(`${kind}: ${result.error}`);
      else if (result.value.status !== 200)
        failed(`${kind}: ${errorOf(result.value)?.error ?? result.value.status}`);
      return result;
    },
  };
}
