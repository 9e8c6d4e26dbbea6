/**
 * The judge alone with a ledger: no envelopes, no keys, no tokens. Operations come in as they stand; a chain is whatever links the test
 * gives them. The registry has an entity for every form of a scope.
 */
import { createHash } from 'node:crypto';
import type { Grant, Roles } from '../../shared/core/access.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { composeRegistry } from '../../shared/core/registry.ts';
import { forms } from '../../shared/core/testing/forms.ts';
import { CHAIN_START } from '../../shared/protocol/link.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { judge, judgeAgain } from '../judge/judge.ts';
import { submissionOf, type Outcome, type Submission } from '../judge/submission.ts';
import type { Device, Person, StoredOperation, Transactor } from '../ledger/transactor.ts';
import { people } from '../../shared/testing/town.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { createPen, JIANGNAN, NOON, RIHUI, village, villagers } from './village.ts';

const courtRoles: Roles = {
  ...village.roles,
  socialWorker: { zh: '社区工作者', en: 'Social worker', reads: ['casework'] },
  careWorker: { zh: '重点关爱专员', en: 'Care worker', reads: ['careRestricted'] },
};
export const courtRegistry = composeRegistry([...village.modules, forms], courtRoles);

const secretaryOf = (area: string): Grant => ({ role: 'secretary', area });
const named = ({ id, name }: Pick<Person, 'id' | 'name'>): Pick<Person, 'id' | 'name'> => ({ id, name });

const person = (
  given: { readonly id: string; readonly name: string },
  area: string,
  role: string,
): Person => ({
  id: given.id,
  name: given.name,
  grants: [
    { role: 'worker', area },
    { role, area },
  ],
  former: [],
  disabled: false,
  password: null,
});

/** 周敏 in 江南新村, 李秀兰 in 日晖六村, 陈国栋 in 江南新村 beside her. */
export const zhou = person(villagers.zhouMin, JIANGNAN, 'socialWorker');
export const chen = person(villagers.chenGuodong, JIANGNAN, 'socialWorker');
export const li = person(villagers.liXiulan, RIHUI, 'socialWorker');
/** 吴桂芳 answers for 江南新村, 陆振华 for the whole street; neither of them writes in a case. */
export const wu: Person = { ...zhou, ...named(people.wuGuifang), grants: [secretaryOf(JIANGNAN)] };
export const lu: Person = {
  ...zhou,
  ...named(people.luZhenhua),
  grants: [secretaryOf(JIANGNAN.slice(0, 9))],
};

const device = (id: string, number: number): Device => ({
  id,
  number,
  key: '',
  refresh: 0,
  graceUntil: null,
  revoked: false,
  quarantined: false,
  seenAt: null,
  app: null,
  pending: null,
});

export interface Court {
  readonly transactor: Transactor;
  readonly pen: ReturnType<typeof createPen>;
  /** Verdicts of operations that belong to no chain. */
  readonly submit: (...operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  readonly send: (...submissions: readonly Submission[]) => Promise<readonly Outcome[]>;
  readonly wake: (...keys: readonly string[]) => Promise<number>;
  readonly verdict: (operation: { readonly id: string }) => Promise<Verdict | undefined>;
  readonly stored: (operation: { readonly id: string }) => Promise<StoredOperation | undefined>;
  readonly record: (id: string) => Promise<RecordState | undefined>;
}

export async function createCourt(
  transactor: Transactor = createMemoryLedger(
    { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
    courtRoles,
  ),
): Promise<Court> {
  await transactor.transact(async (writing) => {
    for (const one of [zhou, chen, li, wu, lu]) await writing.savePerson(one);
    for (const [index, id] of ['device-1', 'device-2'].entries())
      await writing.saveDevice(device(id, index + 1));
  });
  const judging = {
    registry: courtRegistry,
    now: new Date(NOON).toISOString(),
    areaName: (_: unknown, code: string) => Promise.resolve(code),
  };
  const send: Court['send'] = (...submissions) =>
    transactor.transact((writing) => judge(writing, submissions, judging));
  const stored: Court['stored'] = async ({ id }) =>
    (await transactor.read((reading) => reading.operations([id])))[0];
  return {
    transactor,
    pen: createPen('device-1'),
    send,
    submit: async (...operations) =>
      (await send(...operations.map(submissionOf))).flatMap((outcome) =>
        outcome.kind === 'judged' ? [outcome.verdict] : [],
      ),
    wake: (...keys) => transactor.transact((writing) => judgeAgain(writing, keys, judging)),
    stored,
    verdict: async (operation) => (await stored(operation))?.verdict,
    record: async (id) => {
      const [found] = await transactor.read((reading) => reading.records([id]));
      return found && (JSON.parse(found.text) as RecordState);
    },
  };
}

/** Chains a device's operations as the main process does, with hashes of its own making. */
export function createChain(start = { number: 0, hash: CHAIN_START }): {
  readonly link: (
    operation: Operation,
    marks?: Pick<Submission, 'settled' | 'revoked' | 'late'>,
  ) => Submission;
  /** The same chain from here, as a cloned disk would go on with it. */
  readonly clone: () => ReturnType<typeof createChain>;
} {
  let end = start;
  return {
    link: (operation, marks = {}) => {
      const number = end.number + 1;
      const previous = end.hash;
      const text = JSON.stringify(operation);
      const hash = createHash('sha256').update(`${number}|${previous}|${text}`).digest('base64url');
      end = { number, hash };
      const link = { number, previous, hash, key: '', signature: '', salt: null, entry: text };
      return { ...submissionOf(operation), ...marks, link };
    },
    clone: () => createChain(end),
  };
}
