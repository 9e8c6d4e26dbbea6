/**
 * The records of every benchmark: residents and mediations as the modules invent them, in one committee, the same for the same count.
 * States as a district sends them, which the engine takes as they are; they are 850 to 950 bytes of JSON on average.
 */
import { addDays } from '../shared/core/calendar/day.ts';
import type { Values } from '../shared/core/field/base.ts';
import type { Reference } from '../shared/core/field/reference.ts';
import { homeScopeOf, type AnyEntity } from '../shared/core/entity.ts';
import { newId } from '../shared/core/id.ts';
import type { RecordState, Writer } from '../shared/core/record.ts';
import type { SampleGiven } from '../shared/core/sample.ts';
import { scopeName } from '../shared/core/scope.ts';
import { registry } from '../shared/modules/index.ts';
import { seededSource, type SeededSource } from '../shared/testing/random.ts';
import { town } from '../shared/testing/town.ts';

export const TODAY = '2026-11-23';
export const CASE = 'mediation';
const RESIDENT = 'resident';

const { jiangnan } = town.areas;
const { zhouMin, chenGuodong } = town.people;
/** Whom the parties of a case are picked from. */
const KNOWN = 400;
const STAGES = ['registered', 'accepted', 'accepted', 'investigating', 'mediating', 'mediating', 'rejected'];

/** The one in whose name the desk is opened. */
export const author = { id: zhouMin.id, name: zhouMin.name, grants: zhouMin.grants } as const;
export const AREA = jiangnan.code;

export function residentStates(count: number): Iterable<RecordState> {
  const entity = entityOf(RESIDENT);
  return statesOf(entity, count, (source, index) => entity.sample(given(source, index, [])).values);
}

export function* caseStates(count: number): Iterable<RecordState> {
  const parties = [...residentStates(KNOWN)].map(({ id, values }): Reference => ({
    id,
    title: String(values['name']),
  }));
  const entity = entityOf(CASE);
  yield* statesOf(entity, count, (source, index) => caseValues(entity, given(source, index, parties)));
}

/** With the sequences 1, 2, 3…, one a minute until today. */
function* statesOf(
  entity: AnyEntity,
  count: number,
  valuesOf: (source: SeededSource, index: number) => Values,
): Generator<RecordState> {
  const source = seededSource(310_104);
  const { name, version } = entity;
  const begin = Date.parse(`${TODAY}T01:00:00Z`) - count * 60_000;
  for (let index = 0; index < count; index++) {
    const at = begin + index * 60_000;
    const id = newId(name, at, source.bytes);
    const values = valuesOf(source, index);
    const seq = index + 1;
    const created: Writer = {
      by: source.pick([zhouMin, chenGuodong]).id,
      at: new Date(at).toISOString(),
      seq,
      operation: newId('operation', at, source.bytes),
    };
    const home = homeScopeOf(entity, { record: id, area: AREA, values });
    if (!home) throw new Error(`${name} has no home`);
    yield {
      ...{ id, entity: name, version, area: AREA, scope: scopeName(home) },
      ...{ seq, values, created, writers: {} },
    };
  }
}

/** Registered and, for most, some way along: with its number, its mediator and the day on which it was accepted. */
function caseValues(entity: AnyEntity, asked: SampleGiven): Values {
  const { source, index } = asked;
  const { requests: _, ...values } = entity.sample(asked).values;
  const stage = source.pick(STAGES);
  const number = { temporary: `临-A1-${index + 1}`, official: `（2026）江南新村人调字第${index + 1}号` };
  if (stage === 'registered') return { number, stage, ...values };
  if (stage === 'rejected') return { number, stage, ...values, rejectReason: 'taken' };
  const acceptedOn = addDays(TODAY, -source.whole(1200));
  return {
    number,
    stage,
    ...values,
    // A court's papers came on that day at the latest.
    ...(values['receivedOn'] !== undefined && { receivedOn: acceptedOn }),
    partiesConsented: true,
    rightsInformedAt: `${acceptedOn}T09:15`,
    mediators: [{ id: chenGuodong.id, title: chenGuodong.name }],
    mediatorsSelectedBy: 'appointed',
    acceptedOn,
  };
}

function entityOf(name: string): AnyEntity {
  const entity = registry.entities.get(name);
  if (!entity) throw new Error(`there is no ${name}`);
  return entity;
}

/** Few are enough to find two whom the story fits. */
const OFFERED = 6;

function given(source: SeededSource, index: number, parties: readonly Reference[]): SampleGiven {
  let offered = 0;
  return {
    source,
    index,
    area: { code: jiangnan.code, name: jiangnan.name },
    today: TODAY,
    reference: () => (parties.length > 0 && offered++ < OFFERED ? source.pick(parties) : undefined),
    author: { id: zhouMin.id, title: zhouMin.name },
  };
}
