/**
 * Who works here: the directory's visible side, for choosing mediators, visitors and participants. What a person may do follows from
 * the grants that the district keeps for the account, never from this record.
 */
import { date } from '../../core/field/date.ts';
import { phone } from '../../core/field/phone.ts';
import { reference } from '../../core/field/reference.ts';
import { rows } from '../../core/field/rows.ts';
import { choice } from '../../core/field/choice.ts';
import { text } from '../../core/field/text.ts';
import { yesNo } from '../../core/field/yes-no.ts';
import { defineEntity } from '../../core/entity.ts';
import { roles } from './roles.ts';

export const person = defineEntity('person', {
  label: { zh: '工作人员', en: 'Staff' },
  one: { zh: '一位工作人员', en: 'a member of staff' },
  scope: { class: 'directory', level: 'district' },
  fields: {
    name: text({ zh: '姓名', en: 'Name' }, { required: true, merge: 'ask', search: 'name' }),
    phone: phone({ zh: '电话', en: 'Telephone' }),
    unit: text({ zh: '单位', en: 'Unit' }, { search: 'text' }),
    post: text({ zh: '岗位', en: 'Post' }, { max: 30 }),
    roles: rows(
      { zh: '角色', en: 'Roles' },
      {
        role: choice({ zh: '角色', en: 'Role' }, roles, { required: true }),
        area: reference({ zh: '在哪里', en: 'Where' }, 'area', { required: true }),
      },
      {
        help: {
          zh: '给大家看的；实际权限由区里的账号管理',
          en: 'For reading; rights are kept with the account',
        },
      },
    ),
    active: yesNo({ zh: '在岗', en: 'In service' }),
    since: date({ zh: '到岗日期', en: 'Since' }, { notAfterToday: true }),
  },
  title: ({ name }) => name ?? '',
  kept: ['name', 'unit', 'post'],
  sections: [
    { label: { zh: '基本情况', en: 'About' }, fields: ['name', 'phone', 'unit', 'post', 'active', 'since'] },
    { label: { zh: '角色', en: 'Roles' }, fields: ['roles'] },
  ],
  list: { columns: ['name', 'unit', 'post', 'phone'], filters: ['active'], sort: { field: 'name' } },
  access: { create: ['administrator'], change: ['administrator'] },
  place: 'navigation',
  sample: ({ source, index, area: home }) => ({
    values: {
      name: `${SURNAMES[index % SURNAMES.length]}${GIVEN[index % GIVEN.length]}`,
      phone: `139${String(10_000_000 + index * 37)}`,
      unit: home.name,
      post: source.pick(['社区工作者', '人民调解员', '培训专管员']),
      active: true,
    },
  }),
});

/** Eight and seven have no common divisor: 56 names before one comes back. */
const SURNAMES = ['施', '乔', '褚', '宓', '龚', '殷', '鲍', '瞿'];
const GIVEN = ['文静', '志强', '晓燕', '海峰', '美玲', '立新', '佳怡'];
