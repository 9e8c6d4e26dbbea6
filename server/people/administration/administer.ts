/**
 * Every command of the administrator, once: `shared/protocol/administer.ts` declares them, the app's pages send them as a person whose
 * role administers, and the command line sends them from beside the server, together with the few that only make sense there.
 */
import { z } from 'zod';
import { refuse, type Result } from '../../../shared/core/result.ts';
import {
  administration,
  type AdministerRefusal,
  type AdministrationInput,
  type AdministrationName,
  type AdministrationOutput,
} from '../../../shared/protocol/administer.ts';
import { addArea, areaAdd } from './areas.ts';
import { listDevices, release, revoke } from './devices.ts';
import { answerFile, issue } from './entrances.ts';
import type { Carried, Office } from './office.ts';
import { backupState, listHeld, listNotices } from './overview.ts';
import {
  changeGrants,
  clearPassword,
  disablePerson,
  enablePerson,
  listPeople,
  makePerson,
} from './people.ts';

type Handlers = {
  readonly [N in AdministrationName]: (
    office: Office,
    input: AdministrationInput<N>,
  ) => Carried<AdministrationOutput<N>>;
};

const handlers: Handlers = {
  'people.list': listPeople,
  'person.add': makePerson,
  'person.grants': changeGrants,
  'person.disable': (office, { person }) => disablePerson(office, person),
  'person.enable': (office, { person }) => enablePerson(office, person),
  'person.clearPassword': (office, { person }) => clearPassword(office, person),
  'code.issue': issue,
  'enrolment.answer': answerFile,
  'devices.list': listDevices,
  'device.revoke': (office, { device }) => revoke(office, device),
  'device.release': (office, { device }) => release(office, device),
  'held.list': listHeld,
  'notices.list': listNotices,
  'backup.state': backupState,
};

/** A command as it travels. */
export interface AdministerRequest<N extends string = AdministrationName> {
  readonly name: N;
  readonly input?: unknown;
}

export async function administer(
  office: Office,
  { name, input }: AdministerRequest,
): Promise<Result<unknown, AdministerRefusal>> {
  const parsed = administration[name].input.safeParse(input);
  // Handler and schema stand under the same name; the compiler cannot follow that through the index.
  return parsed.success ? handlers[name](office, parsed.data as never) : refuse('malformed');
}

/** What only makes sense beside the server stands first. */
export const localAdministration = { 'area.add': areaAdd, ...administration } as const;

export const localRequest = z.object({
  name: z.enum(Object.keys(localAdministration) as (keyof typeof localAdministration)[]),
  input: z.unknown(),
});
export type LocalRequest = AdministerRequest<keyof typeof localAdministration>;

export async function administerLocally(
  office: Office,
  { name, input }: LocalRequest,
): Promise<Result<unknown, AdministerRefusal>> {
  if (name !== 'area.add') return administer(office, { name, input });
  const parsed = areaAdd.input.safeParse(input);
  return parsed.success ? addArea(office, parsed.data) : refuse('malformed');
}
