/**
 * What this computer remembers of the files that it exchanges with its district: how many went out, which came back, whose part waits,
 * and what people last asked for. A file that is lost or damaged costs a number and a walk, never an operation: all that matters stands
 * in the journal and in the store.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inOrder } from '../../shared/core/in-order.ts';
import { packageAsks } from '../../shared/protocol/package.ts';
import { jsonOf } from '../district.ts';
import { replaceFile } from '../native/atomic-file.ts';

const id = z.string().max(64);
const count = z.number().int().min(0);
const instant = z.string().max(40);

const stateSchema = z.object({
  number: count,
  /** The last one that went out. */
  exported: z.object({ id, number: count, at: instant, entries: count }).optional(),
  /** The last answer that counted: `made` by the district's clock, `at` by this computer's. */
  answered: z
    .object({ package: id, number: count, serial: count, epoch: id, made: instant, at: instant })
    .optional(),
  /** The district's chain of this computer ends before this place. */
  expects: count.optional(),
  /** The hash of its end there. */
  previous: id.optional(),
  /** Person → the answer whose part waits for them: a file of the inbox. */
  waiting: z.record(id, z.string().max(80)),
  /** Person → number of the last package before they had contact over a line. */
  overtaken: z.record(id, count),
  asks: packageAsks.shape.people,
});
export type PackageState = z.infer<typeof stateSchema>;

const NOTHING: PackageState = { number: 0, waiting: {}, overtaken: {}, asks: [] };

export interface PackageStateFile {
  readonly current: () => PackageState;
  /** Durable when it returns. */
  readonly change: (edit: (state: PackageState) => PackageState) => Promise<PackageState>;
}

/** Where these files lie in a profile. */
export const packagePlaces = async (
  profile: string,
): Promise<{ readonly folder: string; readonly state: PackageStateFile }> => ({
  folder: join(profile, 'inbox'),
  state: await openPackageState(join(profile, 'journal', 'packages.json')),
});

async function openPackageState(path: string): Promise<PackageStateFile> {
  const text = await readFile(path).catch(() => new Uint8Array());
  const turn = inOrder();
  let current = stateSchema.safeParse(jsonOf(text)).data ?? NOTHING;
  return {
    current: () => current,
    change: (edit) =>
      turn(async () => {
        const next = edit(current);
        await replaceFile(path, JSON.stringify(next));
        current = next;
        return next;
      }),
  };
}
