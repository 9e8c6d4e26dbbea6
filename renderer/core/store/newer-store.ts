/**
 * A store that a newer app has written holds more than this one understands, so it is only read (sync.md S11): what opens and parses is
 * shown, the rest lies as it lies, and whatever would be written is let fall here, whoever asks for it.
 */
import type { Base } from './base.ts';
import type { Row } from './database.ts';
import { recordSchema } from '../../../shared/core/record.ts';
import { jsonIn } from './json-in.ts';
import { FORMAT } from './store.ts';
import type { Tallied } from './tally.ts';

export interface Guarded extends Tallied {
  /** Whether a newer app has written here; asked of the disk once. */
  readonly isNewer: () => Promise<boolean>;
}

export function guarded(database: Tallied): Guarded {
  let asked: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => isOfNewer(await database.get('meta', 'format'));
  const isNewer = (): Promise<boolean> =>
    (asked ??= ask().catch((failure: unknown) => {
      asked = undefined;
      throw failure;
    }));
  return {
    ...database,
    isNewer,
    write: async (writings) => {
      if (!(await isNewer())) await database.write(writings);
    },
  };
}

/** Whatever is no number that this app knows. */
const isOfNewer = (format: Row | undefined): boolean => format !== undefined && !(format.version <= FORMAT);

/** Elsewhere a row's seal vouches for its shape; a newer app may have given it another one. */
export const isUnderstood = ({ id, text }: Base): boolean => {
  const parsed = recordSchema.safeParse(jsonIn(text));
  return parsed.success && parsed.data.id === id;
};
