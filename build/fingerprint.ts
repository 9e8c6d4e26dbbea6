/**
 * Whether a product still matches what it was made from: a hash over the contents of its inputs, kept in a stamp beside the
 * product. A second `npm start` therefore builds nothing. Tests are no inputs.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const IGNORED = /(^|\/)(node_modules|testing|dist|[.][^/]+)(\/|$)|[.]test[.][a-z]+$/;

export interface Inputs {
  /** The folder that the names are relative to. */
  readonly base: string;
  /** Files and folders; one that does not exist counts as such. */
  readonly names: readonly string[];
  /** What else decides about the product: options, versions. */
  readonly also?: unknown;
}

export function fingerprint({ base, names, also }: Inputs): string {
  const hash = createHash('sha256').update(JSON.stringify(also ?? null));
  for (const file of names.flatMap((name) => filesUnder(join(base, name)))) {
    const name = relative(base, file);
    if (IGNORED.test(name)) continue;
    hash.update(`\n${name}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesUnder(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesUnder(join(path, name)));
}

export const isFresh = (stamp: string, print: string): boolean =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === print;

export function stampAs(stamp: string, print: string): void {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}
