import type { Actor } from '../../shared/core/access.ts';
import type { Scope } from '../../shared/core/scope.ts';
import type { Person, Reading } from '../ledger/transactor.ts';

/** The person as the rules of access know them. */
export interface NamedActor extends Actor {
  /** The confidential matters that name this person. */
  readonly named: readonly string[];
}

export async function actorOf(reading: Pick<Reading, 'naming'>, { id, grants }: Person): Promise<NamedActor> {
  const named = await reading.naming(id);
  const known = new Set(named);
  return { id, grants, named, isNamed: (record) => known.has(record) };
}

/** Only a confidential matter says itself whom it lets in; whether somebody may read any other scope, their rights alone tell (`mayRead`). */
export const needsNames = (scopes: readonly (Scope | undefined)[]): boolean =>
  scopes.some((scope) => scope?.form === 'readers');
