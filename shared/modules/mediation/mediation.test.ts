import { describe, expect, test } from 'vitest';
import { duesOf } from '../../core/deadline.ts';
import type { Values } from '../../core/field/base.ts';
import type { RecordState } from '../../core/record.ts';
import { leak } from '../../testing/leak.ts';
import { openOffice, type Asked, type Office } from '../../testing/office.ts';
import { areas, people } from '../../testing/town.ts';
import { effectiveDay } from './agreement.ts';
import { mediation } from './mediation.ts';

const TODAY = '2026-11-23';
const { zhouMin, fanXiaoyan } = people;
const home = areas.jiangnan.code;
const refused = (problem: object, rule: string) => ({
  ok: false,
  error: { code: 'rule', rule, problems: [problem] },
});

interface Case {
  readonly office: Office;
  readonly ask: (asked: Step) => ReturnType<Office['ask']>;
  readonly done: (asked: Step) => RecordState;
}
type Step = { change: Values } | { append: Record<string, Values> } | { advance: string; values?: Values };

/** A registered case, brought forward by these steps. */
function open(steps: readonly Step[] = [], registration: Values = leak.registration): Case {
  const office = openOffice(TODAY);
  const { id } = office.done(zhouMin, 'mediation', { create: registration, area: home });
  const asked = (step: Step): Asked => ('append' in step ? { ...step, to: id } : { ...step, of: id });
  const made: Case = {
    office,
    ask: (step) => office.ask(zhouMin, 'mediation', asked(step)),
    done: (step) => office.done(zhouMin, 'mediation', asked(step)),
  };
  steps.forEach(made.done);
  return made;
}

const accept: Step = { advance: 'accepted', values: leak.acceptance };
const hear: Step = { append: { sessions: leak.firstSession } };
const agree: Step = { advance: 'agreed_written', values: leak.agreement };
const mediating: readonly Step[] = [accept, { advance: 'mediating' }];
const performing: readonly Step[] = [...mediating, hear, agree, { advance: 'performing' }];
const followedUp: readonly Step[] = [
  ...performing,
  { append: { followUps: leak.followUp } },
  { advance: 'followed_up', values: { performance: 'done' } },
];

describe('registering', () => {
  const register = (values: Values) =>
    openOffice(TODAY).ask(zhouMin, 'mediation', {
      create: { ...leak.registration, ...values },
      area: home,
    });

  test('a case is registered with a temporary number, in the casework of its committee', () => {
    expect(register({})).toMatchObject({
      value: {
        scope: '310104007001/casework',
        values: { stage: 'registered', number: { temporary: '临-A1-1' } },
      },
    });
  });

  test('it has two sides: residents, or one and an organisation', () => {
    const [wangWei] = leak.registration.parties;
    const tooFew = { code: 'tooFew', field: 'parties', details: { min: 2 } };
    expect(register({ parties: [wangWei] })).toEqual(refused(tooFew, 'mediation.parties'));
    expect(register({ parties: [wangWei], organisations: [{ name: '邻安物业管理有限公司' }] }).ok).toBe(true);
  });

  test('what a court sent says how and when, because its clock runs from there', () => {
    expect(register({ source: 'court' })).toEqual(
      refused({ code: 'required', field: 'courtProcedure' }, 'mediation.court'),
    );
    expect(register({ source: 'court', courtProcedure: 'entrusted' })).toEqual(
      refused({ code: 'required', field: 'receivedOn' }, 'mediation.court'),
    );
  });

  test('a social worker registers, the mediator goes on', () => {
    const office = openOffice(TODAY);
    const { rihui } = areas;
    const { id } = office.done(fanXiaoyan, 'mediation', { create: leak.registration, area: rihui.code });
    expect(
      office.ask(fanXiaoyan, 'mediation', { advance: 'accepted', of: id, values: leak.acceptance }),
    ).toEqual({
      ok: false,
      error: { code: 'access' },
    });
    expect(
      office.ask(people.liXiulan, 'mediation', { advance: 'accepted', of: id, values: leak.acceptance }).ok,
    ).toBe(true);
  });
});

