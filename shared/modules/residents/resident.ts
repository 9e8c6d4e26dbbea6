/**
 * A resident of the committee: who, where, how to reach. Only the name is asked of somebody who stands at the desk; the identity
 * number fills in birthday and sex, and must not contradict them. Care tags are records of their own (security.md).
 */
import { nations } from '../../core/code-sets/nations.ts';
import { sexes } from '../../core/code-sets/sexes.ts';
import { address } from '../../core/field/address.ts';
import { choice } from '../../core/field/choice.ts';
import { date } from '../../core/field/date.ts';
import { identityDocument } from '../../core/field/identity-document.ts';
import { phone } from '../../core/field/phone.ts';
import { rows } from '../../core/field/rows.ts';
import { text } from '../../core/field/text.ts';
import { birthdayOf, sexOf } from '../../core/identity-document.ts';
import { defineEntity } from '../../core/entity.ts';
import { educations, kinships, legalBases, marriages, politics, residenceStatuses } from './code-lists.ts';
import { agreesWithDocument, consentIsDated, guardianAgreed, withinOneLife } from './rules.ts';
import { sampleResident } from './sample-resident.ts';

export const resident = defineEntity('resident', {
  label: { zh: '居民', en: 'Residents' },
  one: { zh: '一位居民', en: 'a resident' },
  scope: { class: 'residents', level: 'committee' },
  place: 'navigation',
  fields: {
    name: text({ zh: '姓名', en: 'Name' }, { required: true, search: 'name', merge: 'ask' }),
    document: identityDocument(
      { zh: '证件', en: 'Identity document' },
      { merge: 'ask', help: { zh: '填了身份证号，生日和性别会自动填好', en: 'Fills in birthday and sex' } },
    ),
    sex: choice({ zh: '性别', en: 'Sex' }, sexes),
    birthday: date({ zh: '出生日期', en: 'Date of birth' }, { notAfterToday: true, sensitive: true }),
    nation: choice({ zh: '民族', en: 'Nationality' }, nations, { initial: '01' }),
    phones: rows(
      { zh: '联系电话', en: 'Telephones' },
      {
        number: phone({ zh: '号码', en: 'Number' }, { required: true }),
        owner: text(
          { zh: '谁的', en: 'Whose' },
          { max: 20, phrases: ['本人', '配偶', '子女', '父母', '邻居'] },
        ),
      },
      { max: 6, search: 'digits', sensitive: true },
    ),
    residenceStatus: choice({ zh: '人户情况', en: 'Residence' }, residenceStatuses, { initial: 'both' }),
    address: address(
      { zh: '现住址', en: 'Address' },
      { merge: 'ask', help: { zh: '如：大木桥路600弄55号302室', en: 'Road, lane, number, room' } },
    ),
    registeredAddress: address({ zh: '户籍地址', en: 'Registered address' }),
    livesAt: text(
      { zh: '实际居住地', en: 'Lives at' },
      {
        max: 100,
        help: {
          zh: '户口在、人不住这里的，写现在住哪里',
          en: 'For those registered here who live elsewhere',
        },
      },
    ),
    grid: text({ zh: '所属网格', en: 'Grid' }, { max: 20, search: 'text' }),
    household: text({ zh: '户编号', en: 'Household number' }, { max: 20, search: 'text' }),
    kinship: choice({ zh: '与户主关系', en: 'Relation to the head' }, kinships),
    marriage: choice({ zh: '婚姻状况', en: 'Marital status' }, marriages),
    education: choice({ zh: '文化程度', en: 'Education' }, educations),
    politics: choice({ zh: '政治面貌', en: 'Political status' }, politics),
    occupation: text({ zh: '职业或职务', en: 'Occupation' }, { max: 30 }),
    employer: text({ zh: '工作单位', en: 'Employer' }, { search: 'text' }),
    health: text(
      { zh: '健康状况', en: 'Health' },
      {
        max: 100,
        sensitive: true,
        help: { zh: '只写照顾这位居民要知道的', en: 'Only what their care needs' },
      },
    ),
    guardian: text(
      { zh: '监护人', en: 'Guardian' },
      { search: 'name', help: { zh: '未满 14 周岁必填', en: 'Needed below the age of 14' } },
    ),
    guardianConsentOn: date({ zh: '监护人同意日期', en: 'Guardian agreed on' }, { notAfterToday: true }),
    movedOutOn: date({ zh: '迁出日期', en: 'Moved out on' }, { notAfterToday: true }),
    movedTo: text({ zh: '迁往地', en: 'Moved to' }, { max: 100 }),
    diedOn: date({ zh: '死亡日期', en: 'Died on' }, { notAfterToday: true }),
    legalBasis: choice({ zh: '登记依据', en: 'Legal basis' }, legalBases, { initial: 'statutory' }),
    noticeOn: date(
      { zh: '告知日期', en: 'Notice given on' },
      {
        notAfterToday: true,
        help: {
          zh: '已告诉居民：谁在登记、做什么用、怎么查改',
          en: 'Told who keeps it, what for, and their rights',
        },
      },
    ),
    consentOn: date(
      { zh: '单独同意日期', en: 'Separate consent on' },
      {
        notAfterToday: true,
        help: { zh: '健康等敏感内容要本人单独同意', en: 'Sensitive data need separate consent' },
      },
    ),
    remarks: text({ zh: '备注', en: 'Remarks' }, { multiline: true, max: 500, search: 'text', merge: 'ask' }),
  },
  title: ({ name }) => name ?? '',
  // Papers of a mediation print them; the number of the document is asked for by the court and by the check of identity.
  kept: ['name', 'document', 'sex', 'nation', 'birthday', 'occupation', 'phones', 'employer', 'address'],
  sections: [
    {
      label: { zh: '基本情况', en: 'Who' },
      fields: ['name', 'document', 'sex', 'birthday', 'nation', 'phones'],
    },
    {
      label: { zh: '住址与户口', en: 'Where' },
      fields: ['residenceStatus', 'address', 'registeredAddress', 'livesAt', 'grid', 'household', 'kinship'],
    },
    {
      label: { zh: '个人状况', en: 'Circumstances' },
      fields: ['marriage', 'education', 'politics', 'occupation', 'employer', 'health'],
    },
    { label: { zh: '监护', en: 'Guardian' }, fields: ['guardian', 'guardianConsentOn'] },
    { label: { zh: '变动', en: 'Changes' }, fields: ['movedOutOn', 'movedTo', 'diedOn'] },
    {
      label: { zh: '告知与同意', en: 'Notice and consent' },
      fields: ['legalBasis', 'noticeOn', 'consentOn'],
    },
    { label: { zh: '备注', en: 'Remarks' }, fields: ['remarks'] },
  ],
  list: {
    columns: [
      'name',
      'sex',
      'birthday',
      'phones',
      'address',
      'residenceStatus',
      { label: { zh: '关爱标签', en: 'Care tags' }, entity: 'careTag', by: 'resident', shows: 'tag' },
    ],
    filters: ['residenceStatus', 'sex'],
    sort: { field: 'name' },
  },
  duplicates: [
    { id: 'document', label: { zh: '证件号码相同', en: 'Same document' }, by: ['document'], isCertain: true },
    {
      id: 'birthday',
      label: { zh: '姓名和出生日期相同', en: 'Same name and birthday' },
      by: ['name', 'birthday'],
      isCertain: true,
    },
    { id: 'phone', label: { zh: '姓名和电话相同', en: 'Same name and telephone' }, by: ['name', 'phones'] },
    {
      id: 'sound',
      label: { zh: '姓名读音和住址相同', en: 'Same sounding name and address' },
      by: ['name', 'address'],
      sounds: ['name'],
    },
  ],
  access: {
    create: ['socialWorker', 'mediator', 'careWorker', 'committeeSecretary'],
    change: ['socialWorker', 'mediator', 'committeeSecretary'],
  },
  rules: [agreesWithDocument, guardianAgreed, withinOneLife, consentIsDated],
  derive: ({ document }) => {
    const birthday = document && birthdayOf(document);
    const sex = document && sexOf(document);
    return { ...(birthday !== undefined && { birthday }), ...(sex !== undefined && { sex }) };
  },
  sample: sampleResident,
});
