/** What is kept of a mediation, in the order of the desk: register, accept, hear, agree, perform, follow up, file. */
import { attachments } from '../../core/field/attachments.ts';
import { choice } from '../../core/field/choice.ts';
import { date, dateTime } from '../../core/field/date.ts';
import { money, number } from '../../core/field/number.ts';
import { officialNumber } from '../../core/field/official-number.ts';
import { reference, references } from '../../core/field/reference.ts';
import { rows } from '../../core/field/rows.ts';
import { text } from '../../core/field/text.ts';
import { yesNo } from '../../core/field/yes-no.ts';
import {
  agreementForms,
  confirmations,
  courtPlaces,
  courtProcedures,
  disputeDifficulties,
  disputeSources,
  disputeTypes,
  escalations,
  performances,
  rejectReasons,
  retentions,
} from './dispute-lists.ts';
import { followUps, investigations, notes, reports, sessions } from './logs.ts';
import { stage } from './stages.ts';

export const fields = {
  number: officialNumber(
    { zh: '编号', en: 'Number' },
    ({ year, ordinal, area }) => `（${year}）${area}人调字第${ordinal}号`,
  ),
  stage,

  source: choice({ zh: '案件来源', en: 'Source' }, disputeSources, {
    required: true,
    initial: 'application',
  }),
  disputeType: choice({ zh: '纠纷类型', en: 'Type of dispute' }, disputeTypes, { required: true }),
  difficulty: choice({ zh: '难易程度', en: 'Difficulty' }, disputeDifficulties, { initial: 'ordinary' }),
  subject: text(
    { zh: '纠纷简要情况', en: 'The dispute' },
    {
      required: true,
      multiline: true,
      merge: 'ask',
      search: 'text',
      help: {
        zh: '谁和谁、什么时候、为什么事。发现家庭暴力或人身危险，请先报警',
        en: 'Who, when, what about. Domestic violence or danger: call the police first',
      },
    },
  ),
  requests: text(
    { zh: '当事人的要求', en: 'What the parties ask for' },
    { multiline: true, max: 1000, merge: 'ask' },
  ),
  referredBy: text({ zh: '移送单位', en: 'Referred by' }, { max: 60 }),
  courtProcedure: choice({ zh: '法院委托方式', en: 'How the court sent it' }, courtProcedures, {
    help: { zh: '法院移送的才填', en: 'Only for what a court sent' },
  }),
  receivedOn: date({ zh: '收到材料日期', en: 'Papers received on' }, { notAfterToday: true }),

  parties: references({ zh: '当事人', en: 'Parties' }, 'resident', {
    min: 1,
    max: 30,
    search: 'name',
    help: { zh: '至少两方；单位写在下面', en: 'At least two; organisations go below' },
  }),
  applicants: references({ zh: '申请人', en: 'Applicants' }, 'resident', {
    max: 30,
    help: {
      zh: '当事人里谁来申请的；不填就算第一位',
      en: 'Which parties asked; the first one if left empty',
    },
  }),
  organisations: rows(
    { zh: '单位当事人', en: 'Organisations' },
    {
      name: text({ zh: '名称', en: 'Name' }, { required: true, max: 60 }),
      isApplicant: yesNo({ zh: '是申请的一方', en: 'It asks for the mediation' }),
      code: text({ zh: '统一社会信用代码', en: 'Credit code' }, { max: 18 }),
      representative: text({ zh: '法定代表人', en: 'Legal representative' }, { max: 30 }),
      post: text({ zh: '职务', en: 'Post' }, { max: 30 }),
      address: text({ zh: '地址', en: 'Address' }, { max: 100 }),
      phone: text({ zh: '联系方式', en: 'Contact' }, { max: 30 }),
    },
    { max: 10, search: 'text' },
  ),
  agents: rows(
    { zh: '委托代理人', en: 'Agents' },
    {
      name: text({ zh: '姓名', en: 'Name' }, { required: true }),
      principal: text(
        { zh: '代谁', en: 'For whom' },
        { required: true, help: { zh: '写当事人的全名', en: 'The party’s full name' } },
      ),
      extent: choice(
        { zh: '权限', en: 'Authority' },
        { general: { zh: '一般代理', en: 'General' }, special: { zh: '特别授权', en: 'Special' } },
        { required: true },
      ),
      phone: text({ zh: '联系方式', en: 'Contact' }, { max: 30 }),
      address: text({ zh: '单位或住址', en: 'Address' }, { max: 100 }),
      until: date({ zh: '委托到哪天', en: 'Until' }),
    },
    { max: 10 },
  ),

  partiesConsented: yesNo({ zh: '各方都同意调解', en: 'Every party agrees to mediation' }),
  rightsInformedAt: dateTime(
    { zh: '权利义务告知时间', en: 'Rights and duties told at' },
    {
      notAfterToday: true,
      help: {
        zh: '告知：自愿、免费、可选调解员、可公开或不公开、随时可以停',
        en: 'Voluntary, free, choice of mediator, open or closed',
      },
    },
  ),
  mediators: references({ zh: '调解员', en: 'Mediators' }, 'person', { max: 10 }),
  mediatorsSelectedBy: choice(
    { zh: '调解员怎么定的', en: 'Mediators chosen by' },
    {
      appointed: { zh: '调委会指定', en: 'The committee' },
      parties: { zh: '当事人选的', en: 'The parties' },
    },
    { initial: 'appointed' },
  ),
  recorder: reference({ zh: '记录人', en: 'Recorder' }, 'person'),
  openness: choice(
    { zh: '是否公开', en: 'Open or closed' },
    { closed: { zh: '不公开', en: 'Closed' }, open: { zh: '公开', en: 'Open' } },
    { initial: 'closed' },
  ),
  acceptedOn: date({ zh: '受理日期', en: 'Accepted on' }, { notAfterToday: true }),
  rejectReason: choice({ zh: '不予受理的原因', en: 'Why not accepted' }, rejectReasons),
  extendedTo: date(
    { zh: '双方同意延长到', en: 'Extended to' },
    {
      help: {
        zh: '一般一个月内调结，双方同意可以延长',
        en: 'Beyond a month only with both parties’ consent',
      },
    },
  ),
  escalation: choice({ zh: '激化风险', en: 'Risk of escalation' }, escalations, {
    help: {
      zh: '可能打人、自伤或聚众的，先稳住，马上报警',
      en: 'Where there is danger, call the police at once',
    },
  }),
  reports,

  investigations,
  evidence: rows(
    { zh: '证据材料', en: 'Evidence' },
    {
      name: text({ zh: '名称', en: 'Name' }, { required: true, max: 60 }),
      source: text({ zh: '来源', en: 'Source' }, { max: 30 }),
      pages: number({ zh: '页数', en: 'Pages' }, { min: 1, max: 999 }),
    },
    { max: 50 },
  ),
  evidenceFiles: attachments(
    { zh: '证据照片、扫描件', en: 'Photographs and scans of evidence' },
    {
      search: 'text',
      help: { zh: '现场照片、合同、收据；拍清楚、放正', en: 'The place, contracts, receipts' },
    },
  ),
  sessions,

  agreementForm: choice({ zh: '协议形式', en: 'Form of agreement' }, agreementForms),
  agreedOn: date({ zh: '达成协议日期', en: 'Agreed on' }, { notAfterToday: true }),
  facts: text(
    { zh: '纠纷主要事实、争议事项', en: 'Facts and matters in dispute' },
    { multiline: true, merge: 'ask', help: { zh: '写清各方的责任', en: 'With each party’s responsibility' } },
  ),
  content: text(
    { zh: '协议内容', en: 'Agreement' },
    {
      multiline: true,
      merge: 'ask',
      search: 'text',
      help: { zh: '写清谁、做什么、多少钱、哪一天前', en: 'Who, what, how much, by when' },
    },
  ),
  performanceMethod: text({ zh: '履行方式', en: 'Way of performance' }, { max: 200, merge: 'ask' }),
  terms: rows(
    { zh: '履行事项', en: 'Terms of performance' },
    {
      what: text({ zh: '要做的事', en: 'What' }, { required: true, max: 100 }),
      amount: money({ zh: '金额', en: 'Amount' }),
      dueOn: date({ zh: '期限', en: 'Due on' }),
      doneOn: date({ zh: '完成日期', en: 'Done on' }),
    },
    { max: 20, merge: 'ask' },
  ),
  amount: money({ zh: '涉及金额', en: 'Amount' }, { merge: 'ask' }),
  copies: number(
    { zh: '协议份数', en: 'Copies' },
    {
      min: 2,
      max: 40,
      unit: { zh: '份', en: 'copies' },
      help: { zh: '当事人每方一份，调委会留一份', en: 'One for each party and one to keep' },
    },
  ),
  partiesSignedOn: date({ zh: '当事人签名日期', en: 'Parties signed on' }, { notAfterToday: true }),
  mediatorSignedOn: date({ zh: '调解员签名日期', en: 'Mediator signed on' }, { notAfterToday: true }),
  sealedOn: date({ zh: '调委会盖章日期', en: 'Sealed on' }, { notAfterToday: true }),
  signedFiles: attachments(
    { zh: '签字扫描件', en: 'Signed papers, scanned' },
    { help: { zh: '签名盖章后的协议书、笔录', en: 'The agreement and records with their signatures' } },
  ),
  effectiveOn: date(
    { zh: '生效日期', en: 'In force from' },
    { help: { zh: '签名盖章的最后一天，会自动算出', en: 'The last of the signatures, filled in by itself' } },
  ),

  endReason: text(
    { zh: '没有调成的原因', en: 'Why it ended without agreement' },
    { multiline: true, max: 500, merge: 'ask' },
  ),
  remediesInformedOn: date(
    { zh: '告知其他途径日期', en: 'Other remedies told on' },
    {
      notAfterToday: true,
      help: { zh: '已告知可以仲裁、行政处理或起诉', en: 'Arbitration, administration or the court' },
    },
  ),

  performance: choice({ zh: '履行情况', en: 'Performance' }, performances),
  performanceProof: text({ zh: '履行凭证', en: 'Proof of performance' }, { max: 200 }),
  confirmation: choice({ zh: '司法确认', en: 'Court confirmation' }, confirmations, {
    help: {
      zh: '生效后 30 天内，要双方一起去申请',
      en: 'Both sides together, within 30 days of its taking effect',
    },
  }),
  confirmationAppliedOn: date({ zh: '申请确认日期', en: 'Applied on' }, { notAfterToday: true }),
  confirmable: yesNo(
    { zh: '不涉及身份关系、权属', en: 'No question of status or ownership' },
    {
      help: {
        zh: '离婚、收养、亲子关系，房子归谁，法院不受理确认申请',
        en: 'Divorce, adoption, parentage, who owns a flat: the court does not take those',
      },
    },
  ),
  courtPlace: choice({ zh: '向哪里的法院申请', en: 'Which court' }, courtPlaces),
  court: text(
    { zh: '法院名称', en: 'Name of the court' },
    { max: 60, phrases: ['上海市徐汇区人民法院', '上海市黄浦区人民法院', '上海市闵行区人民法院'] },
  ),
  followUps,

  identitiesCheckedOn: date({ zh: '核对身份证明日期', en: 'Identities checked on' }, { notAfterToday: true }),
  identitiesCheckedBy: reference({ zh: '核对人', en: 'Checked by' }, 'person'),
  filedOn: date({ zh: '立卷日期', en: 'Filed on' }, { notAfterToday: true }),
  filedBy: reference({ zh: '立卷人', en: 'Filed by' }, 'person'),
  inspectedBy: reference({ zh: '检查人', en: 'Inspected by' }, 'person'),
  retention: choice({ zh: '保管期限', en: 'Retention' }, retentions),
  pages: number({ zh: '卷宗页数', en: 'Pages' }, { min: 1, max: 9999, unit: { zh: '页', en: 'pages' } }),
  dossierNote: text(
    { zh: '卷宗情况说明', en: 'Note on the dossier' },
    {
      multiline: true,
      max: 500,
      phrases: ['本卷材料齐全，手续完备。', '材料齐全，协议已履行完毕，双方无异议。'],
    },
  ),
  notes,
} as const;