describe('step by step', () => {
  const notYet = (step: string, what: string) =>
    refused({ code: 'notYet', field: '', details: { what } }, `stage.${step}`);

  test('accepting needs rights told, a mediator, the day and everybody’s consent', () => {
    const { ask } = open();
    expect(ask({ advance: 'accepted' })).toEqual({
      ok: false,
      error: {
        code: 'schema',
        problems: ['partiesConsented', 'rightsInformedAt', 'mediators', 'acceptedOn'].map((field) => ({
          code: 'required',
          field,
        })),
      },
    });
    expect(ask({ advance: 'accepted', values: { ...leak.acceptance, partiesConsented: false } })).toEqual(
      notYet('accepted', '要各方当事人都同意调解'),
    );
  });

  test('no agreement without a session, and in the form that it has', () => {
    const { ask, done } = open(mediating);
    expect(ask(agree)).toEqual(notYet('agreed_written', '还没有调解记录，请先记一次'));
    done(hear);
    expect(ask({ advance: 'agreed_oral', values: leak.agreement })).toEqual(
      notYet('agreed_oral', '协议形式请选“口头协议”'),
    );
    expect(done(agree).values['stage']).toBe('agreed_written');
  });

  test('a written agreement needs every signature and the seal', () => {
    const { ask } = open([...mediating, hear]);
    const { sealedOn: _, ...unsealed } = leak.agreement;
    expect(ask({ advance: 'agreed_written', values: unsealed })).toEqual({
      ok: false,
      error: { code: 'schema', problems: [{ code: 'required', field: 'sealedOn' }] },
    });
  });

  test.each(['failed', 'withdrawn', 'refused'])(
    '%s needs the reason, and the other remedies told',
    (advance) => {
      const { ask } = open([...mediating, hear]);
      expect(ask({ advance, values: { endReason: '差距太大' } })).toMatchObject({
        error: { problems: [{ code: 'required', field: 'remediesInformedOn' }] },
      });
      expect(ask({ advance, values: { endReason: '差距太大', remediesInformedOn: TODAY } }).ok).toBe(true);
    },
  );

  test('followed up after a visit, archived when nothing required is missing', () => {
    const { ask, done } = open(performing);
    expect(ask({ advance: 'followed_up', values: { performance: 'done' } })).toEqual(
      notYet('followed_up', '还没有回访记录，请先记一次'),
    );
    done({ append: { followUps: leak.followUp } });
    done({ advance: 'followed_up', values: { performance: 'done' } });
    expect(done({ advance: 'archived', values: leak.filing }).values['stage']).toBe('archived');
  });

  test('a case fails only after a session; it is archived without agreement and follow-up', () => {
    const failed: Step = { advance: 'failed', values: { endReason: '差距太大', remediesInformedOn: TODAY } };
    expect(open(mediating).ask(failed)).toEqual(notYet('failed', '还没有调解记录，请先记一次'));
    expect(open([...mediating, hear, failed]).ask({ advance: 'archived', values: leak.filing }).ok).toBe(
      true,
    );
  });

  test('archived is read-only: a note may follow, nothing else', () => {
    const { ask } = open([...followedUp, { advance: 'archived', values: leak.filing }]);
    expect(ask({ change: { content: '改一改' } })).toEqual(
      refused({ code: 'archived', field: '' }, 'archived'),
    );
    expect(ask({ append: { sessions: leak.lastSession } })).toEqual(
      refused({ code: 'archived', field: 'sessions' }, 'mediation.closed'),
    );
    expect(ask({ append: { notes: { text: '当事人送来锦旗。' } } }).ok).toBe(true);
  });

  test('days are in order, and the day of effect is the last of the signatures', () => {
    const { ask } = open(performing);
    expect(ask({ change: { sealedOn: '2026-11-11' } })).toEqual(
      refused({ code: 'dateOrder', field: 'sealedOn' }, 'mediation.dates'),
    );
    expect(ask({ change: { effectiveOn: '2026-11-12' } })).toEqual(
      refused({ code: 'dateOrder', field: 'effectiveOn' }, 'mediation.effect'),
    );
    expect(
      mediation.derive?.({ ...leak.registration, ...leak.agreement, copies: undefined as never }),
    ).toEqual({
      effectiveOn: '2026-11-13',
      copies: 3,
    });
  });
});

