import { expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { registry } from '../../../shared/modules/index.ts';
import { correctedValues, correctionOf } from './correction.ts';

const mediation = registry.entities.get('mediation')!;
const resident = registry.entities.get('resident')!;
const wang = { id: 'resident_1', title: '王伟' };
const zhang = { id: 'resident_2', title: '张秀英' };
const li = { id: 'resident_3', title: '李桂芳' };
const operation = (part: Partial<Operation>): Operation => ({
  v: 1,
  id: 'operation_1',
  kind: 'change',
  entity: 'mediation',
  version: 1,
  record: 'mediation_1',
  author: 'person_1',
  device: 'device_1',
  at: '2026-11-23T01:00:00.000Z',
  basis: { epoch: 'e', seq: 1 },
  after: [],
  ...part,
});
const record = {
  values: { subject: '漏水', parties: [wang, zhang], stage: 'registered' },
} as unknown as RecordState;

test('a refused change shows the record with what was written over it, and sends that and what was put right', () => {
  const refused = operation({
    set: { subject: '漏水，吊顶发霉' },
    add: { parties: [li] },
    remove: { parties: [zhang] },
  });
  const correction = correctionOf(refused, mediation, record);
  expect(correction).toEqual({ kind: 'whole', initial: { subject: '漏水，吊顶发霉', parties: [wang, li] } });
  expect(
    correctedValues(correction, refused, mediation, { subject: '漏水', parties: [wang, li], amount: 120000 }),
  ).toEqual({
    subject: '漏水',
    parties: [wang, li],
    amount: 120000,
  });
});

test('a refused creation is sent whole; what was emptied is said to be empty', () => {
  const refused = operation({
    kind: 'create',
    entity: 'resident',
    record: 'resident_1',
    set: { name: '王伟', birthday: '2090-01-01' },
  });
  const correction = correctionOf(refused, resident, undefined);
  expect(correction).toEqual({ kind: 'whole', initial: { name: '王伟', birthday: '2090-01-01' } });
  expect(correctedValues(correction, refused, resident, { name: '王伟', birthday: '' })).toEqual({
    name: '王伟',
    birthday: null,
  });
});

test('a refused log entry is its own short form, sent under its log', () => {
  const entry = {
    id: 'entry_1',
    by: 'person_1',
    at: '2026-11-23T01:00:00.000Z',
    values: { place: '居委会' },
  };
  const refused = operation({ append: { sessions: [entry] } });
  const correction = correctionOf(refused, mediation, record);
  expect(correction.kind === 'entry' && [correction.log, correction.initial]).toEqual([
    'sessions',
    { place: '居委会' },
  ]);
  expect(correctedValues(correction, refused, mediation, { place: '王伟家中', evidence: '' })).toEqual({
    sessions: { place: '王伟家中' },
  });
});

test('a withdrawal, a share and a handing over have nothing to type', () => {
  for (const kind of ['withdraw', 'share', 'unshare', 'move'] as const)
    expect(correctionOf(operation({ kind }), mediation, record)).toEqual({ kind: 'again' });
});
