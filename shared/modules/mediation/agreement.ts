/** When an agreement takes effect (调解法29, 30) and what is still to be done under it. */
import { isAbsent, type Values } from '../../core/field/base.ts';

/** The terms of performance, one row each. */
export interface Term {
  readonly what?: string;
  readonly amount?: number;
  readonly dueOn?: string;
  readonly doneOn?: string;
}

export const hasAgreement = (values: Values): boolean => !isAbsent(values['agreedOn']);

export const termsOf = (values: Values): readonly Term[] =>
  (values['terms'] as readonly Term[] | undefined) ?? [];

/**
 * Written: the last of all parties' signatures, the mediator's and the committee's seal. Oral: the day the parties agreed.
 * @returns undefined as long as one of them is missing
 */
export function effectiveDay(values: Values): string | undefined {
  const { agreementForm, agreedOn, partiesSignedOn, mediatorSignedOn, sealedOn } = values;
  if (agreementForm === 'oral') return isAbsent(agreedOn) ? undefined : String(agreedOn);
  const days = [partiesSignedOn, mediatorSignedOn, sealedOn];
  if (days.some(isAbsent)) return undefined;
  return days.map(String).sort().at(-1);
}

/** Fen in all: what was agreed as a whole, else the sum of the terms. */
export function amountOf(values: Values): number | undefined {
  if (typeof values['amount'] === 'number') return values['amount'];
  const amounts = termsOf(values).flatMap(({ amount }) => (amount === undefined ? [] : [amount]));
  return amounts.length === 0 ? undefined : amounts.reduce((sum, amount) => sum + amount, 0);
}