describe('what the law asks on the way', () => {
  const { participantsConsented: _, ...unasked } = leak.firstSession;
  const notYet = (rule: string, field: string, what: string) =>
    refused({ code: 'notYet', field, details: { what } }, rule);

  test('whoever joins a session does so with the parties’ consent (调解法20)', () => {
    const { ask, done } = open(mediating);
    const consent = 'sessions.0.values.participantsConsented';
    expect(ask({ append: { sessions: unasked } })).toEqual(
      refused({ code: 'required', field: consent }, 'mediation.participants'),
    );
    expect(ask({ append: { sessions: { ...unasked, participantsConsented: false } } })).toEqual(
      notYet('mediation.participants', consent, '当事人同意，他们才能参加'),
    );
    done(hear);
    expect(ask({ append: { sessions: leak.lastSession } }).ok).toBe(true);
  });

  test('a party who takes consent back stops it; the way to 一方拒绝 stays open (17)', () => {
    const { ask } = open([...mediating, hear, { change: { partiesConsented: false } }]);
    expect(ask(agree)).toEqual(notYet('stage.agreed_written', '', '要各方当事人都同意调解'));
    expect(
      ask({ advance: 'refused', values: { endReason: '王伟不愿再谈', remediesInformedOn: TODAY } }).ok,
    ).toBe(true);
  });

  test('a high risk is reported before mediation goes on, and before the archive (25)', () => {
    const { ask, done } = open([accept, { change: { escalation: 'high' } }]);
    const first = '激化风险是“高”，请先报警，并记一条上报记录';
    expect(ask({ advance: 'mediating' })).toEqual(notYet('stage.mediating', '', first));
    done({
      append: {
        reports: { reportedAt: '2026-11-02T10:00', way: 'phone', unit: '110', content: '楼道里推搡' },
      },
    });
    expect(ask({ advance: 'mediating' }).ok).toBe(true);

    const late = open([...followedUp, { change: { escalation: 'high' } }]);
    expect(late.ask({ advance: 'archived', values: leak.filing })).toEqual(
      notYet('stage.archived', '', first),
    );
  });

  test('a copy for each party and one to keep (29)', () => {
    const { ask } = open([...mediating, hear]);
    expect(ask({ ...agree, values: { ...leak.agreement, copies: 2 } })).toEqual(
      refused({ code: 'tooSmall', field: 'copies', details: { min: 3 } }, 'mediation.copies'),
    );
  });

  test('nobody signs what is not agreed yet', () => {
    const { ask } = open([...mediating, hear]);
    expect(ask({ ...agree, values: { ...leak.agreement, mediatorSignedOn: '2026-11-11' } })).toEqual(
      refused({ code: 'dateOrder', field: 'mediatorSignedOn' }, 'mediation.dates'),
    );
  });

  test('the court hears what it takes, from the day that both asked (33; 民诉法解释355)', () => {
    const { ask } = open(performing);
    const applied = { confirmation: 'applied', confirmationAppliedOn: '2026-11-16' };
    expect(ask({ change: { confirmation: 'applied' } })).toEqual(
      refused({ code: 'required', field: 'confirmationAppliedOn' }, 'mediation.confirmation'),
    );
    expect(ask({ change: { ...applied, confirmable: false } })).toEqual(
      notYet('mediation.confirmation', 'confirmation', '身份关系、权属的事，法院不受理确认申请'),
    );
    expect(ask({ change: { ...applied, confirmable: true } }).ok).toBe(true);
  });

  test('only a party asks', () => {
    const { ask } = open();
    const [wangWei] = leak.registration.parties;
    expect(ask({ change: { applicants: [{ id: `resident_${'9'.repeat(26)}`, title: '单雄' }] } })).toEqual(
      refused({ code: 'unknownChoice', field: 'applicants' }, 'mediation.applicants'),
    );
    expect(ask({ change: { applicants: [wangWei] } }).ok).toBe(true);
  });
});

