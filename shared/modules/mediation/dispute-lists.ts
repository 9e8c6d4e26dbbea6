/** The lists that the statistics of the upper levels ask for (mediation.md §4, §5; ids of the domain's code lists). */
import type { Options } from '../../core/field/choice.ts';

export const disputeTypes = {
  neighbour: { zh: '邻里纠纷', en: 'Neighbours' },
  family: { zh: '婚姻家庭纠纷', en: 'Marriage and family' },
  property: { zh: '物业纠纷', en: 'Property management' },
  damages: { zh: '损害赔偿纠纷', en: 'Damages' },
  house_plot: { zh: '房屋宅基地纠纷', en: 'House and homestead' },
  contract: { zh: '合同纠纷', en: 'Contract' },
  business: { zh: '生产经营纠纷', en: 'Production and business' },
  demolition: { zh: '征地拆迁纠纷', en: 'Expropriation and relocation' },
  pollution: { zh: '环境污染纠纷', en: 'Pollution' },
  wage_arrears: { zh: '拖欠农民工工资纠纷', en: 'Migrant wage arrears' },
  labour_other: { zh: '其他劳动争议纠纷', en: 'Other labour' },
  tourism: { zh: '旅游纠纷', en: 'Tourism' },
  ecommerce: { zh: '电子商务纠纷', en: 'E-commerce' },
  consumer_other: { zh: '其他消费纠纷', en: 'Other consumer' },
  medical: { zh: '医疗纠纷', en: 'Medical' },
  traffic: { zh: '道路交通事故纠纷', en: 'Road traffic' },
  land_forest: { zh: '山林土地纠纷', en: 'Land and forest' },
  village: { zh: '村务管理纠纷', en: 'Village affairs' },
  other: { zh: '其他纠纷', en: 'Other' },
} as const satisfies Options;

export const disputeSources = {
  application: { zh: '依申请调解', en: 'On application' },
  proactive: { zh: '主动调解', en: 'Proactive' },
  court: { zh: '法院委托移送', en: 'From court' },
  procuratorate: { zh: '检察院委托移送', en: 'From procuratorate' },
  police: { zh: '公安机关委托移送', en: 'From police' },
  petition: { zh: '信访部门委托移送', en: 'From petition office' },
  other_dept: { zh: '其他部门委托移送', en: 'From another department' },
} as const satisfies Options;

export const disputeDifficulties = {
  simple: { zh: '简单纠纷', en: 'Simple' },
  ordinary: { zh: '一般纠纷', en: 'Ordinary' },
  major: { zh: '重大纠纷', en: 'Major', tone: 'care' },
  complex: { zh: '疑难纠纷', en: 'Complex', tone: 'care' },
} as const satisfies Options;

export const courtProcedures = {
  assigned: { zh: '委派调解（立案前，30 日）', en: 'Assigned before filing, 30 days' },
  entrusted: { zh: '委托调解（普通程序，15 日）', en: 'Entrusted, ordinary, 15 days' },
  entrustedSummary: { zh: '委托调解（简易程序，7 日）', en: 'Entrusted, summary, 7 days' },
} as const satisfies Options;

/** 民事诉讼法205(二): the basic court at one of three places. */
export const courtPlaces = {
  party: { zh: '当事人住所地', en: 'Where a party lives' },
  object: { zh: '标的物所在地', en: 'Where the thing in dispute is' },
  committee: { zh: '调委会所在地', en: 'Where the committee sits' },
} as const satisfies Options;

export const rejectReasons = {
  reserved: { zh: '专门机关管辖或禁止调解', en: 'Reserved by law' },
  taken: { zh: '法院、公安等已受理或解决', en: 'Already handled elsewhere' },
  refused: { zh: '一方明确拒绝', en: 'A party refuses' },
  outside: { zh: '不属民间纠纷', en: 'Not a civil dispute' },
} as const satisfies Options;

export const performances = {
  done: { zh: '协议已履行', en: 'Performed', tone: 'done' },
  partial: { zh: '部分履行', en: 'Partly performed', tone: 'care' },
  confirm: { zh: '申请司法确认', en: 'Court confirmation' },
  regret: { zh: '达成协议后反悔', en: 'Went back on it', tone: 'danger' },
  sued: { zh: '达成协议后起诉', en: 'Sued', tone: 'danger' },
  upheld: { zh: '法院判决维持', en: 'Upheld by court' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Options;

export const confirmations = {
  undecided: { zh: '还没决定', en: 'Undecided' },
  notWanted: { zh: '双方不申请', en: 'Not wanted' },
  applied: { zh: '已共同申请', en: 'Applied for jointly', tone: 'active' },
  confirmed: { zh: '法院已确认', en: 'Confirmed', tone: 'done' },
  dismissed: { zh: '法院未予确认', en: 'Not confirmed', tone: 'care' },
} as const satisfies Options;

export const escalations = {
  none: { zh: '没有', en: 'None' },
  low: { zh: '低（蓝）', en: 'Low' },
  medium: { zh: '中（黄）', en: 'Medium', tone: 'care' },
  high: { zh: '高（红）', en: 'High', tone: 'danger' },
} as const satisfies Options;

export const retentions = {
  permanent: { zh: '永久', en: 'Permanent' },
  long: { zh: '长期', en: 'Long' },
  short: { zh: '短期', en: 'Short' },
} as const satisfies Options;

export const agreementForms = {
  written: { zh: '书面协议', en: 'Written' },
  oral: { zh: '口头协议', en: 'Oral' },
} as const satisfies Options;
