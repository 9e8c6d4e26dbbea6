/** Rules over a whole mediation that no single field or step can see. */
import { isAbsent, type Values } from '../../core/field/base.ts';
import type { Rule } from '../../core/entity.ts';
import type { Problem } from '../../core/problem.ts';
import { effectiveDay } from './agreement.ts';

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

export const rules: readonly Rule[] = [twoSides, notesOnly, inOrder, effectFollows, courtIsDated];
