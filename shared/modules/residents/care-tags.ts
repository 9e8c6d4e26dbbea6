/** Kinds of care and where a tag comes from (residents.md §1). */
import type { Options } from '../../core/field/choice.ts';

export const careTags = {
  livesAlone: { zh: '独居老人', en: 'Elderly living alone', tone: 'care' },
  allElderly: { zh: '纯老家庭', en: 'All-elderly household', tone: 'care' },
  aged: { zh: '高龄老人', en: 'Aged 80 and over', tone: 'care' },
  disabling: { zh: '失能失智', en: 'Disability or dementia of age', tone: 'care' },
  bereaved: { zh: '失独家庭', en: 'Lost an only child', tone: 'care' },
  childInNeed: { zh: '困境儿童', en: 'Child in need', tone: 'care' },
  leftBehind: { zh: '留守或单亲儿童', en: 'Left-behind or single-parent child', tone: 'care' },
  maternity: { zh: '孕产妇', en: 'Maternity', tone: 'care' },
  veteran: { zh: '优抚对象', en: 'Veteran or family', tone: 'plain' },
  disabled: { zh: '残疾人', en: 'Disabled person', tone: 'care' },
  majorIllness: { zh: '重大疾病', en: 'Major illness', tone: 'care' },
  minimumAllowance: { zh: '低保', en: 'Minimum allowance', tone: 'care' },
  nearAllowance: { zh: '低保边缘', en: 'Near the allowance', tone: 'care' },
  rigidSpending: { zh: '刚性支出困难', en: 'Hardship from unavoidable costs', tone: 'care' },
  extremePoverty: { zh: '特困', en: 'Extreme poverty', tone: 'care' },
  temporaryAid: { zh: '临时救助', en: 'Temporary aid', tone: 'care' },
  disaster: { zh: '受灾人员', en: 'Disaster victim', tone: 'care' },
  mental: { zh: '严重精神障碍', en: 'Severe mental disorder', tone: 'danger' },
  correction: { zh: '社区矫正', en: 'Community correction', tone: 'danger' },
  reentry: { zh: '安置帮教', en: 'Re-entry support', tone: 'danger' },
  rehabilitation: { zh: '吸毒康复', en: 'Drug rehabilitation', tone: 'danger' },
} as const satisfies Options;

export const disabilityKinds = {
  sight: { zh: '视力', en: 'Sight' },
  speech: { zh: '言语', en: 'Speech' },
  hearing: { zh: '听力', en: 'Hearing' },
  body: { zh: '肢体', en: 'Physical' },
  intellect: { zh: '智力', en: 'Intellectual' },
  mind: { zh: '精神', en: 'Mental' },
  multiple: { zh: '多重', en: 'Multiple' },
} as const satisfies Options;

export const disabilityGrades = {
  '1': { zh: '一级', en: 'Grade 1' },
  '2': { zh: '二级', en: 'Grade 2' },
  '3': { zh: '三级', en: 'Grade 3' },
  '4': { zh: '四级', en: 'Grade 4' },
} as const satisfies Options;

export const tagSources = {
  self: { zh: '本人或家属说明', en: 'Told by the person or family' },
  visit: { zh: '走访了解', en: 'Found on a visit' },
  neighbour: { zh: '邻居、楼组长反映', en: 'Told by neighbours' },
  street: { zh: '街道下发', en: 'From the street' },
  department: { zh: '其他部门转来', en: 'From a department' },
} as const satisfies Options;
