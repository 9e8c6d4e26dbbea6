import { describe, expect, test } from 'vitest';
import type { Values } from '../../core/field/base.ts';
import { leak } from '../../testing/leak.ts';
import { ageOn } from './papers/party-block.ts';
import { entry, print, whole } from './testing/whole-case.ts';

const NUMBER = '（2026）江南新村人调字第12号';

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
