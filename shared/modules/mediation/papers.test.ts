import { describe, expect, test } from 'vitest';
import type { DocumentBlock, DocumentModel } from '../../core/document.ts';
import type { Values } from '../../core/field/base.ts';
import { leak } from '../../testing/leak.ts';
import { residents } from '../../testing/residents.ts';
import { entry, print, whole } from './testing/whole-case.ts';

/** The printed labels in their order: what an official form is judged by. */
const labelsOf = ({ blocks }: DocumentModel): string[] =>
  blocks.flatMap((block: DocumentBlock): readonly string[] => {
    switch (block.kind) {
      case 'line':
        return [block.label];
      case 'block':
        return [`${block.label ?? ''} ${block.items.map(({ label }) => label).join('/')}`];
      case 'table':
        return [block.columns.join('/')];
      case 'signatures':
        return block.places;
      case 'list':
        return [`${block.items.length} items`];
      case 'sheet':
        return ['---'];
      case 'paragraph':
        return [];
      default:
        return [block.text];
    }
  });

const NUMBER = '（2026）江南新村人调字第12号';
const P = '姓名/性别/民族/年龄/职业或职务/联系方式/单位或住址';
const ORGANISATION = '名称/法定代表人/职务/联系方式/地址';
const APPLICANT = '姓名/性别/出生日期/民族/职业/住址/证件号/电话/送达地址';
const SEAL = '江南新村居民区人民调解委员会（印章）';
const times = (count: number, ...labels: string[]): string[] =>
  Array.from({ length: count }, () => labels).flat();

/** Every form of mediation.md §6, for so many parties; the blocks of the parties and the day on it come in. */
interface Printed {
  readonly parties?: number;
  readonly applicants?: readonly string[];
  readonly respondents?: readonly string[];
  readonly all?: readonly string[];
  readonly toCourt?: readonly string[];
  readonly number?: string;
  readonly seal?: string;
}

const formsFor = ({
  parties = 2,
  applicants = [`申请人 ${P}`],
  respondents = [`被申请人 ${P}`],
  all = times(2, `当事人 ${P}`),
  toCourt = times(2, `申请人 ${APPLICANT}`),
  number = NUMBER,
  seal = SEAL,
}: Printed): Readonly<Record<string, readonly string[]>> => ({
  application: [
    '人民调解申请书',
    ...applicants,
    ...respondents,
    '纠纷简要情况',
    '当事人申请事项',
    '3 items',
    '申请人（签名盖章或按指印）',
    '    年    月    日',
  ],
  acceptance: [
    '人民调解受理登记表',
    number,
    '纠纷类型',
    '案件来源',
    '纠纷简要情况',
    ...times(parties, '当事人（签名）'),
    '登记人（签名）',
    seal,
    'DATE',
    '备注',
  ],
  rightsNotice: [
    '人民调解权利义务告知书',
    number,
    '当事人',
    '当事人的权利（《中华人民共和国人民调解法》第二十三条）',
    '4 items',
    '当事人的义务（《中华人民共和国人民调解法》第二十四条）',
    '3 items',
    '调解前请知道',
    '4 items',
    '告知人',
    '告知时间',
    ...times(parties, '当事人（签名）'),
  ],
  identityCheck: [
    '当事人身份证明核对记录',
    number,
    '序号/当事人/证件类型/证件号码',
    '核对人',
    '核对日期',
    '核对人（签名）',
  ],
  powerOfAttorney: [
    '授权委托书',
    `委托人 ${P}`,
    `受托人 ${P}`,
    '委托事项与权限',
    '期限',
    '委托人（签名盖章或按指印）',
    '受托人（签名）',
    '    年    月    日',
  ],
  investigation: [
    '人民调解调查记录',
    number,
    '时间',
    '地点',
    '参加人',
    `被调查人 ${P}`,
    '记录',
    '被调查人（签名）',
    '调查人（签名）',
    '记录人（签名）',
  ],
  evidence: ['证据材料', number, '序号/名称/来源/页数'],
  agreement: [
    '人民调解协议书',
    number,
    ...all,
    '纠纷主要事实、争议事项',
    '经调解，自愿达成如下协议',
    '履行方式、时限',
    'TERMS',
    '人民调解员',
    ...times(parties, '当事人（签名盖章或按指印）'),
    '人民调解员（签名）',
    '记录人（签名）',
    seal,
    'DATE',
  ],
  oralAgreement: [
    '人民调解口头协议登记表',
    number,
    ...all,
    '纠纷主要事实、争议事项',
    '协议内容',
    '履行方式、时限',
    'TERMS',
    '调解协议涉及金额',
    '人民调解员',
    '人民调解员（签名）',
    seal,
    'DATE',
  ],
  courtConfirmation: [
    '司法确认申请书',
    ...toCourt,
    '委托代理人',
    '申请事项',
    '事实与理由',
    '承诺',
    '附件',
    '4 items',
    '此致',
    ...times(parties, '申请人（签名盖章或按指印）'),
    'DATE',
  ],
  dossierNote: ['卷宗情况说明', '立卷人', '检查人', 'DATE'],
  backCover: ['封底', '立卷人', '立卷时间'],
});

