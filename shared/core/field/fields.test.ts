import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemSentence, type Problem, type ProblemCode } from '../problem.ts';
import { problemSentences } from '../problem-sentences.ts';
import { errand } from '../testing/errand.ts';
import { tidyValue, tidyValues } from '../tidy.ts';
import { problemsIn, valuesSchema } from '../values-schema.ts';
import { address } from './address.ts';
import { isAbsent, type FieldMap, type Values } from './base.ts';
import { choice, choices } from './choice.ts';
import { date, dateTime } from './date.ts';
import { identityDocument } from './identity-document.ts';
import { money, number } from './number.ts';
import { phone } from './phone.ts';
import { references } from './reference.ts';
import { entries, rows } from './rows.ts';
import { text } from './text.ts';
import { yesNo } from './yes-no.ts';

const LABEL = { zh: '姓名', en: 'Name' };
const check = (fields: FieldMap, values: Values, extent: 'whole' | 'part' = 'part'): readonly Problem[] =>
  problemsIn(values, valuesSchema(fields, extent));
const codes = (field: FieldMap[string], value: unknown): readonly string[] =>
  check({ value: field }, { value }).map((problem) => `${problem.field} ${problem.code}`);

test('FIELD-1 what is absent, and where that matters', () => {
  expect([undefined, null, '', [], 0, false, ' '].map(isAbsent)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  const fields = { name: text(LABEL, { required: true }), note: text(LABEL) };
  expect(check(fields, { name: '' }, 'whole')).toEqual([{ code: 'required', field: 'name' }]);
  expect(check(fields, { note: '在家' }, 'part')).toEqual([]);
  const phones = rows(LABEL, { number: phone(LABEL, { required: true }) });
  expect(codes(phones, [{ number: '13812345678' }, {}])).toEqual(['value.1.number required']);
  const visits = entries(LABEL, LABEL, { what: text(LABEL, { required: true }) });
  const entry = { id: `entry_${'0'.repeat(26)}`, by: 'person_1', at: '2026-11-23T02:00:00.000Z', values: {} };
  expect(codes(visits, [entry])).toEqual(['value.0.values.what required']);
});

test('FIELD-2 characters are counted as people count them', () => {
  const name = text(LABEL, { max: 3 });
  expect(['王𠮷明', '王𠮷𠮷明'].map((value) => codes(name, value))).toEqual([[], ['value tooLong']]);
  expect(check({ name }, { name: '长'.repeat(10_000) })).toEqual([
    { code: 'tooLong', field: 'name', details: { max: '3' } },
  ]);
  expect(codes(text(LABEL), '阿卜杜热合曼·麦麦提伊敏江')).toEqual([]);
  expect(codes(text(LABEL, { min: 2 }), '王')).toEqual(['value tooShort']);
});

test('FIELD-3 control characters, surrogates, direction overrides and emoji', () => {
  const line = text(LABEL);
  const refused = ['a\u0000b', '\u202e明王', '\ud842', 'a\nb', '王😀', '王👍🏽', '🇨🇳', '   '];
  expect(refused.map((value) => codes(line, value))).toEqual([
    ['value controlCharacter'],
    ['value controlCharacter'],
    ['value controlCharacter'],
    ['value controlCharacter'],
    ['value emoji'],
    ['value emoji'],
    ['value emoji'],
    ['value tooShort'],
  ]);
  expect(['12-3#*', '㐱𠮷䶮𫚭', '® 2026', '，。；「」'].map((value) => codes(line, value))).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(codes(text(LABEL, { multiline: true }), '一\n二')).toEqual([]);
});

test('FIELD-4 days that the calendar has', () => {
  const days = ['2024-02-29', '2026-02-29', '2026-04-31', '1899-12-31', '2200-01-01', '2026-1-1', 20260101];
  expect(days.map((value) => codes(date(LABEL), value).length)).toEqual([0, 1, 1, 1, 1, 1, 1]);
  const minutes = ['2026-11-23T23:59', '2026-11-23T24:00', '2026-11-31T10:00', '2026-11-23', 'x'];
  expect(minutes.map((value) => codes(dateTime(LABEL), value))).toEqual([
    [],
    ['value noSuchTime'],
    ['value noSuchDate'],
    ['value noTime'],
    ['value noSuchDate'],
  ]);
});

test('FIELD-6 a choice is one of its own options', () => {
  const field = choice(LABEL, { repair: LABEL });
  expect(['repair', 'constructor', '__proto__', '', 1].map((value) => codes(field, value))).toEqual([
    [],
    ['value unknownChoice'],
    ['value unknownChoice'],
    [],
    ['value malformed'],
  ]);
});

test('FIELD-7 sets hold nobody twice and keep their size', () => {
  expect(codes(choices(LABEL, { a: LABEL, b: LABEL }), ['a', 'a'])).toEqual(['value sameTwice']);
  const person = (count: number) => ({ id: `person_${String(count).padStart(26, '0')}`, title: '周敏' });
  const field = references(LABEL, 'person', { min: 2, max: 3 });
  const sets = [[1], [1, 2], [1, 1], [1, 2, 3, 4]].map((numbers) => numbers.map(person));
  expect(sets.map((value) => codes(field, value))).toEqual([
    ['value tooFew'],
    [],
    ['value sameTwice'],
    ['value tooMany'],
  ]);
  expect(codes(field, [{ id: 'errand_1', title: '' }, person(1)])).toEqual(['value.0.id malformed']);
});

test('FIELD-8 money in whole fen, numbers with bounds and decimals', () => {
  expect([0, 12_345, 0.5, -1, 1e15, '12', NaN].map((value) => codes(money(LABEL), value).length)).toEqual([
    0, 0, 1, 1, 1, 1, 1,
  ]);
  const area = number(LABEL, { min: 1, max: 200, decimals: 1 });
  expect([1, 88.5, 0.9, 200.1, 1.25].map((value) => codes(area, value))).toEqual([
    [],
    [],
    ['value tooSmall'],
    ['value tooLarge'],
    ['value malformed'],
  ]);
  expect(codes(number(LABEL), 1.5)).toEqual(['value notWhole']);
});

test('FIELD-9 unknown names pass', () => {
  expect(check({ name: text(LABEL) }, { fromTheFuture: { deep: ['x'] } }, 'whole')).toEqual([]);
});

test('FIELD-10 one problem a place, and a sentence for each code in both languages', () => {
  expect(codes(text(LABEL, { max: 3 }), '😀\n😀😀😀')).toEqual(['value tooLong']);
  for (const code of Object.keys(problemSentences) as ProblemCode[]) {
    for (const language of ['zh', 'en'] as const) {
      const details = { max: 5, min: 1, what: '还没有填写' };
      expect(problemSentence({ code, field: '', details }, language)).toMatch(/^[^{}]{3,}$/u);
    }
  }
});

test('FIELD-11 no value makes a check throw', { timeout: 60_000 }, () => {
  const fields: FieldMap = {
    ...(errand.fields as FieldMap),
    place: address(LABEL),
    when: dateTime(LABEL),
    agreed: yesNo(LABEL),
    card: identityDocument(LABEL),
  };
  const names = Object.keys(fields);
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.anything(), (name, value) => {
      expect(Array.isArray(check(fields, { [name]: value }))).toBe(true);
    }),
    { numRuns: 2000 },
  );
  const hostile = JSON.parse('{"__proto__":{"x":1},"constructor":1,"title":{"toString":1}}') as Values;
  expect(check(fields, hostile)).toEqual([{ code: 'malformed', field: 'title' }]);
  expect(({} as Values).x).toBeUndefined();
});

