import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address } from './field/address.ts';
import type { AnyField, Fields } from './field/field.ts';
import { choice } from './field/choice.ts';
import { date, dateTime } from './field/date.ts';
import { identityDocument } from './field/identity-document.ts';
import { money, number } from './field/number.ts';
import { phone } from './field/phone.ts';
import { reference, references } from './field/reference.ts';
import { rows } from './field/rows.ts';
import { text } from './field/text.ts';
import { yesNo } from './field/yes-no.ts';
import { maskValue, showInstant, showMoney, showValue } from './format.ts';
import { errand } from './testing/errand.ts';

const LABEL = { zh: '一项', en: 'One' };
const fields = errand.fields as Fields;
const both = (field: AnyField | undefined, value: unknown): readonly string[] =>
  field ? [showValue(field, value, 'zh'), showValue(field, value, 'en')] : [];

test('FIELD-12 every kind in both languages', () => {
  expect(both(fields.title, '修楼道灯')).toEqual(['修楼道灯', '修楼道灯']);
  expect(both(fields.kind, 'repair')).toEqual(['维修', 'Repair']);
  expect(both(fields.kind, 'gone')).toEqual(['gone', 'gone']);
  expect(both(fields.tags, ['urgent', 'stairs'])).toEqual(['紧急、爬楼', 'Urgent, Stairs']);
  expect(both(fields.stage, 'done')).toEqual(['已办结', 'Done']);
  expect(both(yesNo(LABEL), true)).toEqual(['是', 'Yes']);
  expect(both(yesNo(LABEL), false)).toEqual(['否', 'No']);
  expect(both(date(LABEL), '2026-11-03')).toEqual(['2026年11月3日', '3 November 2026']);
  expect(both(dateTime(LABEL), '2026-11-03T14:05')).toEqual(['2026年11月3日 14:05', '3 November 2026 14:05']);
  expect(both(number(LABEL, { unit: { zh: '人', en: 'people' } }), 0)).toEqual(['0人', '0 people']);
  expect(both(money(LABEL), 123_450)).toEqual(['1,234.50元', '¥1,234.50']);
  expect(both(reference(LABEL, 'person'), { id: 'person_1', title: '周敏' })).toEqual(['周敏', '周敏']);
  expect(both(references(LABEL, 'person'), [{ title: '周敏' }, { title: '陈国栋' }])).toEqual([
    '周敏、陈国栋',
    '周敏, 陈国栋',
  ]);
  expect(both(fields.phones, [{ number: '13812345678', since: '2020-01-01' }, { number: '110' }])).toEqual([
    '13812345678 2020年1月1日；110',
    '13812345678 1 January 2020; 110',
  ]);
  const entry = {
    id: 'e',
    by: 'p',
    at: '2026-11-20T18:30:00.000Z',
    values: { on: '2026-11-20', what: '换灯泡' },
  };
  expect(both(fields.visits, [entry])).toEqual([
    '2026年11月21日 02:30 2026年11月20日 换灯泡',
    '21 November 2026 02:30 20 November 2026 换灯泡',
  ]);
  expect(both(fields.number, { temporary: '临-D1-1' })).toEqual(['临-D1-1', '临-D1-1']);
  expect(both(fields.number, { temporary: '临-D1-1', official: '（2026）12号' })).toEqual([
    '（2026）12号',
    '（2026）12号',
  ]);
  expect(both(identityDocument(LABEL), { type: '111', number: '310104199001010011' })).toEqual([
    '居民身份证 310104199001010011',
    'Identity card 310104199001010011',
  ]);
  expect(both(identityDocument(LABEL), { type: 'none', number: '', reason: '遗失' })).toEqual([
    '无证件（遗失）',
    'None (遗失)',
  ]);
  expect(both(address(LABEL), { raw: 'x', road: '大木桥路', lane: '600', no: '55' })).toEqual([
    '大木桥路600弄55号',
    '大木桥路600弄55号',
  ]);
  expect([
    showMoney(5, 'zh'),
    showMoney(100_000_000, 'en'),
    showMoney(-250, 'zh'),
    showInstant('x', 'zh'),
  ]).toEqual(['0.05元', '¥1,000,000', '-2.50元', 'x']);
});

test('FIELD-12 absent values show as nothing, strange ones never throw', { timeout: 60_000 }, () => {
  const all = [
    ...Object.values(fields),
    address(LABEL),
    yesNo(LABEL),
    dateTime(LABEL),
    reference(LABEL, 'person'),
  ];
  for (const field of all)
    expect([...both(field, undefined), ...both(field, null), maskValue(field, '')]).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.jsonValue({ maxDepth: 3 }), (field, value) => {
      expect(typeof showValue(field, value, 'en')).toBe('string');
      expect(typeof maskValue({ ...field, sensitive: true } as AnyField, value)).toBe('string');
    }),
    { numRuns: 3000 },
  );
});

test('FIELD-13 sensitive values are masked by their kind', () => {
  const sensitive = { sensitive: true } as const;
  expect([
    maskValue(text(LABEL, { ...sensitive, search: 'name' }), '张伟'),
    maskValue(text(LABEL, { ...sensitive, search: 'name' }), '欧阳晓明'),
    maskValue(text(LABEL, { ...sensitive, search: 'name' }), '𠮷王明'),
    maskValue(text(LABEL, sensitive), '独居'),
    maskValue(phone(LABEL), '13812345678'),
    maskValue(phone(LABEL), '110'),
    maskValue(identityDocument(LABEL), { type: '111', number: '310104199001010011' }),
    maskValue(identityDocument(LABEL), { type: '414', number: 'E12345678' }),
    maskValue(identityDocument(LABEL), { type: 'none', number: '', reason: '遗失' }),
    maskValue(address(LABEL, sensitive), { raw: 'x', road: '大木桥路', lane: '600', no: '55', room: '302' }),
    maskValue(address(LABEL, sensitive), { raw: '桥洞下面' }),
    maskValue(date(LABEL, sensitive), '1990-01-01'),
    maskValue(choice(LABEL, { a: LABEL }, sensitive), 'a'),
    maskValue(rows(LABEL, { number: phone(LABEL), owner: text(LABEL) }), [
      { number: '13812345678', owner: '本人' },
    ]),
    maskValue(text(LABEL), '不是秘密'),
  ]).toEqual([
    '张*',
    '欧**明',
    '𠮷*明',
    '***',
    '138****5678',
    '110',
    '310104********0011',
    'E1*****78',
    '无证件',
    '大木桥路600弄***',
    '***',
    '1990-**-**',
    '***',
    '138****5678 本人',
    '不是秘密',
  ]);
});
