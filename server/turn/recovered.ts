/**
 * POST /api/recovered: what a desk still has of a former life of the district (sync.md S8). Of whoever could read it there, or is named in
 * it; kept only where the ledger lacks something of it. Nothing takes effect before an administrator approves.
 */
import { mayReadRecord, type Actor } from '../../shared/core/access.ts';
import { homeScopeOf, readersIn } from '../../shared/core/entity.ts';
import { isId } from '../../shared/core/id.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { scopeName } from '../../shared/core/scope.ts';
import type { RecoveredRequest, RecoveredResponse } from '../../shared/protocol/recovered.ts';
import type { DistrictError } from '../district-error.ts';
import { lacking } from '../judge/bring-back.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';

export async function takeRecovered(
  { transactor, registry, authenticate, instant }: Parts,
  asking: Asking,
  { epoch, states }: RecoveredRequest,
): Promise<Result<RecoveredResponse, DistrictError>> {
  const found = await transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    const head = await reading.head();
    if (head.epoch !== epoch) return refuse({ error: 'wrong-epoch' as const });
    const actor = whoIsNamedIn(states, await actorOf(reading, caller.value.person), registry);
    const theirs = states.filter(
      // Whatever its sequence: a life between two restorations may be in no backup at all.
      ({ epoch: former, state }) => former !== epoch && isTheirs(state, actor, registry),
    );
    const ids = new Set(
      (
        await lacking(
          reading,
          theirs.map(({ state }) => state),
        )
      ).map(({ id }) => id),
    );
    const lost = theirs.filter(({ state }) => ids.has(state.id));
    return ok({ lost, device: caller.value.device.id, person: caller.value.person.id });
  });
  if (!found.ok) return found;
  const { lost, ...whose } = found.value;
  if (lost.length > 0) {
    await transactor.transact(async (writing) => {
      await writing.lockHead();
      const newest = new Map(
        [...lost]
          .sort((one, other) => one.state.seq - other.state.seq)
          .map((one) => [`${one.state.id}/${one.epoch}`, one] as const),
      );
      await writing.keepRecovered(
        [...newest.values()].map(({ epoch: former, state }) => ({
          ...whose,
          record: state.id,
          epoch: former,
          seq: state.seq,
          entity: state.entity,
          area: state.area,
          text: JSON.stringify(state),
          at: instant(),
          approvedBy: null,
          approvedAt: null,
        })),
      );
    });
  }
  return ok({ lacking: [...new Set(lost.map(({ state }) => state.id))] });
}

/** The district has forgotten a matter together with the names in it: then the matter itself says whom it names. */
function whoIsNamedIn(states: RecoveredRequest['states'], actor: Actor, { entities }: Registry): Actor {
  const naming = new Set(
    states.flatMap(({ state }) => {
      const entity = entities.get(state.entity);
      const isNamed =
        entity && 'readers' in entity.scope && readersIn(entity, state.values).includes(actor.id);
      return isNamed ? [state.id] : [];
    }),
  );
  return { ...actor, isNamed: (record) => naming.has(record) || (actor.isNamed?.(record) ?? false) };
}

/** Readable to them, and at home where a record of its kind with these values is. */
function isTheirs(state: RecordState, actor: Actor, { entities, roles }: Registry): boolean {
  const entity = entities.get(state.entity);
  if (!entity || !isId(state.id, state.entity)) return false;
  const home = homeScopeOf(entity, { record: state.id, area: state.area, values: state.values });
  return home !== undefined && scopeName(home) === state.scope && mayReadRecord(actor, state, roles);
}
