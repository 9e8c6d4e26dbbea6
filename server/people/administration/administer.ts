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
import { backupMake, backupMark, backupState, makeBackupHere, markBackup } from './backups.ts';
import { listDevices, release, revoke } from './devices.ts';
import { answerFile, issue } from './entrances.ts';
import type { Carried, Office } from './office.ts';
import { checkTrail, listHeld, listNotices } from './overview.ts';
import { approveRecovered, listRecovered } from './recovered.ts';
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
  'recovered.list': listRecovered,
  'recovered.approve': approveRecovered,
  'notices.list': listNotices,
  'trail.check': checkTrail,
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

/** What only makes sense beside the server. */
const beside = {
  'area.add': { ...areaAdd, handle: addArea },
  'backup.make': { ...backupMake, handle: makeBackupHere },
  'backup.mark': { ...backupMark, handle: markBackup },
} as const;
type BesideName = keyof typeof beside;

export const localAdministration = { ...beside, ...administration } as const;

export const localRequest = z.object({
  name: z.enum(Object.keys(localAdministration) as (keyof typeof localAdministration)[]),
  input: z.unknown(),
});
export type LocalRequest = AdministerRequest<keyof typeof localAdministration>;

const isBeside = (request: LocalRequest): request is AdministerRequest<BesideName> =>
  Object.hasOwn(beside, request.name);

export async function administerLocally(
  office: Office,
  request: LocalRequest,
): Promise<Result<unknown, AdministerRefusal>> {
  if (!isBeside(request)) return administer(office, request as AdministerRequest);
  const { input, handle } = beside[request.name];
  const parsed = input.safeParse(request.input);
  return parsed.success ? handle(office, parsed.data as never) : refuse('malformed');
}
