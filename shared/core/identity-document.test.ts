import { expect, test } from 'vitest';
import { birthdayOf, checkDocument, sexOf } from './identity-document.ts';

const card = (number: string) => ({ type: '111', number });
const codesOf = (type: string, numbers: readonly string[]) =>
  numbers.map((number) => checkDocument({ type, number }));

test('DOC-1 eighteen characters, a real date, the check character', () => {
  const sound = [
    '11010519491231002X',
    '310104199001010011',
    '31011220180615002X',
    '31011220180615002x',
    '810000199001010019',
    '830000199001010020',
  ];
  expect(codesOf('111', sound)).toEqual(sound.map(() => undefined));
  expect(
    codesOf('111', [
      '310101198502290011',
      '310104199001010012',
      '31010419900101001',
      '31010419900101X011',
      '',
    ]),
  ).toEqual(['documentDate', 'documentCheckDigit', 'documentLength', 'documentForm', 'required']);
});

test('DOC-1 any single digit typed wrong is noticed', () => {
  const number = '310104199001010011';
  for (let place = 0; place < 18; place++) {
    for (const digit of '0123456789') {
      if (digit === number[place]) continue;
      const wrong = number.slice(0, place) + digit + number.slice(place + 1);
      expect([wrong, checkDocument(card(wrong))]).not.toEqual([wrong, undefined]);
    }
  }
});

test('DOC-2 districts that are gone stay valid', () => {
  expect(checkDocument(card('310103196001010038'))).toBeUndefined();
});

test('DOC-3 fifteen digits are of the past', () => {
  expect(checkDocument(card('310104900101001'))).toBe('documentLength');
});

test('DOC-4 birthday and sex follow from sound numbers only', () => {
  const documents = [
    card('11010519491231002X'),
    card('310104199001010011'),
    { type: '553', number: '93184019850315001X' },
    { type: '113', number: '31011220180615002X' },
    card('310104199001010012'),
    { type: '414', number: 'E12345678' },
    { type: 'none', number: '', reason: '遗失' },
  ];
  expect(documents.map((document) => [birthdayOf(document), sexOf(document)])).toEqual([
    ['1949-12-31', '2'],
    ['1990-01-01', '1'],
    ['1985-03-15', '1'],
    ['2018-06-15', '2'],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

test('DOC-5 none needs a reason and has no number', () => {
  expect([
    checkDocument({ type: 'none', number: '' }),
    checkDocument({ type: 'none', number: '', reason: ' ' }),
    checkDocument({ type: 'none', number: '', reason: '新生儿，还没有上户口' }),
    checkDocument({ type: 'none', number: '310104199001010011', reason: '遗失' }),
  ]).toEqual(['documentReason', 'documentReason', undefined, 'documentForm']);
});

test('DOC-6 other kinds by their own forms', () => {
  expect(codesOf('553', ['93184019850315001X', 'SHA310012345678', '310104199001010011'])).toEqual([
    undefined,
    undefined,
    'documentForm',
  ]);
  expect(codesOf('516', ['H12345678', 'M1234567890', 'A12345678'])).toEqual([
    undefined,
    undefined,
    'documentForm',
  ]);
  expect(codesOf('511', ['12345678', '1234567890', '123456789'])).toEqual([
    undefined,
    undefined,
    'documentForm',
  ]);
  expect(codesOf('414', ['E12345678', 'EA1234567', 'abc-1'])).toEqual([undefined, undefined, 'documentForm']);
  expect(codesOf('113', ['310104199001010012', 'A1234567'])).toEqual(['documentCheckDigit', undefined]);
  expect(codesOf('990', ['Q310012345', '沪残1234', '<b>'])).toEqual([undefined, undefined, 'documentForm']);
  expect(codesOf('constructor', ['1'])).toEqual(['documentForm']);
});
