/**
 * Whom news of a scope concerns: somebody at the device who may read it. Named readers of a confidential matter may be named by the very news,
 * so these go to everybody; a poke says nothing of what has happened.
 */
import { mayRead, type Roles } from '../../shared/core/access.ts';
import type { Scope } from '../../shared/core/scope.ts';
import type { Reading } from '../ledger/transactor.ts';

export type Hearing = (scope: Scope) => boolean;

/** As rights stand now. */
export async function hearingAt(
  reading: Pick<Reading, 'members' | 'persons'>,
  device: string,
  roles: Roles,
): Promise<Hearing> {
  const members = await reading.members(device);
  const people = await reading.persons(members.map(({ person }) => person));
  const actors = people.filter(({ disabled }) => !disabled);
  return (scope) => scope.form === 'readers' || actors.some((actor) => mayRead(actor, scope, roles));
}
