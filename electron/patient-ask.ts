/**
 * A district that is busy says when to come again (RFC 9110 §10.2.3). What was asked is asked again then, and whoever asks sees an answer that
 * takes its time, not a broken line. Pushes rest by themselves (carrier-pauses.ts): people go on writing meanwhile.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { DISTRICT } from '../shared/protocol/messages.ts';
import { toldToWait } from './carrier-pauses.ts';
import type { Answer, Ask, Question } from './district.ts';

/** Milliseconds in all; after that it is told as it is. */
const MOST = 2 * 60_000;

/** @param rest milliseconds */
export const patient =
  (
    ask: Ask,
    rest: (time: number) => Promise<unknown> = (time) => wait(time, undefined, { ref: false }),
  ): Ask =>
  async (question) => {
    for (let waited = 0; ;) {
      const result = await ask(question);
      const told = result.ok ? toldBy(result.value, question) : undefined;
      if (told === undefined || waited + told > MOST) return result;
      waited += told;
      await rest(told);
    }
  };

/** Only the district that was meant, and of no push. @returns milliseconds */
function toldBy({ status, headers }: Answer, { url, headers: sent }: Question): number | undefined {
  const after = headers['retry-after'];
  const isOurs = headers[DISTRICT] !== undefined && headers[DISTRICT] === sent?.[DISTRICT];
  if (status !== 503 || after === undefined || !isOurs || url.endsWith('/api/push')) return undefined;
  return toldToWait(after);
}
