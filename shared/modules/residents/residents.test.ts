import { describe, expect, test } from 'vitest';
import type { Values } from '../../core/field/base.ts';
import { openOffice } from '../../testing/office.ts';
import { areas, people } from '../../testing/town.ts';
import { residents } from '../../testing/residents.ts';
import { resident } from './resident.ts';

const TODAY = '2026-11-23';
const home = areas.jiangnan.code;

const register = (values: Values) =>
  openOffice(TODAY).ask(people.zhouMin, 'resident', { create: values, area: home });

describe('registering a resident', () => {
  test('a name is enough for somebody who stands at the desk', () => {
    expect(register({ name: '丁一' })).toMatchObject({
      ok: true,
      value: { scope: '310104007001/residents' },
    });
  });

  test.each(Object.values(residents).map(({ name, values }) => [name, values] as const))(
    '%s is accepted',
    (_, values) => {
      expect(register(values)).toMatchObject({ ok: true, value: { values } });
    },
  );

  test.each([
    ['birthday', { birthday: '1990-01-02' }, { code: 'mismatch', field: 'birthday' }],
    ['sex', { sex: '2' }, { code: 'mismatch', field: 'sex' }],
  ])('a %s that contradicts the identity number is refused', (_, wrong, problem) => {
    expect(register({ ...residents.wangWei.values, ...wrong })).toEqual({
      ok: false,
      error: { code: 'rule', rule: 'resident.document', problems: [problem] },
    });
  });

  test('an unknown sex does not contradict anything', () => {
    expect(register({ ...residents.wangWei.values, sex: '9' }).ok).toBe(true);
  });

  test('a wrong check digit is refused at its place', () => {
    expect(register({ name: '王伟', document: { type: '111', number: '310104199001010012' } })).toEqual({
      ok: false,
      error: { code: 'schema', problems: [{ code: 'documentCheckDigit', field: 'document.number' }] },
    });
  });

  test('a wrong telephone number is refused in its row', () => {
    expect(register({ name: '王伟', phones: [{ number: '13800005678' }, { number: '1380000567' }] })).toEqual(
      {
        ok: false,
        error: { code: 'schema', problems: [{ code: 'phone', field: 'phones.1.number' }] },
      },
    );
  });

  test('below fourteen a guardian and the day of consent are needed, from the birthday on no longer', () => {
    const born = (birthday: string, more: Values = {}) => register({ name: '李子涵', birthday, ...more });
    expect(born('2012-11-24')).toEqual({
      ok: false,
      error: { code: 'rule', rule: 'resident.guardian', problems: [{ code: 'required', field: 'guardian' }] },
    });
    expect(born('2012-11-24', { guardian: '李明' })).toMatchObject({
      error: { problems: [{ code: 'required', field: 'guardianConsentOn' }] },
    });
    expect(born('2012-11-23').ok).toBe(true);
  });

  test('the age of a child is read from the number where the birthday is not filled in', () => {
    const { document } = residents.liZihan.values;
    expect(register({ name: '李子涵', document })).toMatchObject({ error: { rule: 'resident.guardian' } });
  });

  test('nobody moves out before being born, and consent as a ground has its day', () => {
    expect(register({ name: '王伟', birthday: '1990-01-01', movedOutOn: '1989-12-31' })).toMatchObject({
      error: { problems: [{ code: 'dateOrder', field: 'movedOutOn' }] },
    });
    expect(register({ name: '王伟', legalBasis: 'consent' })).toMatchObject({
      error: { problems: [{ code: 'required', field: 'consentOn' }] },
    });
  });

  test('names of fifty characters beyond the BMP are in, fifty-one are out', () => {
    expect(register({ name: '𠮷'.repeat(50) }).ok).toBe(true);
    expect(register({ name: '𠮷'.repeat(51) })).toMatchObject({
      error: { problems: [{ code: 'tooLong', field: 'name', details: { max: '50' } }] },
    });
  });
});

test('an identity number fills in birthday and sex; a wrong one fills in nothing', () => {
  expect(resident.derive?.({ document: { type: '111', number: '31011220180615002X' } })).toEqual({
    birthday: '2018-06-15',
    sex: '2',
  });
  expect(resident.derive?.({ document: { type: '111', number: '310104199001010012' } })).toEqual({});
});

