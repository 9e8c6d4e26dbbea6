/** The commands behind the attendance sheet. Pure; ids come in. */
import type { Command } from '../../../shared/core/command.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import type { RecordState } from '../../../shared/core/record.ts';

export const PARTICIPATION = 'participation';

/** A batch holds or falls together (sync.md S4). */
const BATCH = 200;

export interface Counted {
  readonly all: number;
  readonly present: number;
  readonly absent: number;
  readonly open: number;
}

/** Who withdrew from the course does not count as enrolled. */
export function counted(participations: readonly RecordState[]): Counted {
  const stages = participations.map(({ values }) => values['stage']);
  const present = stages.filter((stage) => stage === 'attended').length;
  const absent = stages.filter((stage) => stage === 'absent').length;
  const open = stages.filter((stage) => stage === 'enrolled').length;
  return { all: present + absent + open, present, absent, open };
}

export const personOf = (participation: RecordState): Reference | undefined =>
  participation.values['person'] as Reference | undefined;

interface Enrolling {
  readonly record: string;
  readonly area: string;
  readonly event: Reference;
  readonly person: Reference;
}

export const enrol = ({ record, area, event, person }: Enrolling): Command => ({
  kind: 'create',
  entity: PARTICIPATION,
  record,
  area,
  values: { event, person },
});

interface CheckIn {
  readonly hours: number | undefined;
  /** The minute on the wall, only on the day itself. */
  readonly minute?: string | undefined;
}

/** One click: present, for the hours of the event unless others were typed before. */
export function present(participation: RecordState, { hours, minute }: CheckIn): Command {
  const own = participation.values['hours'];
  return {
    kind: 'advance',
    entity: PARTICIPATION,
    record: participation.id,
    to: 'attended',
    values: {
      ...(isAbsent(own) && hours !== undefined && { hours }),
      ...(minute !== undefined && isAbsent(participation.values['checkedInAt']) && { checkedInAt: minute }),
    },
  };
}

export const absent = (participation: RecordState): Command => ({
  kind: 'advance',
  entity: PARTICIPATION,
  record: participation.id,
  to: 'absent',
});

export const hoursChanged = (participation: RecordState, hours: number): Command => ({
  kind: 'change',
  entity: PARTICIPATION,
  record: participation.id,
  values: { hours },
});

/** A slip of the mouse: attendance has no way back, so the entry is withdrawn and enrolled anew. */
export function again(participation: RecordState, record: string): readonly Command[] {
  const event = participation.values['event'] as Reference;
  const person = personOf(participation);
  if (!person) return [];
  return [
    { kind: 'withdraw', entity: PARTICIPATION, record: participation.id },
    enrol({ record, area: participation.area, event, person }),
  ];
}

/** Everybody who is still open, in batches that the desk takes at once. */
export function allPresent(
  participations: readonly RecordState[],
  checkIn: CheckIn,
): readonly (readonly Command[])[] {
  const commands = participations
    .filter(({ values }) => values['stage'] === 'enrolled')
    .map((participation) => present(participation, checkIn));
  const batches: Command[][] = [];
  for (let start = 0; start < commands.length; start += BATCH)
    batches.push(commands.slice(start, start + BATCH));
  return batches;
}
