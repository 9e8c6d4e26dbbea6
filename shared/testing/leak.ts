/**
 * One mediation that tests tell step by step: 王伟's bathroom leaks into 张秀英's kitchen. 周敏 mediates, 陈国栋 writes down; every day
 * lies in November 2026.
 */
import type { Values } from '../core/field/base.ts';
import type { Reference } from '../core/field/reference.ts';
import { residents, type TownResident } from './residents.ts';
import { people } from './town.ts';

const kept = ({ id, name, values }: TownResident): Reference => ({
  id,
  title: name,
  kept: Object.fromEntries(
    ['name', 'document', 'sex', 'nation', 'birthday', 'occupation', 'phones', 'address'].map((field) => [
      field,
      values[field],
    ]),
  ),
});

export const leak = {
  registration: {
    source: 'application',
    disputeType: 'neighbour',
    difficulty: 'ordinary',
    subject: '王伟家卫生间漏水，渗到楼下张秀英家厨房，吊顶塌了一块。',
    parties: [kept(residents.wangWei), kept(residents.zhangXiuying)],
  },
  acceptance: {
    partiesConsented: true,
    rightsInformedAt: '2026-11-02T09:30',
    mediators: [{ id: people.zhouMin.id, title: people.zhouMin.name }],
    acceptedOn: '2026-11-02',
  },
  firstSession: {
    heldAt: '2026-11-05T14:00',
    place: '居委会调解室',
    participants: '物业维修人员',
    participantsConsented: true,
    rightsInformed: true,
    statements: '张秀英：吊顶塌了，找了三次。\n王伟：先弄清楚是不是公共管道。',
    verification: '一起做了关阀试验，是卫生间防水层破损。',
    result: 'continue',
    outcome: '双方同意回去商量。',
  },
  lastSession: {
    heldAt: '2026-11-12T14:00',
    place: '居委会调解室',
    statements: '双方都愿意解决。',
    result: 'agreed',
    outcome: '王伟修好并赔偿2200元。',
  },
  agreement: {
    agreementForm: 'written',
    agreedOn: '2026-11-12',
    facts: '王伟户防水层破损，渗水至楼下张秀英户，王伟负责。',
    content: '一、王伟重做防水。\n二、王伟赔偿张秀英2200元。',
    performanceMethod: '转账支付，张秀英出具收条。',
    terms: [
      { what: '重做卫生间防水', dueOn: '2026-11-20' },
      { what: '付赔偿款', amount: 220_000, dueOn: '2026-11-30' },
    ],
    copies: 3,
    partiesSignedOn: '2026-11-12',
    mediatorSignedOn: '2026-11-12',
    sealedOn: '2026-11-13',
  },
  followUp: {
    visitedOn: '2026-11-22',
    reason: '了解协议履行情况',
    people: '双方当事人',
    situation: '防水已做好，赔偿款已付。',
    satisfied: true,
    escalating: false,
  },
  filing: {
    identitiesCheckedOn: '2026-11-12',
    identitiesCheckedBy: { id: people.chenGuodong.id, title: people.chenGuodong.name },
    filedOn: '2026-11-23',
    filedBy: { id: people.zhouMin.id, title: people.zhouMin.name },
    retention: 'long',
    pages: 24,
    dossierNote: '本卷材料齐全，手续完备。',
  },
} as const satisfies Record<string, Values>;
