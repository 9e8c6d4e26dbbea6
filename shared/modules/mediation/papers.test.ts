import { describe, expect, test } from 'vitest';
import type { DocumentBlock, DocumentModel } from '../../core/document.ts';
import type { Values } from '../../core/field/base.ts';
import type { RecordState } from '../../core/record.ts';
import { leak } from '../../testing/leak.ts';
import { areas, people, type TownPerson } from '../../testing/town.ts';
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
  number: { temporary: '临-A1-1', official: '（2026）江南新村人调字第12号' },
  sessions: [entry(leak.firstSession, 1), entry(leak.lastSession, 2)],
  followUps: [entry(leak.followUp, 3)],
  performance: 'done',
  filedBy: { id: people.zhouMin.id, title: '周敏' },
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
  blocks.flatMap((block: DocumentBlock) => {
    if (block.kind === 'line') return [block.label];
    if (block.kind === 'block') return [(block.items ?? []).map(({ label }) => label).join('/')];
    if (block.kind === 'table') return [block.columns.join('/')];
    if (block.kind === 'signatures') return [...block.places];
    return block.kind === 'title' ||
      block.kind === 'heading' ||
      block.kind === 'date' ||
      block.kind === 'number'
      ? [block.text]
      : [];
  });

const P = '姓名/性别/民族/年龄/职业或职务/联系方式/单位或住址';

describe('fields in the official order', () => {
  test('人民调解受理登记表', () => {
    const paper = print('acceptance');
    expect(labelsOf(paper)).toEqual([
      '人民调解受理登记表',
      '（2026）江南新村人调字第12号',
      '纠纷类型',
      '案件来源',
      '纠纷简要情况',
      '当事人（签名）',
      '登记人（签名）',
      '人民调解委员会（印章）',
      '登记人',
      '人民调解委员会',
      '2026年11月2日',
      '备注',
    ]);
    expect(paper.blocks[2]).toEqual({
      kind: 'paragraph',
      text: '2026年11月2日，依当事人申请，经当事人同意，调解王伟、张秀英之间的纠纷。',
    });
  });

  test('人民调解记录, one after the other', () => {
    const session = (ordinal: number) => [
      `第${ordinal}次调解`,
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
      '当事人（签名）',
      '参加人（签名）',
      '调解员（签名）',
      '记录人（签名）',
    ];
    expect(labelsOf(print('sessions'))).toEqual([
      '人民调解记录',
      '（2026）江南新村人调字第12号',
      ...session(1),
      ...session(2),
    ]);
  });

  test('人民调解协议书', () => {
    expect(labelsOf(print('agreement'))).toEqual([
      '人民调解协议书',
      '（2026）江南新村人调字第12号',
      P,
      P,
      '纠纷主要事实、争议事项',
      '经调解，自愿达成如下协议',
      '履行方式、时限',
      '序号/履行事项/金额/期限',
      '人民调解员',
      '当事人（签名盖章或按指印）',
      '人民调解员（签名）',
      '记录人（签名）',
      '江南新村居民区人民调解委员会（印章）',
      '2026年11月12日',
    ]);
  });

  test('人民调解口头协议登记表', () => {
    expect(labelsOf(print('oralAgreement'))).toEqual([
      '人民调解口头协议登记表',
      '（2026）江南新村人调字第12号',
      P,
      P,
      '纠纷主要事实、争议事项',
      '协议内容',
      '履行方式、时限',
      '序号/履行事项/金额/期限',
      '调解协议涉及金额',
      '人民调解员',
      '人民调解员（签名）',
      '江南新村居民区人民调解委员会（印章）',
      '2026年11月12日',
    ]);
  });

  test('人民调解回访记录', () => {
    expect(labelsOf(print('followUp'))).toEqual([
      '人民调解回访记录',
      '当事人',
      '调解协议编号',
      '回访事由',
      '回访时间',
      '回访情况',
      '是否满意',
      '有无激化隐患',
      '措施',
      '协议履行情况',
      '回访人',
      '回访人（签名）',
      '江南新村居民区人民调解委员会',
      '2026年11月22日',
    ]);
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
    const [, , table] = print('contents', { ...whole, followUps: [], identitiesCheckedOn: undefined }).blocks;
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
        ['11', '司法确认有关材料', '', '按需'],
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

  test('a record of which little is known prints all the same, with rules to write on', () => {
    const { documents = {} } = mediation;
    const printed = Object.keys(documents).map(
      (name) => print(name, { stage: 'registered' }).blocks.length > 0,
    );
    expect(printed).toEqual(Object.keys(documents).map(() => true));
  });
});

describe('what is missing', () => {
  const missing = (name: string, values: Values): string[] =>
    (paperOf(name).missing?.(recordOf(values)) ?? []).map(({ zh }) => zh);

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
  });
});
