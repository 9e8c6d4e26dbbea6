/**
 * Whom news of a scope concerns: somebody at the device who may read it. Named readers of a confidential matter may be named by the very news,
 * so these go to everybody; a poke says nothing of what has happened.
 */
import { mayRead, type Roles } from '../../shared/core/access.ts';
import { ok, type Result } from '../../shared/core/result.ts';
import type { Scope } from '../../shared/core/scope.ts';
import type { Poke } from '../../shared/protocol/poke.ts';
import type { DistrictError } from '../district-error.ts';
import type { Person } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from './authenticate.ts';
import { callerFor } from './permit.ts';

export type Hearing = (scope: Scope) => boolean;

/** A device that listens, and from where on. */
export interface Listening {
  readonly device: string;
  readonly reached: Poke;
  readonly hears: Hearing;
}

export const mayListen = (
  { transactor, authenticate, registry }: Parts,
  asking: Asking,
): Promise<Result<Listening, DistrictError>> =>
  transactor.read(async (reading) => {
    const caller = await callerFor(reading, asking, 'device', authenticate);
    if (!caller.ok) return caller;
    const { id: device } = caller.value.device;
    const hears = hearingOf(await reading.peopleAt(device), registry.roles);
    const { seq: head, epoch } = await reading.head();
    return ok({ reached: { head, epoch }, device, hears });
  });

/** As rights stand now; undefined for a device that is shut out. */
export async function mayGoOn({ transactor, registry }: Parts, id: string): Promise<Hearing | undefined> {
  const found = await transactor.peopled(id);
  if (!found || found.device.revoked || found.device.quarantined) return undefined;
  return hearingOf(found.people, registry.roles);
}

function hearingOf(people: readonly Person[], roles: Roles): Hearing {
  const actors = people.filter(({ disabled }) => !disabled);
  return (scope) => scope.form === 'readers' || actors.some((actor) => mayRead(actor, scope, roles));
}
