/**
 * Who asks by a file. The signatures of the file stand in the place of token and proof; device, person and rights are looked up as
 * for every request, by the very code that answers one.
 */
import { ok, refuse } from '../../shared/core/result.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from '../people/authenticate.ts';

export interface ByFile {
  readonly device: string;
  readonly person: string | undefined;
}

export const deviceAlone = (device: string): ByFile => ({ device, person: undefined });

/** There is no request: nothing of it is looked at. */
export const ASKING: Asking = { method: 'POST', path: '', bodyHash: '' };

/** @param who whose signature was found right */
export const partsFor = (parts: Parts, { device: id, person: who }: ByFile): Parts => ({
  ...parts,
  authenticate: async (reading) => {
    const found = await reading.caller(id, who);
    if (!found) return refuse({ error: 'unauthorised' });
    const { device, person, isMember } = found;
    if (who === undefined) return ok({ device, person: undefined });
    return person && isMember ? ok({ device, person }) : refuse({ error: 'unauthorised' });
  },
});
