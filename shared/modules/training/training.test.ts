import { describe, expect, test } from 'vitest';
import { openOffice } from '../../testing/office.ts';
import { areas, people } from '../../testing/town.ts';

const TODAY = '2026-11-23';
const { zhouMin, chenGuodong, liXiulan } = people;
const street = areas.xietu.code;
const course = {
  name: '人民调解实务：从受理到归档',
  category: 'topic',
  organiser: '斜土路街道办事处',
  startsAt: '2026-11-23T09:00',
  hours: 4,
  place: '街道社区学校',
};
const seat = (who: { id: string; name: string }) => ({ id: who.id, title: who.name });

describe('an event', () => {
  test('is the street’s: a committee’s social worker does not make one', () => {
    const office = openOffice(TODAY);
    expect(office.ask(liXiulan, 'trainingEvent', { create: course, area: street })).toEqual({
      ok: false,
      error: { code: 'access' },
    });
    const committee = areas.jiangnan.code;
    expect(office.ask(zhouMin, 'trainingEvent', { create: course, area: committee })).toEqual({
      ok: false,
      error: { code: 'schema', problems: [{ code: 'malformed', field: 'area' }] },
    });
    expect(office.ask(zhouMin, 'trainingEvent', { create: course, area: street })).toMatchObject({
      value: { scope: '310104007/training', values: { stage: 'planned' } },
    });
  });

  test('goes from planned to open, held and closed; not held before its day', () => {
    const office = openOffice(TODAY);
    const later = { ...course, startsAt: '2026-11-24T09:00' };
    const { id } = office.done(zhouMin, 'trainingEvent', { create: later, area: street });
    office.done(zhouMin, 'trainingEvent', { advance: 'open', of: id });
    expect(office.ask(zhouMin, 'trainingEvent', { advance: 'held', of: id })).toEqual({
      ok: false,
      error: {
        code: 'rule',
        rule: 'trainingEvent.held',
        problems: [{ code: 'futureDate', field: 'startsAt' }],
      },
    });
    office.done(zhouMin, 'trainingEvent', { change: { startsAt: '2026-11-23T09:00' }, of: id });
    office.done(zhouMin, 'trainingEvent', { advance: 'held', of: id });
    expect(office.done(zhouMin, 'trainingEvent', { advance: 'closed', of: id }).values['stage']).toBe(
      'closed',
    );
    expect(office.ask(zhouMin, 'trainingEvent', { change: { place: '线上' }, of: id })).toMatchObject({
      error: { rule: 'archived' },
    });
  });

  test('ends after it begins, and is called off with a reason', () => {
    const office = openOffice(TODAY);
    expect(
      office.ask(zhouMin, 'trainingEvent', { create: { ...course, endsAt: course.startsAt }, area: street }),
    ).toMatchObject({ error: { problems: [{ code: 'dateOrder', field: 'endsAt' }] } });
    const { id } = office.done(zhouMin, 'trainingEvent', { create: course, area: street });
    expect(office.ask(zhouMin, 'trainingEvent', { advance: 'cancelled', of: id })).toMatchObject({
      error: { problems: [{ code: 'required', field: 'cancelReason' }] },
    });
  });
});

describe('who came', () => {
  const office = openOffice(TODAY);
  const event = office.reference(office.done(zhouMin, 'trainingEvent', { create: course, area: street }));
  const enrol = () =>
    office.done(zhouMin, 'participation', { create: { event, person: seat(chenGuodong) }, area: street }).id;

  test('the reference keeps the hours of the event', () => {
    expect(event.kept).toEqual({ name: course.name, startsAt: course.startsAt, hours: 4 });
  });

  test('attending needs hours, and never more than the event has', () => {
    const of = enrol();
    expect(office.ask(zhouMin, 'participation', { advance: 'attended', of })).toEqual({
      ok: false,
      error: { code: 'schema', problems: [{ code: 'required', field: 'hours' }] },
    });
    expect(office.ask(zhouMin, 'participation', { advance: 'attended', of, values: { hours: 4.5 } })).toEqual(
      {
        ok: false,
        error: {
          code: 'rule',
          rule: 'participation.hours',
          problems: [{ code: 'tooLarge', field: 'hours', details: { max: 4 } }],
        },
      },
    );
    const came = office.done(zhouMin, 'participation', {
      advance: 'attended',
      of,
      values: { hours: 4, checkedInAt: '2026-11-23T08:55', result: 'pass' },
    });
    expect(came.values).toMatchObject({ stage: 'attended', hours: 4, result: 'pass' });
    expect(office.ask(zhouMin, 'participation', { change: { hours: null }, of })).toMatchObject({
      error: { problems: [{ code: 'required', field: 'hours' }] },
    });
  });

  test('who stayed away has no hours to show', () => {
    expect(office.done(zhouMin, 'participation', { advance: 'absent', of: enrol() }).values).toMatchObject({
      stage: 'absent',
      person: { title: '陈国栋' },
    });
  });

  test('attendance is written by the street’s training staff alone', () => {
    expect(
      office.ask(chenGuodong, 'participation', { advance: 'attended', of: enrol(), values: { hours: 4 } }),
    ).toEqual({
      ok: false,
      error: { code: 'access' },
    });
  });
});
