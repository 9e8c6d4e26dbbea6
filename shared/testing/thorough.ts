/**
 * How often a random test tries: as often as its issue asks in the full tier (`npm run test:full`, or LINLI_SLOW=1), and often enough to
 * meet every kind of case in the fast one, which has ten minutes for everything.
 */
const { process } = globalThis as {
  readonly process?: { readonly env: Readonly<Record<string, string | undefined>> };
};

export const thorough = (full: number, fast: number): number =>
  process?.env['LINLI_SLOW'] === '1' ? full : fast;