test('FIELD-14 what pasting brings along is left out', () => {
  const line = text(LABEL);
  const several = text(LABEL, { multiline: true });
  const pasted = ' 王\u200b建\t国\u00a0\u3000\r\n\ufeff';
  expect(tidyValue(line, pasted)).toBe('王建 国');
  expect(tidyValue(several, '一\r\n\u2060二\u200e  三\n')).toBe('一\n二  三');
  expect(tidyValue(line, '\u200b\u00ad')).toBe('');
  // Joiners belong to some scripts, and a rare character is two units.
  expect(tidyValue(line, 'می\u200cخواهم 𬭎')).toBe('می\u200cخواهم 𬭎');
  expect(tidyValue(phone(LABEL), '138\u200b1234 5678\u200e')).toBe('13812345678');
});

test('FIELD-14 values are stored tidy', () => {
  const given = {
    title: '  修灯 ',
    note: ' ',
    asker: { type: '111', number: '１１０１０５ 19491231 002x' },
    phones: [{ number: '138 1234 5678', since: '' }],
    cost: 0,
    unknown: ' x ',
  };
  expect(tidyValues(errand.fields as FieldMap, given)).toEqual({
    title: '修灯',
    asker: { type: '111', number: '11010519491231002X' },
    phones: [{ number: '13812345678' }],
    cost: 0,
    unknown: ' x ',
  });
});
