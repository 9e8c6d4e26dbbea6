/** Rules over a whole mediation that no single field or step can see. */
import { isAbsent, type Values } from '../../core/field/base.ts';
import type { Reference } from '../../core/field/reference.ts';
import type { Entry } from '../../core/field/rows.ts';
import type { Rule } from '../../core/entity.ts';
import type { Problem } from '../../core/problem.ts';
import { sameValue } from '../../core/same-value.ts';
import { effectiveDay } from './agreement.ts';
import { partiesOf } from './parties.ts';

const LOGS = ['investigations', 'sessions', 'followUps'] as const;
const list = (values: Values | undefined, field: string): readonly unknown[] =>
  (values?.[field] as readonly unknown[] | undefined) ?? [];

/** A dispute has two sides, residents or organisations. */
const twoSides: Rule = {
  id: 'mediation.parties',
  check: ({ after }) =>
    list(after, 'parties').length + list(after, 'organisations').length >= 2
      ? undefined
      : { code: 'tooFew', field: 'parties', details: { min: 2 } },
};

/** What was closed stays as it was; only a note may follow (规定: 卷宗归档). */
const notesOnly: Rule = {
  id: 'mediation.closed',
  check: ({ action, before, after }) => {
    const isClosed = before?.['stage'] === 'archived' || before?.['stage'] === 'rejected';
    const grown = LOGS.find((log) => list(after, log).length > list(before, log).length);
    return isClosed && action === 'change' && grown !== undefined
      ? { code: 'archived', field: grown }
      : undefined;
  },
};

/** Pairs of days of which the first cannot be after the second. */
const ORDER: readonly (readonly [string, string])[] = [
  ['receivedOn', 'acceptedOn'],
  ['acceptedOn', 'agreedOn'],
  ['acceptedOn', 'extendedTo'],
  ['agreedOn', 'partiesSignedOn'],
  ['agreedOn', 'mediatorSignedOn'],
  ['agreedOn', 'sealedOn'],
  ['agreedOn', 'confirmationAppliedOn'],
  ['agreedOn', 'filedOn'],
];

const inOrder: Rule = {
  id: 'mediation.dates',
  check: ({ after }) => {
    for (const [first, second] of ORDER) {
      if (isAbsent(after[first]) || isAbsent(after[second])) continue;
      if (String(after[first]) > String(after[second])) return { code: 'dateOrder', field: second };
    }
    return undefined;
  },
};

/** The day of effect is computed from the signatures (调解法29, 30); another one beside it would be wrong on every paper. */
const effectFollows: Rule = {
  id: 'mediation.effect',
  check: ({ after }): Problem | undefined => {
    const told = after['effectiveOn'];
    const computed = effectiveDay(after);
    return isAbsent(told) || computed === undefined || told === computed
      ? undefined
      : { code: 'dateOrder', field: 'effectiveOn' };
  },
};

/** What comes from a court has its own clocks, which run from the day its papers came. */
const courtIsDated: Rule = {
  id: 'mediation.court',
  check: ({ action, after }) => {
    if (after['source'] !== 'court' || (action !== 'create' && action !== 'change')) return undefined;
    if (isAbsent(after['courtProcedure'])) return { code: 'required', field: 'courtProcedure' };
    return isAbsent(after['receivedOn']) ? { code: 'required', field: 'receivedOn' } : undefined;
  },
};

/** Relatives, neighbours and experts may join when the parties agree (调解法20): whoever logs them says that they did. */
const joinedWithConsent: Rule = {
  id: 'mediation.participants',
  check: ({ before, after }) => {
    const known = new Set((list(before, 'sessions') as readonly Entry[]).map(({ id }) => id));
    const added = (list(after, 'sessions') as readonly Entry[]).filter(({ id }) => !known.has(id));
    const place = added.findIndex(
      ({ values }) => !isAbsent(values['participants']) && values['participantsConsented'] !== true,
    );
    if (place < 0) return undefined;
    const field = `sessions.${place}.values.participantsConsented`;
    return added[place]?.values['participantsConsented'] === false
      ? { code: 'notYet', field, details: { what: '当事人同意，他们才能参加' } }
      : { code: 'required', field };
  },
};

const writes = (before: Values | undefined, after: Values, field: string): boolean =>
  !isAbsent(after[field]) && !sameValue(before?.[field], after[field]);

/** Only a party asks. Judged where it is written: two desks may have changed the parties since. */
const applicantIsParty: Rule = {
  id: 'mediation.applicants',
  check: ({ before, after }) => {
    if (!writes(before, after, 'applicants')) return undefined;
    const parties = new Set((list(after, 'parties') as readonly Reference[]).map(({ id }) => id));
    return (list(after, 'applicants') as readonly Reference[]).every(({ id }) => parties.has(id))
      ? undefined
      : { code: 'unknownChoice', field: 'applicants' };
  },
};

/** A copy for each party and one that the committee keeps (调解法29). */
const copyForEach: Rule = {
  id: 'mediation.copies',
  check: ({ before, after }) => {
    const min = partiesOf(after).length + 1;
    return writes(before, after, 'copies') && Number(after['copies']) < min
      ? { code: 'tooSmall', field: 'copies', details: { min } }
      : undefined;
  },
};

const ASKED: ReadonlySet<unknown> = new Set(['applied', 'confirmed', 'dismissed']);

/** The court does not take status and ownership (民诉法解释355), and whoever asked has a day on which they did. */
const confirmable: Rule = {
  id: 'mediation.confirmation',
  check: ({ before, after }) => {
    if (!writes(before, after, 'confirmation') || !ASKED.has(after['confirmation'])) return undefined;
    if (after['confirmation'] === 'applied' && after['confirmable'] === false) {
      const what = '身份关系、权属的事，法院不受理确认申请';
      return { code: 'notYet', field: 'confirmation', details: { what } };
    }
    return isAbsent(after['confirmationAppliedOn'])
      ? { code: 'required', field: 'confirmationAppliedOn' }
      : undefined;
  },
};

export const rules: readonly Rule[] = [
  twoSides,
  notesOnly,
  inOrder,
  effectFollows,
  courtIsDated,
  joinedWithConsent,
  applicantIsParty,
  copyForEach,
  confirmable,
];
