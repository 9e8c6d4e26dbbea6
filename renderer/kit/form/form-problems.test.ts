import { expect, test } from 'vitest';
import { date } from '../../../shared/core/field/date.ts';
import { identityDocument } from '../../../shared/core/field/identity-document.ts';
import { phone } from '../../../shared/core/field/phone.ts';
import { rows } from '../../../shared/core/field/rows.ts';
import { text } from '../../../shared/core/field/text.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import {
  firstMarked,
  problemsElsewhere,
  problemsInside,
  problemsOfDays,
  problemsOfForm,
  problemsOfRefusal,
} from './form-problems.ts';
import { refusalInEntry } from './entry-values.ts';

const label = (zh: string) => ({ zh, en: zh });
const fields = {
  name: text(label('姓名'), { required: true }),
  document: identityDocument(label('证件')),
  birthday: date(label('出生日期'), { notAfterToday: true }),
  phones: rows(label('电话'), { number: phone(label('号码'), { required: true }) }),
} satisfies Fields;

test('every wrong place is marked once, rows by their cell', () => {
  const values = {
    document: { type: '111', number: '310104199001010012' },
    birthday: '1990-02-30',
    phones: [{ number: '13812345678' }, { number: '123' }],
  };
  expect(problemsOfForm(fields, values)).toEqual({
    name: { code: 'required', field: 'name' },
    'document.number': { code: 'documentCheckDigit', field: 'document.number' },
    birthday: { code: 'noSuchDate', field: 'birthday' },
    'phones.1.number': { code: 'phone', field: 'phones.1.number' },
  });
});

test('a step insists on fields that the record itself does not', () => {
  expect(problemsOfForm(fields, { name: '王伟' }, new Set(['birthday']))).toEqual({
    birthday: { code: 'required', field: 'birthday' },
  });
});

test('a day after today is told without asking the desk', () => {
  expect(problemsOfDays(fields, { birthday: '2026-11-24' }, '2026-11-23')).toEqual({
    birthday: { code: 'futureDate', field: 'birthday' },
  });
  expect(problemsOfDays(fields, { birthday: '2026-11-23' }, '2026-11-23')).toEqual({});
});

test('a refusal is read as marks: the first field, the cells of a row, and what no field can show', () => {
  const problems = problemsOfRefusal({
    code: 'schema',
    problems: [
      { code: 'notYet', field: '' },
      { code: 'phone', field: 'phones.1.number' },
      { code: 'required', field: 'name' },
    ],
  });
  const names = ['name', 'birthday', 'phones'];
  expect(firstMarked(names, problems)).toBe('name');
  expect(problemsInside(problems, 'phones')).toEqual({ '1.number': { code: 'phone', field: '1.number' } });
  expect(problemsInside(problemsInside(problems, 'phones'), '1')).toEqual({
    number: { code: 'phone', field: 'number' },
  });
  expect(problemsElsewhere(names, problems)).toEqual([{ code: 'notYet', field: '' }]);
});

test('a refused log entry is marked inside its own dialog', () => {
  const refusal = {
    code: 'schema',
    problems: [{ code: 'required', field: 'sessions.0.values.place' }],
  } as const;
  expect(refusalInEntry(refusal, 'sessions')).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'place' }],
  });
});
