/**
 * Pushes that wait together share one transaction: one lock, one commit. Where the shared one fails, each is tried alone, so that
 * nobody falls with somebody else's push.
 */
import type { Verdict } from '../../shared/protocol/messages.ts';

interface Waiting<T> {
  readonly submissions: readonly T[];
  readonly resolve: (verdicts: readonly Verdict[]) => void;
  readonly reject: (failure: unknown) => void;
}

export interface Drain<T> {
  readonly push: (submissions: readonly T[]) => Promise<readonly Verdict[]>;
  /** Resolves when nothing waits any more. */
  readonly idle: () => Promise<void>;
}

const MAX_TOGETHER = 2000;

export function createDrain<T>(work: (submissions: readonly T[]) => Promise<readonly Verdict[]>): Drain<T> {
  const waiting: Waiting<T>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const together = takeTogether();
      try {
        const verdicts = await work(together.flatMap(({ submissions }) => submissions));
        let from = 0;
        for (const { submissions, resolve } of together)
          resolve(verdicts.slice(from, (from += submissions.length)));
      } catch (failure) {
        if (together.length === 1) together[0]?.reject(failure);
        else
          for (const { submissions, resolve, reject } of together)
            await work(submissions).then(resolve, reject);
      }
    }
    running = undefined;
  }

  function takeTogether(): readonly Waiting<T>[] {
    let count = 0;
    const last = waiting.findIndex(({ submissions }) => (count += submissions.length) > MAX_TOGETHER);
    return waiting.splice(0, last < 0 ? waiting.length : Math.max(1, last));
  }

  return {
    push: (submissions) =>
      new Promise((resolve, reject) => {
        waiting.push({ submissions, resolve, reject });
        running ??= run();
      }),
    idle: async () => {
      while (running) await running;
    },
  };
}
