/**
 * The party block P of the official forms: 姓名 / 性别 / 民族 / 年龄 / 职业或职务 / 联系方式 / 单位或住址, as kept at registration;
 * organisations 名称, 法定代表人姓名职务, 地址. And a place to sign for everybody who has to.
 */
import { printAddress, type Address } from '../../../core/address.ts';
import { nations } from '../../../core/code-sets/nations.ts';
import { sexes } from '../../../core/code-sets/sexes.ts';
import type { DocumentBlock } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import type { Reference } from '../../../core/field/reference.ts';
import { partiesOf, phonesOf, type Party } from '../parties.ts';
import { labelOf, textOf } from './paper.ts';

/** Whole years on a day; the birthday itself counts. */
export function ageOn(day: string, birthday: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthday.slice(0, 4));
  return day.slice(5) < birthday.slice(5) ? years - 1 : years;
}

interface Person {
  readonly name?: string;
  readonly sex?: string;
  readonly nation?: string;
  readonly age?: string;
  readonly occupation?: string;
  readonly phone?: string;
  readonly address?: string;
}

/** Somebody of whom only this much is known; the rest is written in by hand. */
export const strangerBlock = (
  label: string,
  { name = '', sex = '', nation = '', age = '', occupation = '', phone = '', address = '' }: Person,
): DocumentBlock => ({
  kind: 'block',
  label,
  items: [
    { label: '姓名', value: name },
    { label: '性别', value: sex },
    { label: '民族', value: nation },
    { label: '年龄', value: age },
    { label: '职业或职务', value: occupation },
    { label: '联系方式', value: phone },
    { label: '单位或住址', value: address },
  ],
});

function residentBlock(label: string, reference: Reference, day: string): DocumentBlock {
  const { title, kept = {} } = reference;
  const { name, sex, nation, birthday, occupation, employer, address } = kept;
  const dwelling = address === undefined || address === null ? '' : printAddress(address as Address);
  return strangerBlock(label, {
    name: typeof name === 'string' ? name : title,
    sex: labelOf(sexes, sex),
    nation: labelOf(nations, nation),
    age: typeof birthday === 'string' ? `${ageOn(day, birthday)}岁` : '',
    occupation: textOf(occupation),
    phone: phonesOf(reference).join('、'),
    address: dwelling || textOf(employer),
  });
}

export const organisationBlock = (label: string, organisation: Values): DocumentBlock => ({
  kind: 'block',
  label,
  items: [
    { label: '名称', value: textOf(organisation['name']) },
    { label: '法定代表人', value: textOf(organisation['representative']) },
    { label: '职务', value: textOf(organisation['post']) },
    { label: '联系方式', value: textOf(organisation['phone']) },
    { label: '地址', value: textOf(organisation['address']) },
  ],
});

/**
 * A block for each of them, or an empty one to write on.
 * @param day on which the ages are counted
 */
export const blocksOf = (label: string, parties: readonly Party[], day: string): readonly DocumentBlock[] =>
  parties.length === 0
    ? [strangerBlock(label, {})]
    : parties.map(({ name, reference, organisation }) => {
        if (organisation) return organisationBlock(label, organisation);
        return reference ? residentBlock(label, reference, day) : strangerBlock(label, { name });
      });

/** All parties of the dispute; two empty blocks where none is known. */
export function partyBlocks(values: Values, day: string): readonly DocumentBlock[] {
  const parties = partiesOf(values);
  return parties.length > 0
    ? blocksOf('当事人', parties, day)
    : [...blocksOf('当事人', [], day), ...blocksOf('当事人', [], day)];
}

/** One place to sign for each of so many people, and at least so many. */
export const places = (label: string, count: number, least: number): readonly string[] =>
  Array.from({ length: Math.max(count, least) }, () => label);

export const partyPlaces = (values: Values, label: string): readonly string[] =>
  places(label, partiesOf(values).length, 2);
