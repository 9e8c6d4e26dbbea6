/** One invented mediation, told up to the point that its index picks: every stage of the flow turns up among any twenty. */
import { addDays, addMonths } from '../../../core/calendar/day.ts';
import type { Reference } from '../../../core/field/reference.ts';
import type { Sample, SampleGiven, SampleStep, SampleStory } from '../../../core/sample.ts';
import type { Dispute, Fit } from './disputes.ts';
import { disputesAtHome } from './disputes-at-home.ts';
import { disputesOfFamilies } from './disputes-of-families.ts';
import { endings, howFar, type Ending } from './endings.ts';

const DISPUTES = [...disputesAtHome, ...disputesOfFamilies];
const NOBODY: readonly Reference[] = ['王伟', '张秀英'].map((title, index) => ({
  id: `resident_${String(index).padStart(26, '0')}`,
  title,
}));

export const sampleMediation: Sample = (given): SampleStory => {
  const { source, index } = given;
  const dispute = DISPUTES[(index * 5) % DISPUTES.length] ?? disputesAtHome[0]!;
  const ending = endings[index % endings.length] ?? 'followed_up';
  const registeredOn = registeredDay(ending, given);
  const parties = partiesOf(given, dispute);
  const names = [...parties.map(({ title }) => title), dispute.organisation?.['name'] ?? ''];
  const tell = (text: string): string =>
    text.replaceAll('{甲}', names[0] ?? '').replaceAll('{乙}', names[1] ?? '');
  const fromCourt = index % 11 === 7;
  const origin = fromCourt
    ? {
        source: 'court',
        referredBy: '徐汇区人民法院',
        courtProcedure: source.pick(['assigned', 'entrusted', 'entrustedSummary']),
        receivedOn: registeredOn,
      }
    : { source: source.pick(['application', 'application', 'application', 'proactive', 'police']) };
  return {
    values: {
      ...origin,
      disputeType: dispute.type,
      difficulty: dispute.difficulty,
      subject: tell(dispute.subject),
      requests: tell(dispute.requests),
      parties,
      ...(dispute.organisation && { organisations: [dispute.organisation] }),
      ...(ending === 'registered' && source.chance(0.3) && { escalation: 'low' }),
    },
    steps: stepsOf({ given, dispute, ending, registeredOn, tell }),
  };
};

/** In how many days the month of an open matter is over: some today, some are late, some have time. */
const LEFT = [0, 2, -4, 9, 5, 14, 1, 20];

function registeredDay(ending: Ending, { source, index, today }: SampleGiven): string {
  if (ending === 'registered' || ending === 'rejected') return addDays(today, -1 - source.whole(4));
  if (ending === 'accepted' || ending === 'investigating' || ending === 'mediating') {
    const due = addDays(today, LEFT[index % LEFT.length] ?? 0);
    return addDays(addMonths(due, -1), -1);
  }
  const isSettled = howFar(ending) >= howFar('followed_up');
  return addDays(today, isSettled ? -70 - source.whole(110) : -14 - source.whole(16));
}

/** Two whom the story can be told of; where the neighbourhood has none such, whoever is there. */
function partiesOf(
  { reference, today }: SampleGiven,
  { fits = [{}], organisation }: Dispute,
): readonly Reference[] {
  const known = new Map<string, Reference>();
  for (let tries = 0; tries < 120; tries++) {
    const party = reference('resident');
    if (party) known.set(party.id, party);
  }
  const parties: Reference[] = [];
  for (const fit of organisation ? [fits[0]] : [fits[0], fits[1] ?? {}]) {
    const others = [...known.values(), ...NOBODY].filter((one) => !parties.includes(one));
    const found = others.find((one) => doesFit(one, fit, today)) ?? others[0];
    if (found) parties.push(found);
  }
  return parties;
}

function doesFit({ kept = {} }: Reference, { from = 22, to = 95, sex }: Fit, today: string): boolean {
  const birthday = kept['birthday'];
  if (typeof birthday !== 'string' || (sex !== undefined && kept['sex'] !== sex)) return false;
  return addMonths(birthday, from * 12) <= today && addMonths(birthday, (to + 1) * 12) > today;
}

const NEIGHBOUR_ASKED = {
  asked: '楼组长',
  content:
    '问：两家平时关系怎么样？\n答：{甲}和{乙}以前还互相收快递，这件事以后见面不说话了，邻居都希望谈开。',
};

interface Telling {
  readonly given: SampleGiven;
  readonly dispute: Dispute;
  readonly ending: Ending;
  readonly registeredOn: string;
  readonly tell: (text: string) => string;
}

