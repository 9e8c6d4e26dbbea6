/** IndexedDB without anything around it, for floors. */

export function openRaw(name: string, stores: readonly string[]): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => stores.forEach((store) => opening.result.createObjectStore(store));
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
  });
}

/** One transaction, strictly durable. */
export function putAll(
  database: IDBDatabase,
  store: string,
  rows: Iterable<readonly [key: IDBValidKey, value: unknown]>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    const objects = transaction.objectStore(store);
    for (const [key, value] of rows) objects.put(value, key);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
}

export function readAll<T>(database: IDBDatabase, store: string): Promise<readonly T[]> {
  return new Promise((resolve, reject) => {
    const asked = database.transaction(store).objectStore(store).getAll();
    asked.onsuccess = () => resolve(asked.result as readonly T[]);
    asked.onerror = () => reject(asked.error ?? new Error('not read'));
  });
}
