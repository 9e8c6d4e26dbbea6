/** 核对留痕: of one record, for whoever may read it; of everything, for an administrator. */
import { mayRead } from '../../shared/core/access.ts';
import { isId } from '../../shared/core/id.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { parseScope } from '../../shared/core/scope.ts';
import type { TrailResponse } from '../../shared/protocol/trail.ts';
import type { DistrictError } from '../district-error.ts';
import type { Reading } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';
import { brokenAnchors, confirmedIn } from './anchor.ts';
import { check, MOST_FAULTS } from './check.ts';

export const checkRecord = (
  { transactor, registry, authenticate, keys }: Parts,
  asking: Asking,
  record: string,
): Promise<Result<TrailResponse, DistrictError>> =>
  transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    const actor = await actorOf(reading, caller.value.person);
    const [found] = isId(record) ? await reading.records([record]) : [];
    const scopes = (found?.scopes ?? []).flatMap((name) => parseScope(name) ?? []);
    // The same answer for what is not there and for what is not for this person.
    if (!scopes.some((scope) => mayRead(actor, scope, registry.roles))) return refuse({ error: 'not-found' });
    const operations = await reading.history(record);
    return ok({
      ...(await check(reading, operations, keys)),
      ...(await anchoredFor(reading, operations.at(-1)?.seq ?? 0)),
    });
  });

/** Every operation of the ledger and every daily head. */
export const checkAll = ({ transactor, keys }: Pick<Parts, 'transactor' | 'keys'>): Promise<TrailResponse> =>
  transactor.read(async (reading) => {
    const { seq: head } = await reading.head();
    const faults: TrailResponse['faults'] = (await brokenAnchors(reading, keys)).map((at) => ({
      what: 'anchor',
      at,
    }));
    let [operations, own] = [0, 0];
    for await (const page of confirmedIn(reading, 0, head)) {
      const checked = await check(reading, page, keys);
      operations += checked.operations;
      own += checked.own;
      faults.push(...checked.faults);
    }
    return { operations, own, faults: faults.slice(0, MOST_FAULTS), ...(await anchoredFor(reading, 0)) };
  });

/** The newest signed head that covers what was looked at up to this sequence. */
async function anchoredFor(reading: Reading, seq: number): Promise<Pick<TrailResponse, 'anchored'>> {
  const last = (await reading.anchors()).at(-1);
  return last && last.seq >= seq ? { anchored: { day: last.day, seq: last.seq } } : {};
}
