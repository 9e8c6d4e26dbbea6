/**
 * The area tree as people see it: district, streets and towns, committees. Rights never ask it (an area is a prefix of its code);
 * it carries the names that screens, papers and official numbers print.
 */
import { choice } from '../../core/field/choice.ts';
import { date } from '../../core/field/date.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';

export const area = defineEntity('area', {
  label: { zh: '辖区', en: 'Areas' },
  one: { zh: '一个辖区', en: 'an area' },
  scope: { class: 'directory', level: 'district' },
  fields: {
    code: text(
      { zh: '统计用区划代码', en: 'Statistical code' },
      {
        required: true,
        fixed: true,
        min: 6,
        max: 12,
        search: 'text',
        help: { zh: '区 6 位，街镇 9 位，居委 12 位', en: '6, 9 or 12 digits' },
      },
    ),
    name: text({ zh: '名称', en: 'Name' }, { required: true, merge: 'ask', search: 'name' }),
    shortName: text(
      { zh: '简称', en: 'Short name' },
      {
        required: true,
        max: 20,
        help: { zh: '印在文书编号里，如“江南新村”', en: 'Printed in official numbers' },
      },
    ),
    level: choice(
      { zh: '层级', en: 'Level' },
      {
        district: { zh: '区', en: 'District' },
        subdistrict: { zh: '街道（镇）', en: 'Street or town' },
        committee: { zh: '居委会', en: 'Committee' },
      },
      { required: true },
    ),
    closedOn: date({ zh: '撤并日期', en: 'Closed on' }, { notAfterToday: true }),
  },
  title: ({ name }) => name ?? '',
  sections: [
    { label: { zh: '辖区', en: 'Area' }, fields: ['code', 'name', 'shortName', 'level', 'closedOn'] },
  ],
  list: { columns: ['name', 'shortName', 'level', 'code'], filters: ['level'], sort: { field: 'code' } },
  access: { create: ['administrator'], change: ['administrator'] },
  rules: [
    {
      id: 'area.code',
      check: ({ after }) =>
        /^\d+$/.test(String(after['code'])) &&
        LENGTHS[String(after['level'])] === String(after['code']).length
          ? undefined
          : { code: 'malformed', field: 'code' },
    },
  ],
  place: 'navigation',
  sample: ({ area: home, index }) => ({
    values: {
      code: `${home.code.slice(0, 6)}${String(900 + (index % 100)).padStart(3, '0')}`,
      name: `滨江第${index + 1}街道`,
      shortName: `滨江${index + 1}`,
      level: 'subdistrict',
    },
  }),
});

/** Digits of a code by its level. */
const LENGTHS: Readonly<Record<string, number>> = { district: 6, subdistrict: 9, committee: 12 };
