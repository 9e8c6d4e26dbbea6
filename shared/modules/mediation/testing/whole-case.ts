/** 王伟 and 张秀英's case from registration to the last visit, with everything that a dossier holds; and its papers, printed. */
import type { DocumentDeclaration, DocumentModel } from '../../../core/document.ts';
import type { Entry } from '../../../core/field/rows.ts';
import type { Values } from '../../../core/field/base.ts';
import type { RecordState } from '../../../core/record.ts';
import { leak } from '../../../testing/leak.ts';
import { areas, people, type TownPerson } from '../../../testing/town.ts';
import { mediation } from '../mediation.ts';

export const entry = (values: Values, count: number, more: Partial<Entry> = {}): Entry => ({
  id: `entry_${String(count).padStart(26, '0')}`,
  by: people.chenGuodong.id,
  at: '2026-11-12T07:00:00.000Z',
  values,
  ...more,
});

export const whole: Values = {
  ...leak.registration,
  ...leak.acceptance,
  ...leak.agreement,
  ...leak.filing,
  requests: '1. 查清漏水原因并修好。\n2、赔偿吊顶2.5平方米。',
  number: { temporary: '临-A1-1', official: '（2026）江南新村人调字第12号' },
  agents: [
    { name: '王建国', principal: '王伟', extent: 'special', phone: '13700003344', until: '2026-12-31' },
  ],
  investigations: [
    entry(
      { heldAt: '2026-11-03T10:00', place: '张秀英家', asked: '张秀英', content: '问：哪里漏？\n答：厨房。' },
      4,
    ),
  ],
  evidence: [{ name: '吊顶照片', source: '张秀英', pages: 2 }],
  sessions: [entry(leak.firstSession, 1), entry(leak.lastSession, 2)],
  followUps: [entry(leak.followUp, 3)],
  terms: leak.agreement.terms.map((term) => ({ ...term, doneOn: term.dueOn })),
  performance: 'done',
  performanceProof: '收条一张',
  confirmation: 'applied',
  confirmable: true,
  confirmationAppliedOn: '2026-11-16',
  court: '上海市徐汇区人民法院',
  stage: 'followed_up',
};

export const recordOf = (values: Values): RecordState => ({
  id: `mediation_${'0'.repeat(26)}`,
  entity: 'mediation',
  version: 1,
  area: areas.jiangnan.code,
  scope: `${areas.jiangnan.code}/casework`,
  seq: 9,
  values,
  created: { by: people.chenGuodong.id, at: '2026-11-02T01:00:00.000Z', seq: 1, operation: 'operation_1' },
  writers: {},
});

export const paperOf = (name: string): DocumentDeclaration => {
  const paper = mediation.documents?.[name];
  if (!paper) throw new Error(`no paper ${name}`);
  return paper;
};

export const print = (name: string, values: Values = whole): DocumentModel =>
  paperOf(name).build({
    record: recordOf(values),
    areaName: (code) => Object.values(areas).find((area) => area.code === code)?.name ?? '',
    personName: (id) => Object.values<TownPerson>(people).find((person) => person.id === id)?.name ?? '',
    today: '2026-11-23',
  });

export const missing = (name: string, values: Values): string[] =>
  (paperOf(name).missing?.(recordOf(values)) ?? []).map(({ zh }) => zh);
