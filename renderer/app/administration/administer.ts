/** What an administrator asks of the district, parsed on the way back. Never needed to work offline: each page says so when it cannot ask. */
import { type z } from 'zod';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import {
  administerResponse,
  administration,
  type AdministerRefusal,
  type AdministrationInput,
  type AdministrationName,
  type AdministrationOutput,
} from '../../../shared/protocol/administer.ts';
import { askDistrict, type AskDistrict, type DistrictTrouble } from '../district/ask-district.ts';

export type Refused =
  | { readonly kind: 'trouble'; readonly code: DistrictTrouble }
  | { readonly kind: 'refusal'; readonly code: AdministerRefusal };

export type Administer = <N extends AdministrationName>(
  name: N,
  input: AdministrationInput<N>,
) => Promise<Result<AdministrationOutput<N>, Refused>>;

export const createAdminister =
  (ask: AskDistrict): Administer =>
  async (name, input) => {
    const answer = await ask('/api/administer', { name, input }, administerResponse);
    if (!answer.ok) return refuse({ kind: 'trouble', code: answer.error });
    if (!answer.value.ok) return refuse({ kind: 'refusal', code: answer.value.error });
    const output: z.ZodType = administration[name].output;
    const parsed = output.safeParse(answer.value.value);
    if (!parsed.success) return refuse({ kind: 'trouble', code: 'not-the-district' });
    return ok(parsed.data as AdministrationOutput<typeof name>);
  };

export const administer = createAdminister(askDistrict);
