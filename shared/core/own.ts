/** What an object holds itself: names come from operations, and `constructor` or `__proto__` must never reach the prototype. */
export const own = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
