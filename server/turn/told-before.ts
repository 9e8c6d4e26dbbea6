/**
 * What a desk of the protocol before has no word for, in words that it has (sync.md S11): it parses an answer whole, so one unknown
 * reason would hide every verdict of a push from it. Whoever adds a reason to a refusal says here how such a desk reads it.
 */
import type { ProblemCode } from '../../shared/core/problem.ts';
import type { Refusal, RefusalCode } from '../../shared/core/refusal.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';

type ReasonOf2 =
  | 'schema'
  | 'rule'
  | 'access'
  | 'stageMoved'
  | 'withdrawn'
  | 'unknownEntity'
  | 'unknownRecord'
  | 'recordExists'
  | 'depends'
  | 'group'
  | 'contentChanged'
  | 'newerVersion'
  | 'storage'
  | 'resolved'
  | 'revoked'
  | 'damaged';

const AS_READ_BY_2: Readonly<Record<Exclude<RefusalCode, ReasonOf2>, ReasonOf2>> = {
  merged: 'withdrawn',
  noRoom: 'storage',
  newerApp: 'newerVersion',
  // What its author handed over or a reviewer declined is not taken over; who decides by review has a newer desk.
  handed: 'access',
  declined: 'access',
  decided: 'resolved',
  restored: 'depends',
  numberTaken: 'depends',
};

const PROBLEMS_OF_2: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'required',
  'malformed',
  'tooLong',
  'tooShort',
  'tooFew',
  'tooMany',
  'tooSmall',
  'tooLarge',
  'notWhole',
  'controlCharacter',
  'emoji',
  'unknownChoice',
  'noSuchDate',
  'noTime',
  'noSuchTime',
  'futureDate',
  'dateOrder',
  'documentLength',
  'documentCheckDigit',
  'documentDate',
  'documentForm',
  'documentReason',
  'phone',
  'mismatch',
  'sameTwice',
  'fixed',
  'notYet',
  'archived',
  'notNamed',
  'confidential',
]);

/** As a desk of this protocol can read it. */
export function toldTo(protocol: number, verdict: Verdict): Verdict {
  if (protocol > 2 || verdict.verdict === 'confirmed') return verdict;
  return { ...verdict, reason: reasonFor2(verdict.reason) };
}

function reasonFor2({ code, problems, ...rest }: Refusal): Refusal {
  const readable = problems?.filter((problem) => PROBLEMS_OF_2.has(problem.code));
  return {
    ...rest,
    code: Object.hasOwn(AS_READ_BY_2, code) ? (AS_READ_BY_2 as Record<string, ReasonOf2>)[code]! : code,
    ...(readable && { problems: readable }),
  };
}
