/** Records by one of their values, kept as records change: who points here, how many are in which stage. */
export interface Grouping {
  readonly put: (record: string, keys: readonly unknown[]) => void;
  readonly members: (key: unknown) => ReadonlySet<string>;
  readonly sizes: () => ReadonlyMap<unknown, number>;
}

const NOBODY: ReadonlySet<string> = new Set();

export function createGrouping(): Grouping {
  const members = new Map<unknown, Set<string>>();
  const keysOf = new Map<string, readonly unknown[]>();
  let sizes: ReadonlyMap<unknown, number> | undefined;
  return {
    put: (record, keys) => {
      const before = keysOf.get(record) ?? [];
      if (before.length === keys.length && before.every((key, index) => key === keys[index])) return;
      for (const key of before) members.get(key)?.delete(record);
      for (const key of keys) {
        const group = members.get(key);
        if (group) group.add(record);
        else members.set(key, new Set([record]));
      }
      if (keys.length > 0) keysOf.set(record, keys);
      else keysOf.delete(record);
      sizes = undefined;
    },
    members: (key) => members.get(key) ?? NOBODY,
    sizes: () =>
      (sizes ??= new Map(
        [...members].flatMap(([key, group]) => (group.size > 0 ? [[key, group.size] as const] : [])),
      )),
  };
}
