import { describe, expect, test } from 'vitest';
import type { Values } from '../../core/field/base.ts';
import { leak } from '../../testing/leak.ts';
import { dossierOf } from './dossier.ts';
import { mediation } from './mediation.ts';
import { missing, paperOf, recordOf, whole } from './testing/whole-case.ts';

describe('what is missing', () => {
  test('nothing of the whole case', () => {
    const { documents = {} } = mediation;
    expect(Object.keys(documents).map((name) => [name, missing(name, whole)])).toEqual(
      Object.keys(documents).map((name) => [name, []]),
    );
  });

  test('signatures, seal and a clear performance before the agreement is complete', () => {
    const { registration, acceptance } = leak;
    expect(missing('agreement', { ...registration, ...acceptance, facts: '漏水', content: '修好' })).toEqual([
      '达成协议日期',
      '当事人签名日期',
      '调解员签名日期',
      '调委会盖章日期',
      '履行方式、时限',
    ]);
    expect(missing('agreement', { ...whole, organisations: [{ name: '邻安物业管理有限公司' }] })).toEqual([
      '协议份数要有4份',
    ]);
  });

  test('documents that nobody noted, and an agent who acts for nobody here', () => {
    const parties = [{ id: 'resident_1', title: '单雄' }, leak.registration.parties[1]];
    expect(missing('identityCheck', { ...whole, parties })).toEqual(['单雄的证件号码']);
    expect(missing('courtConfirmation', { ...whole, parties, court: undefined })).toEqual([
      '法院名称',
      '单雄的证件号码',
    ]);
    const document = { type: 'none', number: '', reason: '证件遗失，正在补办' };
    const without = [{ ...parties[0], kept: { document } }, parties[1]];
    expect(missing('identityCheck', { ...whole, parties: without })).toEqual([]);
    expect(missing('courtConfirmation', { ...whole, confirmable: undefined })).toEqual([
      '核对是否涉及身份关系、权属',
    ]);
    expect(missing('courtConfirmation', { ...whole, confirmable: false })).toEqual([
      '法院不受理身份关系、权属的确认',
    ]);
    expect(missing('powerOfAttorney', { ...whole, parties })).toEqual(['王建国代哪位当事人']);
  });
});

describe('which papers belong to the case', () => {
  const applying = (values: Values): string[] =>
    Object.entries(mediation.documents ?? {}).flatMap(([name, paper]) =>
      (paper.applies?.(recordOf(values)) ?? true) ? [name] : [],
    );
  const registered = { ...leak.registration, stage: 'registered' };
  const atDoor = ['application', 'acceptance', 'rightsNotice', 'identityCheck'];

  test('step by step', () => {
    const accepted = { ...registered, ...leak.acceptance, stage: 'accepted' };
    const mediating = { ...accepted, stage: 'mediating' };
    const written = { ...mediating, ...leak.agreement, stage: 'agreed_written' };
    expect({
      registered: applying(registered),
      proactive: applying({ ...registered, source: 'proactive' }),
      accepted: applying(accepted),
      mediating: applying(mediating),
      written: applying(written),
      oral: applying({ ...mediating, agreementForm: 'oral', agreedOn: '2026-11-12', stage: 'agreed_oral' }),
      notToCourt: applying({ ...written, confirmation: 'notWanted' }),
      failed: applying({ ...mediating, stage: 'failed' }),
      rejected: applying({ ...registered, stage: 'rejected' }),
    }).toEqual({
      registered: atDoor,
      proactive: atDoor.slice(1),
      accepted: ['contents', ...atDoor, 'sessions'],
      mediating: ['contents', ...atDoor, 'sessions', 'agreement', 'oralAgreement'],
      written: [
        'contents',
        ...atDoor,
        'sessions',
        'agreement',
        'performanceProof',
        'followUp',
        'courtConfirmation',
      ],
      oral: [
        'contents',
        ...atDoor,
        'sessions',
        'oralAgreement',
        'performanceProof',
        'followUp',
        'courtConfirmation',
      ],
      notToCourt: ['contents', ...atDoor, 'sessions', 'agreement', 'performanceProof', 'followUp'],
      failed: ['cover', 'contents', ...atDoor, 'sessions', 'dossierNote', 'backCover'],
      rejected: [],
    });
  });

  test('all of them in the whole case, but for the other form of agreement', () => {
    expect(applying(whole)).toEqual(
      Object.keys(mediation.documents ?? {}).filter((name) => name !== 'oralAgreement'),
    );
  });

  /** By their place in the contents, the papers of which one has to be complete. */
  const items: readonly (readonly string[])[] = [
    ['application', 'acceptance'],
    ['rightsNotice'],
    ['identityCheck'],
    ['powerOfAttorney'],
    ['investigation'],
    ['evidence'],
    ['sessions'],
    ['agreement', 'oralAgreement'],
    ['performanceProof'],
    ['followUp'],
    ['courtConfirmation'],
    ['dossierNote'],
    ['backCover'],
  ];

  test('what the contents call there has a paper without a gap, and the other way round', () => {
    const { agents: _, ...noAgents } = whole;
    const { investigations: __, evidence: ___, sealedOn: ____, pages: _____, ...gaps } = noAgents;
    for (const values of [whole, { ...gaps, followUps: [], sessions: [], rightsInformedAt: undefined }]) {
      const there = dossierOf(values).map(({ zh, isThere }) => `${zh} ${isThere}`);
      const complete = dossierOf(values).map(({ zh }, index) => {
        const papers = items[index] ?? [];
        const isGiven = papers.some(
          (name) => paperOf(name).applies?.(recordOf(values)) !== false && missing(name, values).length === 0,
        );
        return `${zh} ${isGiven}`;
      });
      expect(there).toEqual(complete);
    }
  });
});
