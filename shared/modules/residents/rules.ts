/** Rules over a whole resident (residents.md §3, privacy.md §2). They look at what is written now; the past is not judged again. */
import { addMonths } from '../../core/calendar/day.ts';
import type { Rule, RuleGiven } from '../../core/entity.ts';
import { isAbsent, type Values } from '../../core/field/base.ts';
import { birthdayOf, sexOf, type IdentityDocument } from '../../core/identity-document.ts';

const isWriting = ({ action }: RuleGiven): boolean => action === 'create' || action === 'change';

/** An identity number tells birthday and sex: what stands beside it must say the same. */
export const agreesWithDocument: Rule = {
  id: 'resident.document',
  check: ({ after }) => {
    const document = after['document'] as IdentityDocument | undefined;
    if (!document) return undefined;
    const birthday = birthdayOf(document);
    if (birthday !== undefined && !isAbsent(after['birthday']) && after['birthday'] !== birthday) {
      return { code: 'mismatch', field: 'birthday' };
    }
    const sex = sexOf(document);
    const stated = after['sex'];
    return sex !== undefined && (stated === '1' || stated === '2') && stated !== sex
      ? { code: 'mismatch', field: 'sex' }
      : undefined;
  },
};

/** Whole years on `today`, by the calendar; the birthday itself counts. */
export const isYoungerThan = (years: number, birthday: string, today: string): boolean =>
  addMonths(birthday, years * 12) > today;

const bornOn = (values: Values): string | undefined => {
  const document = values['document'] as IdentityDocument | undefined;
  const told = document && birthdayOf(document);
  return told ?? (values['birthday'] as string | undefined);
};

/** Data of a child under 14 need a guardian's consent (个人信息保护法31). */
export const guardianAgreed: Rule = {
  id: 'resident.guardian',
  check: (given) => {
    const { after, today } = given;
    const birthday = bornOn(after);
    if (!isWriting(given) || birthday === undefined || !isYoungerThan(14, birthday, today)) return undefined;
    if (isAbsent(after['guardian'])) return { code: 'required', field: 'guardian' };
    return isAbsent(after['guardianConsentOn'])
      ? { code: 'required', field: 'guardianConsentOn' }
      : undefined;
  },
};

/** Nobody moves out or dies before being born, and a number's birth date is not in the future. */
export const withinOneLife: Rule = {
  id: 'resident.dates',
  check: ({ after, today }) => {
    const birthday = bornOn(after);
    if (birthday === undefined) return undefined;
    if (birthday > today)
      return { code: 'futureDate', field: isAbsent(after['document']) ? 'birthday' : 'document' };
    const early = ['movedOutOn', 'diedOn'].find(
      (field) => !isAbsent(after[field]) && String(after[field]) < birthday,
    );
    return early === undefined ? undefined : { code: 'dateOrder', field: early };
  },
};

/** Where consent is the ground, the day of it is on record (个人信息保护法13–15). */
export const consentIsDated: Rule = {
  id: 'resident.consent',
  check: (given) =>
    isWriting(given) && given.after['legalBasis'] === 'consent' && isAbsent(given.after['consentOn'])
      ? { code: 'required', field: 'consentOn' }
      : undefined,
};
