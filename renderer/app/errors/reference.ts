/** A short number to tell the administrator. The error itself goes to the console of a developer, never onto the screen. */
export function newReference(error: unknown): string {
  const reference =
    `${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 3).toString(36)}`.toUpperCase();
  // eslint-disable-next-line no-console
  console.error(reference, error);
  return reference;
}