test.each([
  [['2026-11-15', '2026-11-12', '2026-11-13'], '2026-11-15'],
  [['2026-11-12', '2026-11-16', '2026-11-13'], '2026-11-16'],
  [['2026-11-12', '2026-11-12', '2026-11-17'], '2026-11-17'],
  [['2026-11-12', '2026-11-12', undefined], undefined],
])('signed, signed and sealed on %j: in force from %s', ([parties, mediator, seal], day) => {
  const signed = { partiesSignedOn: parties, mediatorSignedOn: mediator, sealedOn: seal };
  expect(effectiveDay({ agreementForm: 'written', agreedOn: '2026-11-12', ...signed })).toBe(day);
  expect(effectiveDay({ agreementForm: 'oral', agreedOn: '2026-11-12', ...signed })).toBe('2026-11-12');
});

describe('clocks', () => {
  const clocks = (values: Values): string[] =>
    duesOf(mediation, values).map(({ deadline, from, on }) => `${deadline.id} ${from} → ${on}`);

  test('one month from acceptance, until it is settled or both agree on longer', () => {
    const { done } = open([accept]);
    expect(clocks(done({ advance: 'mediating' }).values)).toEqual(['MED_NORMAL 2026-11-02 → 2026-12-02']);
    expect(clocks(done({ change: { extendedTo: '2026-12-20' } }).values)).toEqual([
      'MED_EXTENDED 2026-12-20 → 2026-12-20',
    ]);
  });

  test.each([
    ['assigned', 'MED_COURT_ASSIGNED 2026-11-03 → 2026-12-03'],
    ['entrusted', 'MED_COURT_ENTRUSTED 2026-11-03 → 2026-11-18'],
    ['entrustedSummary', 'MED_COURT_ENTRUSTED_S 2026-11-03 → 2026-11-10'],
  ])('what a court sent as %s has the court’s days instead', (courtProcedure, clock) => {
    const court = { source: 'court', courtProcedure, receivedOn: '2026-11-03' };
    expect(clocks({ ...leak.registration, ...court, stage: 'registered' })).toEqual([clock]);
    expect(clocks({ ...leak.registration, ...court, acceptedOn: '2026-11-04', stage: 'mediating' })).toEqual([
      clock,
    ]);
  });

  test('performance, follow-up seven days later, and thirty days for the court that roll over a Sunday', () => {
    expect(clocks({ ...leak.agreement, stage: 'performing' }).sort()).toEqual([
      'MED_CONFIRM 2026-11-13 → 2026-12-14',
      'MED_FOLLOWUP_TERM 2026-11-20 → 2026-11-27',
      'MED_FOLLOWUP_TERM 2026-11-30 → 2026-12-07',
      'MED_PERFORM 2026-11-20 → 2026-11-20',
      'MED_PERFORM 2026-11-30 → 2026-11-30',
    ]);
  });

  test('what is done, visited or not wanted runs no longer', () => {
    const terms = leak.agreement.terms.map((term) => ({ ...term, doneOn: term.dueOn }));
    const followUps = [
      { id: 'entry_1', by: zhouMin.id, at: '', values: { ...leak.followUp, visitedOn: '2026-11-30' } },
    ];
    expect(
      clocks({ ...leak.agreement, terms, followUps, confirmation: 'notWanted', stage: 'performing' }),
    ).toEqual([]);
    expect(clocks({ ...leak.agreement, stage: 'archived' })).toEqual([]);
  });

  test('without a day of performance, thirty days after effect; an oral agreement takes effect when agreed', () => {
    const oral = { agreementForm: 'oral', agreedOn: '2026-11-12', confirmation: 'notWanted' };
    expect(clocks({ ...oral, stage: 'agreed_oral' })).toEqual(['MED_FOLLOWUP 2026-11-12 → 2026-12-14']);
  });
});

test('the district prints the number as the forms do', () => {
  const { number } = mediation.fields;
  expect(number.print({ year: 2026, ordinal: 12, area: '江南新村' })).toBe('（2026）江南新村人调字第12号');
});

test('a title names two parties and says how many more', () => {
  const party = (title: string) => ({ id: `resident_${title}`, title });
  const titleOf = (...names: string[]) =>
    mediation.title({ parties: names.map(party), disputeType: 'neighbour' });
  expect([titleOf('王伟', '张秀英'), titleOf('王伟', '张秀英', '单雄', '王薇')]).toEqual([
    '王伟、张秀英 邻里纠纷',
    '王伟、张秀英等4方 邻里纠纷',
  ]);
});