describe('care tags', () => {
  const office = openOffice(TODAY);
  const wangJianguo = office.done(people.zhouMin, 'resident', {
    create: residents.wangJianguo.values,
    area: home,
  });
  const tag = (name: string): Values => ({
    resident: office.reference(wangJianguo),
    tag: name,
    source: 'visit',
    from: '2026-11-01',
  });

  test('an ordinary tag lies with the residents, a need-to-know one where only the care worker reads', () => {
    const { zhouMin, shenLijuan } = people;
    expect(office.ask(zhouMin, 'careTag', { create: tag('livesAlone'), area: home })).toMatchObject({
      value: { scope: '310104007001/residents' },
    });
    expect(office.ask(shenLijuan, 'careTag', { create: tag('correction'), area: home })).toMatchObject({
      value: { scope: '310104007001/careRestricted' },
    });
    expect(office.ask(zhouMin, 'careTag', { create: tag('correction'), area: home })).toEqual({
      ok: false,
      error: { code: 'access' },
    });
  });

  test('SCOPE-3 SCOPE-6 a tag that turns out to need more care moves out of sight, by the one who may set it', () => {
    const { zhouMin, shenLijuan, liXiulan } = people;
    const record = office.done(zhouMin, 'careTag', { create: tag('livesAlone'), area: home });
    office.done(zhouMin, 'careTag', { share: record.id, with: { person: liXiulan.id } });
    expect(office.ask(zhouMin, 'careTag', { change: { tag: 'mental' }, of: record.id })).toEqual({
      ok: false,
      error: { code: 'access' },
    });
    expect(office.ask(zhouMin, 'careTag', { change: { tag: 'aged' }, of: record.id })).toMatchObject({
      value: { scope: '310104007001/residents', shares: [`person/${liXiulan.id}`] },
    });
    const moved = office.done(shenLijuan, 'careTag', { change: { tag: 'mental' }, of: record.id });
    expect([moved.scope, moved.shares]).toEqual(['310104007001/careRestricted', undefined]);
    expect(office.ask(zhouMin, 'careTag', { change: { note: '在服药' }, of: record.id })).toEqual({
      ok: false,
      error: { code: 'access' },
    });
  });

  test('what was need-to-know never comes into sight again', () => {
    const { shenLijuan } = people;
    const record = office.done(shenLijuan, 'careTag', { create: tag('correction'), area: home });
    const asked = (change: Values): unknown => office.ask(shenLijuan, 'careTag', { change, of: record.id });
    expect(asked({ tag: 'aged' })).toMatchObject({
      error: { rule: 'careTag.restricted', problems: [{ code: 'fixed', field: 'tag' }] },
    });
    expect(asked({ tag: 'reentry' })).toMatchObject({ value: { scope: '310104007001/careRestricted' } });
    const mind = { ...tag('disabled'), disabilityKind: 'mind' };
    const other = office.done(shenLijuan, 'careTag', { create: mind, area: home });
    expect(
      office.ask(shenLijuan, 'careTag', { change: { disabilityKind: 'sight' }, of: other.id }),
    ).toMatchObject({ error: { problems: [{ code: 'fixed', field: 'disabilityKind' }] } });
  });

  test('the kind of disability belongs to the tag of a disabled person, and 精神 is read by the care worker only', () => {
    const { zhouMin, shenLijuan } = people;
    const sight = { ...tag('disabled'), disabilityKind: 'sight', disabilityGrade: '2' };
    const record = office.done(zhouMin, 'careTag', { create: sight, area: home });
    expect(record).toMatchObject({ scope: '310104007001/residents' });
    const mind = { ...sight, disabilityKind: 'mind' };
    expect(office.ask(zhouMin, 'careTag', { create: mind, area: home })).toEqual({
      ok: false,
      error: { code: 'access' },
    });
    expect(office.ask(shenLijuan, 'careTag', { create: mind, area: home })).toMatchObject({
      value: { scope: '310104007001/careRestricted' },
    });
    const later = office.done(zhouMin, 'careTag', { create: tag('disabled'), area: home });
    const kindOf = (disabilityKind: string) => ({ change: { disabilityKind }, of: later.id });
    expect(office.ask(zhouMin, 'careTag', kindOf('mind'))).toEqual({ ok: false, error: { code: 'access' } });
    expect(office.ask(zhouMin, 'careTag', kindOf('sight'))).toMatchObject({ ok: true });
    expect(office.ask(shenLijuan, 'careTag', kindOf('mind'))).toMatchObject({
      value: { scope: '310104007001/careRestricted' },
    });
    expect(
      office.ask(zhouMin, 'careTag', { create: { ...tag('aged'), disabilityGrade: '1' }, area: home }),
    ).toMatchObject({
      error: { problems: [{ field: 'disabilityGrade', details: { what: '标签是“残疾人”才填' } }] },
    });
  });

  test('it does not end before it began', () => {
    expect(
      office.ask(people.zhouMin, 'careTag', { create: { ...tag('aged'), to: '2026-10-31' }, area: home }),
    ).toMatchObject({
      error: { problems: [{ code: 'dateOrder', field: 'to' }] },
    });
  });
});