const session = (number: string, parties: number): readonly string[] => [
  number,
  '时间',
  '地点',
  '事由',
  '参加人',
  '当事人',
  '调解员',
  '记录人',
  '告知权利义务',
  '双方陈述',
  '核实与质证',
  '协议内容或不成原因及救济途径告知',
  ...times(parties, '当事人（签名）'),
  '参加人（签名）',
  '调解员（签名）',
  '记录人（签名）',
];

/** What differs from day to day stands as DATE and TERMS in the forms above. */
const generalised = (labels: readonly string[], blank: boolean): readonly string[] =>
  labels.flatMap((label) => {
    if (label === '序号/履行事项/金额/期限') return ['TERMS'];
    const isDate = /^\d{4}年\d+月\d+日$/.test(label) || (blank && label === '    年    月    日');
    return [isDate ? 'DATE' : label];
  });

const printedForms = (values: Values, blank = false): object =>
  Object.fromEntries(
    Object.keys(formsFor({})).map((name) => [name, generalised(labelsOf(print(name, values)), blank)]),
  );

describe('fields in the official order', () => {
  test('between two residents', () => {
    expect(printedForms(whole)).toEqual(formsFor({}));
  });

  test('between a resident and an organisation, which asked for it', () => {
    const [wangWei] = leak.registration.parties;
    const organisations = [{ name: '邻安物业管理有限公司', isApplicant: true }];
    expect(printedForms({ ...whole, parties: [wangWei], organisations })).toEqual(
      formsFor({
        applicants: [`申请人 ${ORGANISATION}`],
        all: [`当事人 ${P}`, `当事人 ${ORGANISATION}`],
        toCourt: [`申请人 ${APPLICANT}`, `申请人 ${ORGANISATION}`],
      }),
    );
  });

  test('among five, two of whom asked: everybody has a block and a place to sign', () => {
    const { jiHaiyan, shanXiong, ayiguli } = residents;
    const others = [jiHaiyan, shanXiong, ayiguli].map(({ id, name }) => ({ id, title: name }));
    const [wangWei, zhangXiuying] = leak.registration.parties;
    const five = formsFor({
      parties: 5,
      applicants: times(2, `申请人 ${P}`),
      respondents: times(3, `被申请人 ${P}`),
      all: times(5, `当事人 ${P}`),
      toCourt: times(5, `申请人 ${APPLICANT}`),
    });
    const values = {
      ...whole,
      parties: [wangWei, zhangXiuying, ...others],
      applicants: [zhangXiuying, others[0]],
    };
    expect(printedForms(values)).toEqual({
      ...five,
      application: five['application']?.flatMap((label) =>
        label === '申请人（签名盖章或按指印）' ? [label, label] : [label],
      ),
    });
  });

  test('of a case of which nothing is known yet: the whole form, to write on by hand', () => {
    const blank = printedForms({ stage: 'registered' }, true);
    const forms = formsFor({ number: '' });
    const withDates = Object.fromEntries(
      Object.entries(forms).map(([name, labels]) => [
        name,
        labels
          .filter((label) => label !== 'TERMS')
          .map((label) => (label === '    年    月    日' ? 'DATE' : label)),
      ]),
    );
    expect(blank).toEqual(withDates);
  });

  test('人民调解记录, a sheet a session', () => {
    expect(labelsOf(print('sessions'))).toEqual([
      '人民调解记录（第1次）',
      ...session(NUMBER, 2),
      '---',
      '人民调解记录（第2次）',
      ...session(NUMBER, 2),
    ]);
    expect(labelsOf(print('sessions', { stage: 'mediating' }))).toEqual(['人民调解记录', ...session('', 2)]);
  });

  test('人民调解回访记录, a sheet a visit', () => {
    const visit = (number: string, day: string) => [
      '人民调解回访记录',
      ...['当事人', '调解协议编号', '回访事由', '回访时间', '回访情况', '是否满意', '有无激化隐患', '措施'],
      ...['协议履行情况', '回访人', '回访人（签名）', '江南新村居民区人民调解委员会', day],
    ];
    const followUps = [entry(leak.followUp, 3), entry({ ...leak.followUp, visitedOn: '2026-11-23' }, 5)];
    expect(labelsOf(print('followUp', { ...whole, followUps }))).toEqual([
      ...visit(NUMBER, '2026年11月22日'),
      '---',
      ...visit(NUMBER, '2026年11月23日'),
    ]);
    expect(labelsOf(print('followUp', {}))).toEqual(visit('', '    年    月    日'));
  });

  test('履行凭证: what, how much, when and who received it, for each term', () => {
    const term = ['履行内容', '金额', '日期', '收款人或接收人（签名）'];
    expect(labelsOf(print('performanceProof'))).toEqual(['履行凭证', '协议编号', ...term, ...term, '附件']);
    expect(labelsOf(print('performanceProof', {}))).toEqual(['履行凭证', '协议编号', ...term, '附件']);
  });

  test('卷宗封面', () => {
    expect(print('cover').blocks).toEqual([
      { kind: 'title', text: '江南新村居民区人民调解委员会' },
      { kind: 'line', label: '卷名', value: '王伟、张秀英邻里纠纷' },
      { kind: 'line', label: '卷号', value: '（2026）江南新村人调字第12号' },
      { kind: 'line', label: '人民调解员', value: '周敏' },
      { kind: 'line', label: '调解日期', value: '2026年11月2日至2026年11月12日' },
      { kind: 'line', label: '立卷人', value: '周敏' },
      { kind: 'line', label: '立卷日期', value: '2026年11月23日' },
      { kind: 'line', label: '保管期限', value: '长期' },
      { kind: 'line', label: '备注', value: '' },
    ]);
  });

  test('卷内目录: thirteen items with 必须 or 按需', () => {
    const { agents: _, investigations: __, evidence: ___, performanceProof: ____, ...bare } = whole;
    const [, , table] = print('contents', { ...bare, followUps: [], identitiesCheckedOn: undefined }).blocks;
    expect(table).toEqual({
      kind: 'table',
      columns: ['序号', '文书名称', '页号', '备注'],
      rows: [
        ['1', '申请书或受理登记表', '', '必须，已有'],
        ['2', '权利义务告知书', '', '必须，已有'],
        ['3', '当事人身份证明', '', '必须，还缺'],
        ['4', '授权委托书', '', '按需'],
        ['5', '调查记录', '', '按需'],
        ['6', '证据材料', '', '按需'],
        ['7', '调解记录', '', '必须，已有'],
        ['8', '协议书或口头协议登记表', '', '必须，已有'],
        ['9', '履行凭证', '', '按需'],
        ['10', '回访记录', '', '必须，还缺'],
        ['11', '司法确认有关材料', '', '按需，已有'],
        ['12', '卷宗情况说明', '', '必须，已有'],
        ['13', '封底', '', '必须，已有'],
      ],
    });
  });
});