function stepsOf({ given, dispute, ending, registeredOn, tell }: Telling): readonly SampleStep[] {
  const { source, today, author } = given;
  const day = (count: number): string => {
    const wanted = addDays(registeredOn, count);
    // Nothing of a sample lies in the hours of today that are still to come.
    return wanted < today ? wanted : addDays(today, -1);
  };
  const far = howFar(ending);
  if (ending === 'rejected') {
    return [{ advance: 'rejected', values: { rejectReason: source.pick(['taken', 'outside', 'refused']) } }];
  }
  if (far < howFar('accepted')) return [];
  const steps: SampleStep[] = [
    {
      advance: 'accepted',
      values: {
        partiesConsented: true,
        rightsInformedAt: `${day(1)}T09:${source.pick(['00', '15', '30'])}`,
        mediators: [author],
        acceptedOn: day(1),
        mediatorsSelectedBy: source.pick(['appointed', 'appointed', 'parties']),
      },
    },
  ];
  if ((dispute.investigation || ending === 'investigating') && far >= howFar('investigating')) {
    const { asked, content } = dispute.investigation ?? NEIGHBOUR_ASKED;
    steps.push(
      { advance: 'investigating' },
      {
        append: {
          investigations: { heldAt: `${day(3)}T10:00`, place: '当事人家中', asked, content: tell(content) },
        },
      },
    );
  }
  if (far < howFar('mediating')) return steps;
  const session = (count: number, values: Readonly<Record<string, unknown>>): SampleStep => ({
    append: {
      sessions: { heldAt: `${day(count)}T14:00`, place: '居委会调解室', rightsInformed: true, ...values },
    },
  });
  const first = session(5, {
    participants: source.pick(['楼组长', '物业工作人员', '社区民警']),
    participantsConsented: true,
    statements: tell(dispute.firstStatements),
    verification: tell(dispute.verification),
    result: 'continue',
    outcome: '双方同意回去商量，约定下次再谈。',
  });
  steps.push({ advance: 'mediating', values: { openness: 'closed' } });
  if (ending === 'mediating' && given.index % 3 === 0) return steps;
  steps.push(first);
  if (ending === 'mediating') return steps;
  return [...steps, ...afterSessions({ given, dispute, ending, tell, day, session })];
}

interface Closing extends Omit<Telling, 'registeredOn'> {
  readonly day: (count: number) => string;
  readonly session: (count: number, values: Readonly<Record<string, unknown>>) => SampleStep;
}

function afterSessions({ given, dispute, ending, tell, day, session }: Closing): readonly SampleStep[] {
  const { source, index, author } = given;
  if (ending === 'failed' || ending === 'withdrawn' || ending === 'refused') {
    return [
      session(12, {
        statements: tell(dispute.lastStatements),
        result: 'failed',
        outcome: `${tell(dispute.failure)}已告知可以申请仲裁、请行政机关处理或者向法院起诉。`,
      }),
      { advance: ending, values: { endReason: tell(dispute.failure), remediesInformedOn: day(12) } },
    ];
  }
  const isOral = index % 4 === 1;
  const agreedOn = day(12);
  const terms = dispute.terms.map(({ what, yuan, inDays }) => ({
    what,
    ...(yuan !== undefined && { amount: yuan * 100 }),
    dueOn: addDays(agreedOn, inDays),
  }));
  const sums = dispute.terms.flatMap(({ yuan }) => yuan ?? []);
  const steps: SampleStep[] = [
    session(12, {
      statements: tell(dispute.lastStatements),
      result: 'agreed',
      outcome: tell(dispute.content),
    }),
    {
      advance: isOral ? 'agreed_oral' : 'agreed_written',
      values: {
        agreementForm: isOral ? 'oral' : 'written',
        agreedOn,
        facts: tell(dispute.facts),
        content: tell(dispute.content),
        performanceMethod: tell(dispute.method),
        terms,
        ...(sums.length > 0 && { amount: sums.reduce((sum, yuan) => sum + yuan, 0) * 100 }),
        ...(!isOral && {
          copies: 3,
          partiesSignedOn: agreedOn,
          mediatorSignedOn: agreedOn,
          sealedOn: day(13),
          effectiveOn: day(13),
        }),
      },
    },
  ];
  const far = howFar(ending);
  if (far < howFar('performing')) return steps;
  steps.push({ advance: 'performing', values: { confirmation: source.pick(['undecided', 'notWanted']) } });
  if (far < howFar('followed_up')) return steps;
  const visitedOn = day(12 + Math.max(...dispute.terms.map(({ inDays }) => inDays)) + 5);
  steps.push(
    {
      change: {
        terms: terms.map((term) => ({ ...term, doneOn: term.dueOn < visitedOn ? term.dueOn : visitedOn })),
      },
    },
    {
      append: {
        followUps: {
          visitedOn,
          reason: '了解协议履行情况',
          people: '双方当事人',
          situation: '上门和双方都谈了，约定的事都已做到，见面也打招呼了。',
          satisfied: true,
          escalating: false,
        },
      },
    },
    { advance: 'followed_up', values: { performance: 'done', performanceProof: '收条一张、照片两张' } },
  );
  if (ending !== 'archived') return steps;
  return [
    ...steps,
    {
      advance: 'archived',
      values: {
        identitiesCheckedOn: agreedOn,
        identitiesCheckedBy: author,
        filedOn: visitedOn,
        filedBy: author,
        retention: 'long',
        dossierNote: '本卷材料齐全，手续完备，协议已履行完毕，双方无异议。',
        pages: 12 + source.whole(20),
      },
    },
    ...(source.chance(0.3)
      ? [{ append: { notes: { text: '归档后当事人送来锦旗一面，照片存居委会。' } } } as const]
      : []),
  ];
}
