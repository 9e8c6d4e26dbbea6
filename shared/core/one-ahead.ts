/**
 * The same items in the same order, the next one on its way while one is being worked on: whoever makes them waits for a disk or another
 * thread, and whoever uses them is busy. What goes wrong is told where it would stand.
 */
export async function* oneAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const from = items[Symbol.asyncIterator]();
  const asked = (): Promise<IteratorResult<T, unknown>> => {
    const next = from.next();
    // Whoever waits for it hears of it.
    next.catch(() => undefined);
    return next;
  };
  try {
    let coming = asked();
    for (let one = await coming; !one.done; one = await coming) {
      coming = asked();
      yield one.value;
    }
  } finally {
    await from.return?.();
  }
}
