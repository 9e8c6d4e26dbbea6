/**
 * Pushes that wait together share one transaction: one lock, one commit. Where the shared one fails, each is tried alone, so that
 * nobody falls with somebody else's push.
 */
interface Waiting<T, O> {
  readonly submissions: readonly T[];
  readonly resolve: (outcomes: readonly O[]) => void;
  readonly reject: (failure: unknown) => void;
}

/** Takes submissions `T`, gives one outcome `O` for each. */
export interface Drain<T, O> {
  readonly push: (submissions: readonly T[]) => Promise<readonly O[]>;
  /** Resolves when nothing waits any more. */
  readonly idle: () => Promise<void>;
}

/** A transaction of so many is cheap already, and while it is judged nobody else is answered. */
const MAX_TOGETHER = 500;

export function createDrain<T, O>(work: (submissions: readonly T[]) => Promise<readonly O[]>): Drain<T, O> {
  const waiting: Waiting<T, O>[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const together = takeTogether();
      try {
        const outcomes = await work(together.flatMap(({ submissions }) => submissions));
        let from = 0;
        for (const { submissions, resolve } of together)
          resolve(outcomes.slice(from, (from += submissions.length)));
      } catch (failure) {
        if (together.length === 1) together[0]?.reject(failure);
        else
          for (const { submissions, resolve, reject } of together)
            await work(submissions).then(resolve, reject);
      }
    }
    running = undefined;
  }

  function takeTogether(): readonly Waiting<T, O>[] {
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
