/** Who wants to hear of what: a record id, an entity name, `sync`, `tray`, `search` or `drafts`. Versions only grow, listened to or not. */
export interface Topics {
  readonly version: (topic: string) => number;
  readonly subscribe: (topic: string, listener: () => void) => () => void;
  /** Each listener hears once, however many of its topics are told at a time. */
  readonly tell: (topics: Iterable<string>) => void;
}

export function createTopics(): Topics {
  const versions = new Map<string, number>();
  const listeners = new Map<string, Set<() => void>>();
  return {
    version: (topic) => versions.get(topic) ?? 0,
    subscribe: (topic, listener) => {
      const known = listeners.get(topic) ?? new Set();
      listeners.set(topic, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0 && listeners.get(topic) === known) listeners.delete(topic);
      };
    },
    tell: (topics) => {
      const heard = new Set<() => void>();
      for (const topic of new Set(topics)) {
        versions.set(topic, (versions.get(topic) ?? 0) + 1);
        for (const listener of listeners.get(topic) ?? []) heard.add(listener);
      }
      for (const listener of heard) listener();
    },
  };
}
