/** The party block P of the official forms: 姓名 / 性别 / 民族 / 年龄 / 职业或职务 / 联系方式 / 单位或住址, as kept at registration. */
import { printAddress, type Address } from '../../../core/address.ts';
import { nations } from '../../../core/code-sets/nations.ts';
import { sexes } from '../../../core/code-sets/sexes.ts';
import type { DocumentBlock } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import type { Reference } from '../../../core/field/reference.ts';
import { labelOf } from './paper.ts';

/** Whole years on a day; the birthday itself counts. */
export function ageOn(day: string, birthday: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthday.slice(0, 4));
  return day.slice(5) < birthday.slice(5) ? years - 1 : years;
}

function personBlock(label: string, { title, kept = {} }: Reference, day: string): DocumentBlock {
  const { name, sex, nation, birthday, occupation, phones, employer, address } = kept;
  const numbers = Array.isArray(phones) ? phones.map((row) => String((row as Values)['number'] ?? '')) : [];
  const dwelling = address === undefined || address === null ? '' : printAddress(address as Address);
  return {
    kind: 'block',
    label,
    items: [
      { label: '姓名', value: typeof name === 'string' ? name : title },
      { label: '性别', value: labelOf(sexes, sex) },
      { label: '民族', value: labelOf(nations, nation) },
      { label: '年龄', value: typeof birthday === 'string' ? `${ageOn(day, birthday)}岁` : '' },
      { label: '职业或职务', value: typeof occupation === 'string' ? occupation : '' },
      { label: '联系方式', value: numbers.join('、') },
      { label: '单位或住址', value: dwelling || (typeof employer === 'string' ? employer : '') },
    ],
  };
}

const organisationBlock = (label: string, organisation: Values): DocumentBlock => ({
  kind: 'block',
  label,
  items: [
    { label: '名称', value: String(organisation['name'] ?? '') },
    { label: '法定代表人', value: String(organisation['representative'] ?? '') },
    { label: '职务', value: String(organisation['post'] ?? '') },
    { label: '联系方式', value: String(organisation['phone'] ?? '') },
    { label: '地址', value: String(organisation['address'] ?? '') },
  ],
});

const residentsOf = (values: Values): readonly Reference[] =>
  (values['parties'] as readonly Reference[] | undefined) ?? [];
const organisationsOf = (values: Values): readonly Values[] =>
  (values['organisations'] as readonly Values[] | undefined) ?? [];

export const partyNames = (values: Values): readonly string[] => [
  ...residentsOf(values).map(({ title }) => title),
  ...organisationsOf(values).map(({ name }) => String(name)),
];

/** @param day on which the ages are counted */
export const partyBlocks = (values: Values, day: string): readonly DocumentBlock[] => [
  ...residentsOf(values).map((party) => personBlock('当事人', party, day)),
  ...organisationsOf(values).map((organisation) => organisationBlock('当事人', organisation)),
];
