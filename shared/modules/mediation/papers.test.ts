import { describe, expect, test } from 'vitest';
import type { DocumentBlock, DocumentModel } from '../../core/document.ts';
import type { Values } from '../../core/field/base.ts';
import type { RecordState } from '../../core/record.ts';
import { leak } from '../../testing/leak.ts';
import { residents } from '../../testing/residents.ts';
import { areas, people, type TownPerson } from '../../testing/town.ts';
import { dossierOf } from './dossier.ts';
import { mediation } from './mediation.ts';
import { ageOn } from './papers/party-block.ts';

const entry = (values: Values, count: number, more: object = {}) => ({
  id: `entry_${String(count).padStart(26, '0')}`,
  by: people.chenGuodong.id,
  at: '2026-11-12T07:00:00.000Z',
  values,
  ...more,
});

const whole: Values = {
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

const recordOf = (values: Values): RecordState => ({
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

const paperOf = (name: string) => {
  const paper = mediation.documents?.[name];
  if (!paper) throw new Error(`no paper ${name}`);
  return paper;
};

const print = (name: string, values: Values = whole): DocumentModel =>
  paperOf(name).build({
    record: recordOf(values),
    areaName: (code) => Object.values(areas).find((area) => area.code === code)?.name ?? '',
    personName: (id) => Object.values<TownPerson>(people).find((person) => person.id === id)?.name ?? '',
    today: '2026-11-23',
  });

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

describe('what is printed', () => {
  test('the party block as it was kept, with the age on the day of the agreement', () => {
    expect(print('agreement').blocks.filter(({ kind }) => kind === 'block')).toEqual([
      {
        kind: 'block',
        label: '当事人',
        items: [
          { label: '姓名', value: '王伟' },
          { label: '性别', value: '男' },
          { label: '民族', value: '汉族' },
          { label: '年龄', value: '36岁' },
          { label: '职业或职务', value: '工程师' },
          { label: '联系方式', value: '13800005678' },
          { label: '单位或住址', value: '大木桥路600弄55号302室' },
        ],
      },
      {
        kind: 'block',
        label: '当事人',
        items: [
          { label: '姓名', value: '张秀英' },
          { label: '性别', value: '女' },
          { label: '民族', value: '汉族' },
          { label: '年龄', value: '74岁' },
          { label: '职业或职务', value: '退休' },
          { label: '联系方式', value: '13600007788' },
          { label: '单位或住址', value: '零陵路250弄8号401室' },
        ],
      },
    ]);
  });

  test('the age is one year less until the birthday', () => {
    const ages = ['2026-03-07', '2026-03-08', '2026-12-31'].map((day) => ageOn(day, '1952-03-08'));
    expect(ages).toEqual([73, 74, 74]);
  });

  test('terms with amount and day, and a copy for each party and the committee', () => {
    const { blocks } = print('agreement', { ...whole, copies: undefined });
    expect(blocks.find(({ kind }) => kind === 'table')).toMatchObject({
      rows: [
        ['1', '重做卫生间防水', '', '2026年11月20日'],
        ['2', '付赔偿款', '2,200元', '2026年11月30日'],
      ],
    });
    expect(blocks).toContainEqual({
      kind: 'paragraph',
      text: '本协议一式3份，当事人、人民调解委员会各持一份。',
    });
  });

  test('an organisation has its own block', () => {
    const organisations = [{ name: '邻安物业管理有限公司', representative: '贺建新', post: '项目经理' }];
    const blocks = print('agreement', { ...whole, organisations }).blocks.filter(
      ({ kind }) => kind === 'block',
    );
    expect(blocks.at(-1)).toEqual({
      kind: 'block',
      label: '当事人',
      items: [
        { label: '名称', value: '邻安物业管理有限公司' },
        { label: '法定代表人', value: '贺建新' },
        { label: '职务', value: '项目经理' },
        { label: '联系方式', value: '' },
        { label: '地址', value: '' },
      ],
    });
  });

  test('the temporary number until the district has given one', () => {
    expect(print('agreement', { ...whole, number: { temporary: '临-A1-1' } }).blocks[1]).toEqual({
      kind: 'number',
      text: '临-A1-1',
    });
  });

  test('a session that a later one corrects is not printed', () => {
    const sessions = [
      entry(leak.firstSession, 1),
      entry(leak.lastSession, 2, { corrects: 'entry_00000000000000000000000001' }),
    ];
    const { blocks } = print('sessions', { ...whole, sessions });
    expect(blocks.filter((block) => block.kind === 'line' && block.label === '时间')).toEqual([
      { kind: 'line', label: '时间', value: '2026年11月12日 14:00' },
    ]);
  });

  test('the rights and duties in the words of the law', () => {
    expect(
      print('rightsNotice')
        .blocks.filter(({ kind }) => kind === 'list')
        .slice(0, 2),
    ).toEqual([
      {
        kind: 'list',
        items: [
          '选择或者接受人民调解员；',
          '接受调解、拒绝调解或者要求终止调解；',
          '要求调解公开进行或者不公开进行；',
          '自主表达意愿、自愿达成调解协议。',
        ],
      },
      {
        kind: 'list',
        items: ['如实陈述纠纷事实；', '遵守调解现场秩序，尊重人民调解员；', '尊重对方当事人行使权利。'],
      },
    ]);
  });

  test('what is asked for, without the numbers that were typed, and room for three', () => {
    expect(print('application').blocks.find(({ kind }) => kind === 'list')).toEqual({
      kind: 'list',
      items: ['查清漏水原因并修好。', '赔偿吊顶2.5平方米。', ''],
    });
  });

  test('whoever has not been named asks first: the first party', () => {
    const captions = (values: Values) =>
      print('application', values).blocks.flatMap((block) =>
        block.kind === 'block' ? [`${block.label} ${block.items[0]?.value}`] : [],
      );
    const [, zhangXiuying] = leak.registration.parties;
    expect([captions(whole), captions({ ...whole, applicants: [zhangXiuying] })]).toEqual([
      ['申请人 王伟', '被申请人 张秀英'],
      ['申请人 张秀英', '被申请人 王伟'],
    ]);
  });

  test('the check of identity lists kind and number of each party’s document', () => {
    const organisations = [{ name: '邻安物业管理有限公司', code: '913100000000000000' }];
    expect(print('identityCheck', { ...whole, organisations }).blocks[2]).toMatchObject({
      rows: [
        ['1', '王伟', '居民身份证', '310104199001010011'],
        ['2', '张秀英', '居民身份证', '310104195203080028'],
        ['3', '邻安物业管理有限公司', '营业执照', '913100000000000000'],
      ],
    });
  });

  test('an agent acts for a party whose block is printed, with the extent ticked', () => {
    const { blocks } = print('powerOfAttorney');
    expect(blocks.slice(1, 3)).toMatchObject([
      { label: '委托人', items: [{ value: '王伟' }, { value: '男' }, {}, { value: '36岁' }, {}, {}, {}] },
      { label: '受托人', items: [{ value: '王建国' }, {}, {}, {}, {}, { value: '13700003344' }, {}] },
    ]);
    expect(blocks.filter(({ kind }) => kind === 'paragraph')).toMatchObject([
      { text: '委托人现委托上列受托人，代为参加王伟、张秀英邻里纠纷的人民调解。' },
      { text: expect.stringMatching(/^□一般代理/) as string },
      { text: expect.stringMatching(/^☑特别授权/) as string },
    ]);
    expect(blocks).toContainEqual({ kind: 'line', label: '期限', value: '自签名之日起至2026年12月31日' });
  });

  test('the court reads who asks for what, and since when it is in force', () => {
    const { blocks } = print('courtConfirmation');
    expect(blocks.filter(({ kind }) => kind === 'paragraph')).toMatchObject([
      {
        text: `请求依法确认王伟、张秀英于2026年11月12日经江南新村居民区人民调解委员会主持调解达成的${NUMBER}调解协议有效。`,
      },
      { text: leak.agreement.facts },
      { text: expect.stringContaining('协议自2026年11月13日起生效') as string },
      { text: expect.stringContaining('没有恶意串通、规避法律的行为') as string },
    ]);
    expect(blocks).toContainEqual({ kind: 'line', label: '此致', value: '上海市徐汇区人民法院' });
  });
});

const missing = (name: string, values: Values): string[] =>
  (paperOf(name).missing?.(recordOf(values)) ?? []).map(({ zh }) => zh);

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
