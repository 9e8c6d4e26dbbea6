/**
 * Who stands on which side of a dispute, and under which name: residents as they were kept at registration, and organisations.
 * Whoever is marked as asking is an applicant; where nobody is, the first one is.
 */
import type { Values } from '../../core/field/base.ts';
import type { Reference } from '../../core/field/reference.ts';
import { documentTypes, type IdentityDocument } from '../../core/identity-document.ts';

/** One party: a resident or an organisation, never both. */
export interface Party {
  readonly name: string;
  readonly reference?: Reference;
  readonly organisation?: Values;
}

const listOf = <T>(values: Values, field: string): readonly T[] =>
  (values[field] as readonly T[] | undefined) ?? [];

export const agentsOf = (values: Values): readonly Values[] => listOf(values, 'agents');

export const partiesOf = (values: Values): readonly Party[] => [
  ...listOf<Reference>(values, 'parties').map((reference) => ({ name: reference.title, reference })),
  ...listOf<Values>(values, 'organisations').map((organisation) => ({
    name: String(organisation['name'] ?? ''),
    organisation,
  })),
];

export const partyNames = (values: Values): readonly string[] => partiesOf(values).map(({ name }) => name);

export function sidesOf(values: Values): {
  readonly applicants: readonly Party[];
  readonly respondents: readonly Party[];
} {
  const parties = partiesOf(values);
  const asking = new Set(listOf<Reference>(values, 'applicants').map(({ id }) => id));
  const marked = parties.filter(({ reference, organisation }) =>
    reference ? asking.has(reference.id) : organisation?.['isApplicant'] === true,
  );
  const applicants = marked.length > 0 ? marked : parties.slice(0, 1);
  return { applicants, respondents: parties.filter((party) => !applicants.includes(party)) };
}

/** Kind and number of the document that was kept of a resident; who has none is there with the reason. Empty where nobody asked. */
export function documentOf(reference: Reference | undefined): {
  readonly type: string;
  readonly number: string;
} {
  const { type, number, reason } = (reference?.kept?.['document'] ?? {}) as Partial<IdentityDocument>;
  const known =
    typeof type === 'string' && Object.hasOwn(documentTypes, type)
      ? documentTypes[type as keyof typeof documentTypes].zh
      : '';
  return { type: known, number: (type === 'none' ? reason : number) ?? '' };
}

/** What each party shows: a resident their own document, an organisation its licence and its code. */
export const documentsOf = (
  values: Values,
): readonly { readonly name: string; readonly type: string; readonly number: string }[] =>
  partiesOf(values).map(({ name, reference, organisation }) =>
    organisation
      ? { name, type: '营业执照', number: String(organisation['code'] ?? '') }
      : { name, ...documentOf(reference) },
  );

export function phonesOf(reference: Reference | undefined): readonly string[] {
  const phones = reference?.kept?.['phones'];
  return Array.isArray(phones) ? phones.map((row) => String((row as Values)['number'] ?? '')) : [];
}
