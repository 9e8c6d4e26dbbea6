/** Records by one of their values, kept as records change: who points here, how many are in which stage. */
export interface Grouping {
  readonly put: (record: string, keys: readonly unknown[]) => void;
  readonly members: (key: unknown) => ReadonlySet<string>;
  readonly sizes: () => ReadonlyMap<unknown, number>;
}

const NOBODY: ReadonlySet<string> = new Set();
const NOTHING: readonly unknown[] = [];

export function createGrouping(): Grouping {
  const keysOf = new Map<string, readonly unknown[]>();
  const sizes = new Map<unknown, number>();
  /** Made when somebody first asks who: most groupings are only counted. */
  let members: Map<unknown, Set<string>> | undefined;
  let told: ReadonlyMap<unknown, number> | undefined;

  function join(record: string, keys: readonly unknown[], groups: Map<unknown, Set<string>>): void {
    for (const key of keys) {
      const group = groups.get(key);
      if (group) group.add(record);
      else groups.set(key, new Set([record]));
    }
  }

  return {
    put: (record, given) => {
      const before = keysOf.get(record) ?? NOTHING;
      // A list may name somebody twice.
      const keys = given.length > 1 ? [...new Set(given)] : given;
      if (before.length === keys.length && before.every((key, index) => key === keys[index])) return;
      for (const key of before) {
        sizes.set(key, (sizes.get(key) ?? 0) - 1);
        members?.get(key)?.delete(record);
      }
      for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
      if (members) join(record, keys, members);
      if (keys.length > 0) keysOf.set(record, keys);
      else keysOf.delete(record);
      told = undefined;
    },
    members: (key) => {
      if (!members) {
        members = new Map();
        for (const [record, keys] of keysOf) join(record, keys, members);
      }
      return members.get(key) ?? NOBODY;
    },
    sizes: () => (told ??= new Map([...sizes].filter(([, size]) => size > 0))),
  };
}
