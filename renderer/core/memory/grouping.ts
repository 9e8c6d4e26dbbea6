/** Records by one of their values, kept as records change: who points here, how many are in which stage. */
export interface Grouping {
  readonly move: (record: string, before: readonly unknown[], now: readonly unknown[]) => void;
  readonly members: (key: unknown) => ReadonlySet<string>;
  readonly sizes: () => ReadonlyMap<unknown, number>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** @param all every record with its keys, for whoever asks first who is in a group: most groupings are only counted */
export function createGrouping(
  all: () => Iterable<readonly [record: string, keys: readonly unknown[]]>,
): Grouping {
  const sizes = new Map<unknown, number>();
  let members: Map<unknown, Set<string>> | undefined;
  let told: ReadonlyMap<unknown, number> | undefined;

  // A list may name somebody twice.
  const once = (keys: readonly unknown[]): readonly unknown[] =>
    keys.length > 1 ? [...new Set(keys)] : keys;
  const count = (keys: readonly unknown[], by: 1 | -1): void => {
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + by);
  };
  function join(record: string, keys: readonly unknown[], groups: Map<unknown, Set<string>>): void {
    for (const key of keys) {
      const group = groups.get(key);
      if (group) group.add(record);
      else groups.set(key, new Set([record]));
    }
  }
  for (const [, keys] of all()) count(once(keys), 1);

  return {
    move: (record, before, now) => {
      if (before.length === now.length && before.every((key, index) => key === now[index])) return;
      const [left, joined] = [once(before), once(now)];
      count(left, -1);
      count(joined, 1);
      told = undefined;
      if (!members) return;
      for (const key of left) members.get(key)?.delete(record);
      join(record, joined, members);
    },
    members: (key) => {
      if (!members) {
        members = new Map();
        for (const [record, keys] of all()) join(record, keys, members);
      }
      return members.get(key) ?? NOBODY;
    },
    sizes: () => (told ??= new Map([...sizes].filter(([, size]) => size > 0))),
  };
}
