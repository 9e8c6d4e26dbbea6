/**
 * One small named town for every test, the demo and e2e. Streets and their codes are real (GB/T 2260, 310104 徐汇区); the committees'
 * last three digits are only plausible, and nobody in it is real.
 */
import type { Grant } from '../core/access.ts';
import { residents } from './residents.ts';

export interface TownArea {
  /** Record in the directory. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly level: 'district' | 'subdistrict' | 'committee';
}

export interface TownPerson {
  /** Record in the directory and author of operations. */
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly unit: string;
  readonly post: string;
  readonly grants: readonly Grant[];
}

/** Ids that a reader recognises at once. */
const numbered = (kind: string, count: number): string => `${kind}_${String(count).padStart(26, '0')}`;

const DISTRICT = '310104';
const XIETU = '310104007';
const FENGLIN = '310104008';
/** Committee A: where most of the demo happens. */
const JIANGNAN = '310104007001';
const RIHUI = '310104007002';
const LINGLING = '310104008001';

export const areas = {
  xuhui: { id: numbered('area', 1), code: DISTRICT, name: '徐汇区', shortName: '徐汇', level: 'district' },
  xietu: {
    id: numbered('area', 2),
    code: XIETU,
    name: '斜土路街道',
    shortName: '斜土',
    level: 'subdistrict',
  },
  fenglin: {
    id: numbered('area', 3),
    code: FENGLIN,
    name: '枫林路街道',
    shortName: '枫林',
    level: 'subdistrict',
  },
  jiangnan: {
    id: numbered('area', 4),
    code: JIANGNAN,
    name: '江南新村居委会',
    shortName: '江南新村',
    level: 'committee',
  },
  rihui: {
    id: numbered('area', 5),
    code: RIHUI,
    name: '日晖六村居委会',
    shortName: '日晖六村',
    level: 'committee',
  },
  lingling: {
    id: numbered('area', 6),
    code: LINGLING,
    name: '零陵路居委会',
    shortName: '零陵',
    level: 'committee',
  },
} as const satisfies Record<string, TownArea>;

const person = (
  count: number,
  name: string,
  post: string,
  unit: string,
  grants: readonly Grant[],
): TownPerson => ({
  id: numbered('person', count),
  name,
  phone: `139${String(18_170_000 + count * 113)}`,
  unit,
  post,
  grants,
});

export const people = {
  /** The one in most tests: social worker and mediator of committee A, and her street's training staff. */
  zhouMin: person(1, '周敏', '社区工作者', '江南新村居委会', [
    { role: 'socialWorker', area: JIANGNAN },
    { role: 'mediator', area: JIANGNAN },
    { role: 'trainingStaff', area: XIETU },
  ]),
  /** Shares the desk with 周敏. */
  chenGuodong: person(2, '陈国栋', '人民调解员', '江南新村居委会', [
    { role: 'socialWorker', area: JIANGNAN },
    { role: 'mediator', area: JIANGNAN },
  ]),
  /** Alone sees the need-to-know care tags of committee A. */
  shenLijuan: person(3, '沈丽娟', '重点关爱专员', '江南新村居委会', [{ role: 'careWorker', area: JIANGNAN }]),
  /** Another committee of the same street. */
  liXiulan: person(4, '李秀兰', '社区工作者', '日晖六村居委会', [
    { role: 'socialWorker', area: RIHUI },
    { role: 'mediator', area: RIHUI },
  ]),
  /** Another street. */
  qiuWeimin: person(5, '仇为民', '人民调解员', '零陵路居委会', [
    { role: 'socialWorker', area: LINGLING },
    { role: 'mediator', area: LINGLING },
  ]),
  huangYaqin: person(6, '黄雅琴', '培训管理员', '枫林路街道办事处', [
    { role: 'trainingStaff', area: FENGLIN },
  ]),
  guAdmin: person(7, '顾卫平', '区管理员', '徐汇区社建办', [{ role: 'administrator', area: DISTRICT }]),
  fanXiaoyan: person(8, '樊晓燕', '社区工作者', '日晖六村居委会', [{ role: 'socialWorker', area: RIHUI }]),
  heJianping: person(9, '何建平', '信访干部', '斜土路街道办事处', [{ role: 'receptionClerk', area: XIETU }]),
  shenYiming: person(10, '沈一鸣', '接访律师', '申正律师事务所', [{ role: 'lawyer', area: XIETU }]),
  /** A volunteer: reads nothing but what names her. */
  zhangHuifen: person(11, '张惠芬', '知心妈妈', '江南新村居委会', [{ role: 'counsellor', area: JIANGNAN }]),
  /** Answers for committee A. */
  wuGuifang: person(12, '吴桂芳', '居民区书记', '江南新村居委会', [
    { role: 'committeeSecretary', area: JIANGNAN },
  ]),
  /** Answers for the whole street. */
  luZhenhua: person(13, '陆振华', '分管领导', '斜土路街道办事处', [{ role: 'supervisor', area: XIETU }]),
} as const satisfies Record<string, TownPerson>;

export const town = { district: DISTRICT, areas, people, residents } as const;
