/** The national code sets that the register of residents speaks (residents.md §1, §3). */
import type { Options } from '../../core/field/choice.ts';

/** GB/T 2261.2. */
export const marriages = {
  '10': { zh: '未婚', en: 'Single' },
  '20': { zh: '已婚', en: 'Married' },
  '30': { zh: '丧偶', en: 'Widowed' },
  '40': { zh: '离婚', en: 'Divorced' },
  '90': { zh: '未说明', en: 'Not stated' },
} as const satisfies Options;

/** GB/T 4658. */
export const educations = {
  '10': { zh: '研究生', en: 'Postgraduate' },
  '20': { zh: '大学本科', en: 'University' },
  '30': { zh: '大学专科', en: 'College' },
  '40': { zh: '中专、中技', en: 'Secondary vocational' },
  '60': { zh: '高中', en: 'Senior high school' },
  '70': { zh: '初中', en: 'Junior high school' },
  '80': { zh: '小学', en: 'Primary school' },
  '90': { zh: '其他', en: 'Other' },
} as const satisfies Options;

/** GB/T 4762. */
export const politics = {
  '01': { zh: '中共党员', en: 'CPC member' },
  '02': { zh: '中共预备党员', en: 'CPC candidate member' },
  '03': { zh: '共青团员', en: 'Youth League member' },
  '04': { zh: '民革党员', en: 'RCCK member' },
  '05': { zh: '民盟盟员', en: 'CDL member' },
  '06': { zh: '民建会员', en: 'CNDCA member' },
  '07': { zh: '民进会员', en: 'CAPD member' },
  '08': { zh: '农工党党员', en: 'CPWDP member' },
  '09': { zh: '致公党党员', en: 'CZGP member' },
  '10': { zh: '九三学社社员', en: 'Jiusan Society member' },
  '11': { zh: '台盟盟员', en: 'TDSL member' },
  '12': { zh: '无党派人士', en: 'Without party affiliation' },
  '13': { zh: '群众', en: 'None' },
} as const satisfies Options;

/** GB/T 4761, first digit. */
export const kinships = {
  '0': { zh: '户主', en: 'Head' },
  '1': { zh: '配偶', en: 'Spouse' },
  '2': { zh: '儿子', en: 'Son' },
  '3': { zh: '女儿', en: 'Daughter' },
  '4': { zh: '孙辈', en: 'Grandchild' },
  '5': { zh: '父母', en: 'Parent' },
  '6': { zh: '祖父母', en: 'Grandparent' },
  '7': { zh: '兄弟姐妹', en: 'Sibling' },
  '8': { zh: '其他', en: 'Other' },
} as const satisfies Options;

export const residenceStatuses = {
  both: { zh: '人在户在', en: 'Lives and is registered here' },
  lives_only: { zh: '人在户不在', en: 'Lives here, registered elsewhere' },
  hukou_only: { zh: '户在人不在', en: 'Registered here, lives elsewhere' },
  foreign: { zh: '境外人员', en: 'From abroad' },
} as const satisfies Options;

/** On which ground the data are kept (个人信息保护法13). */
export const legalBases = {
  statutory: { zh: '法定职责', en: 'Statutory task' },
  consent: { zh: '本人同意', en: 'Consent' },
  emergency: { zh: '紧急情况', en: 'Emergency' },
} as const satisfies Options;
