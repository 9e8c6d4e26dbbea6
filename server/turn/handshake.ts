/** POST /api/handshake: a turn begins by learning epoch, head and the scopes that count now. */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { togetherForReview } from '../../shared/core/review.ts';
import { scopeName } from '../../shared/core/scope.ts';
import type { HandshakeResponse } from '../../shared/protocol/messages.ts';
import type { DistrictError } from '../district-error.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';
import { readableScopes } from '../people/scopes.ts';
import { forReview } from './for-review.ts';

/** Beyond this a desk only needs to know that there is much. */
const MOST_COUNTED = 200;

export const handshake = (
  { transactor, registry, authenticate, speaks, instant }: Parts,
  asking: Asking,
  { protocol }: { readonly protocol: number },
): Promise<Result<HandshakeResponse, DistrictError>> =>
  transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    if (!speaks(protocol)) return refuse({ error: 'unsupported-protocol' });
    const { person } = caller.value;
    const { district, epoch, restoredHead, seq, durable } = await reading.head();
    const actor = await actorOf(reading, person);
    const confidential = actor.named.map((record) => scopeName({ form: 'readers', record }));
    const { waiting } = await forReview(reading, { registry, actor, limit: MOST_COUNTED });
    const existing = [...(await reading.scopes()), ...confidential];
    return ok({
      // The number that both speak.
      protocol,
      district,
      epoch,
      restoredHead,
      head: seq,
      durable,
      serverTime: instant(),
      scopes: [...readableScopes(actor, registry.roles, existing)],
      review: togetherForReview(waiting, ({ why }) => why !== undefined).length,
      person: {
        id: person.id,
        name: person.name,
        grants: person.grants.map(({ role, area }) => ({ role, area })),
        hasPassword: person.password !== null,
      },
    });
  });
