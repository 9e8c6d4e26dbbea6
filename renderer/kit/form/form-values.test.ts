import { describe, expect, test } from 'vitest';
import { defineEntity } from '../../../shared/core/entity.ts';
import { choice } from '../../../shared/core/field/choice.ts';
import { identityDocument } from '../../../shared/core/field/identity-document.ts';
import { date } from '../../../shared/core/field/date.ts';
import { phone } from '../../../shared/core/field/phone.ts';
import { references } from '../../../shared/core/field/reference.ts';
import { entries, rows } from '../../../shared/core/field/rows.ts';
import { stages } from '../../../shared/core/field/stages.ts';
import { text } from '../../../shared/core/field/text.ts';
import { birthdayOf, type IdentityDocument } from '../../../shared/core/identity-document.ts';
import {
  change,
  changedValues,
  creation,
  formSections,
  initialValues,
  selfIn,
  stepFields,
  withDerived,
} from './form-values.ts';

const label = (zh: string) => ({ zh, en: zh });
const visit = defineEntity('visit', {
  label: label('来访'),
  scope: { class: 'casework' },
  fields: {
    name: text(label('姓名'), { required: true, merge: 'ask' }),
    document: identityDocument(label('证件')),
    birthday: date(label('出生日期')),
    kind: choice(label('类别'), { help: label('求助'), advice: label('咨询') }, { initial: 'advice' }),
    phones: rows(label('电话'), {
      number: phone(label('号码'), { required: true }),
      whose: text(label('谁的')),
    }),
    helpers: references(label('参加人'), 'person'),
    notes: entries(label('记录'), label('一次记录'), { what: text(label('内容')) }),
    stage: stages(label('进展'), {
      initial: 'open',
      stages: {
        open: { ...label('在办'), next: ['done'] },
        done: { ...label('办结'), next: [], requires: ['kind'], offers: ['birthday', 'notes', 'kind'] },
      },
    }),
  },
  title: ({ name }) => name ?? '',
  sections: [{ label: label('基本'), fields: ['name', 'notes', 'document', 'stage'] }],
  list: { columns: ['name'] },
  access: { create: ['socialWorker'], change: ['socialWorker'] },
  derive: ({ document }) => ({ birthday: document && birthdayOf(document as IdentityDocument) }),
  sample: () => ({ values: {} }),
});
const WANG_WEI = { type: '111', number: '310104199001010011' };
const zhou = { id: 'person_1', title: '周敏' };

describe('what a form asks for', () => {
  test('logs, stages and numbers are not asked; fields of no section come last', () => {
    expect(formSections(visit)).toEqual([
      { label: label('基本'), fields: ['name', 'document'] },
      { fields: ['birthday', 'kind', 'phones', 'helpers'] },
    ]);
  });

  test('declared first choices lie beneath what was handed over', () => {
    expect(initialValues(visit.fields)).toEqual({ kind: 'advice' });
    expect(initialValues(visit.fields, { kind: 'help', name: '王伟' })).toEqual({
      kind: 'help',
      name: '王伟',
    });
  });

  test('the dialog of a step asks for what it requires, then for what it offers, never twice and never for a log', () => {
    expect(stepFields(visit, 'done')).toEqual({ names: ['kind', 'birthday'], required: new Set(['kind']) });
  });
});

test('SCOPE-7 a confidential matter begins with its author among the readers, one’s own with its owner', () => {
  const me = { id: 'person_00000000000000000000000001', title: '周敏' };
  expect([
    selfIn({ ...visit, scope: { readers: 'readers' } }, me),
    selfIn({ ...visit, scope: { person: 'owner' } }, me),
    selfIn({ ...visit, scope: { readersOf: 'matter' } }, me),
    selfIn(visit, me),
  ]).toEqual([{ readers: [me] }, { owner: me }, {}, {}]);
});

describe('derived fields', () => {
  test('the identity number fills in the birthday', () => {
    const before = { name: '王伟' };
    expect(withDerived(visit, before, { ...before, document: WANG_WEI }, 'document')).toEqual({
      name: '王伟',
      document: WANG_WEI,
      birthday: '1990-01-01',
    });
  });

  test('a birthday corrected by hand stays while other fields are typed', () => {
    const before = { document: WANG_WEI, birthday: '1990-02-02' };
    const after = { ...before, name: '王' };
    expect(withDerived(visit, before, after, 'name')).toEqual(after);
  });
});

describe('values become a command', () => {
  test('a creation takes all that was filled in, without blanks, empty texts and empty rows', () => {
    const values = {
      name: ' 王伟 ',
      birthday: '',
      kind: 'advice',
      phones: [{ number: '13812345678', whose: '' }, { number: '' }, {}],
      helpers: [],
    };
    expect(creation(visit, 'visit_1', '310104007001', values)).toEqual({
      kind: 'create',
      entity: 'visit',
      record: 'visit_1',
      area: '310104007001',
      values: { name: '王伟', kind: 'advice', phones: [{ number: '13812345678' }] },
    });
  });

  test('a change writes only what differs; an emptied field is cleared', () => {
    const before = {
      name: '王伟',
      birthday: '1990-01-01',
      kind: 'help',
      helpers: [zhou],
      stage: 'open',
      notes: [],
    };
    const now = { name: '王维', birthday: '', kind: 'help', helpers: [zhou] };
    expect(change(visit, 'visit_1', before, now)).toEqual({
      kind: 'change',
      entity: 'visit',
      record: 'visit_1',
      values: { name: '王维', birthday: null },
    });
  });

  test('nothing changed is no command', () => {
    const before = { name: '王伟', kind: 'help', phones: [{ whose: '本人', number: '13812345678' }] };
    expect(
      change(visit, 'visit_1', before, { ...before, phones: [{ number: '13812345678', whose: '本人' }] }),
    ).toBeUndefined();
  });

  test('stage and log are never written by a form, whatever stands in it', () => {
    expect(
      changedValues(visit, { name: '王伟' }, { name: '王伟', stage: 'done', notes: [{ what: '谈话' }] }),
    ).toEqual({});
  });
});
