/**
 * Shanghai addresses: 区 + 街道/镇 + 居委会 + 路 + 弄 (+支弄) + 小区 + 号 + 室 (residents.md §2). The text as given is kept beside the
 * parts and never refused; 室 is a text, since old lane houses have 亭子间, 三层阁 and 灶间.
 */
import { halfWidth } from './width.ts';

export interface Address {
  readonly raw: string;
  readonly road?: string | undefined;
  readonly lane?: string | undefined;
  readonly branch?: string | undefined;
  readonly estate?: string | undefined;
  readonly no?: string | undefined;
  readonly room?: string | undefined;
}

const DISTRICT =
  /^(?:上海市?)?(?:浦东新|黄浦|徐汇|长宁|静安|普陀|虹口|杨浦|闵行|宝山|嘉定|金山|松江|青浦|奉贤|崇明)区/u;
const CITY = /^上海市/u;
const SUBDISTRICT = /^\p{Script=Han}{2,7}?(?:街道|镇(?![东南西北中]?路))(?:办事处)?(?=.)/u;
const COMMITTEE = /^[\p{Script=Han}\d]{2,14}?(?:居民委员会|居委会|居委|居民区)(?=.)/u;
/** A name may hold 路, 街 or 道 itself (新街口路): the one before a number is the road's own. */
const ROADS = [/^(\p{Script=Han}[^\d]*?[路街道])(?=\d)/u, /^(\p{Script=Han}[^\d]*?[路街道])/u];
const LANE = /^(\d+(?:[-、]\d+)?[甲乙丙丁]?)弄/u;
const BRANCH = /^(\d+)支弄/u;
const HOUSE = /^(.*?)(\d+(?:[-、]\d+)?[甲乙丙丁]?)(号楼|号|幢|栋)(.*)$/u;
const ESTATE = /(?:小区|新村|花园|公寓|大厦|[苑里坊村庭邸城湾园楼])$/u;
const MOST = 60;

/** Never fails: what cannot be read stays in `raw` alone. District, sub-district and committee are left out of the parts. */
export function parseAddress(raw: string): Address {
  let rest = halfWidth(raw).replace(/\s/gu, '').replace(DISTRICT, '').replace(CITY, '');
  rest = rest.replace(SUBDISTRICT, '').replace(COMMITTEE, '');
  const parts: Record<string, string> = {};
  const take = (name: string, form: RegExp): void => {
    const found = form.exec(rest);
    if (!found?.[1]) return;
    parts[name] = found[1];
    rest = rest.slice(found[0].length);
  };
  for (const form of ROADS) if (!parts.road) take('road', form);
  take('lane', LANE);
  take('branch', BRANCH);
  const [, before = '', no = '', kind = '', room = ''] = HOUSE.exec(rest) ?? [];
  if (no !== '') {
    if (before !== '') parts.estate = before;
    parts.no = kind === '号' ? no : no + kind;
    if (room !== '') parts.room = room.replace(/(?<=[\dA-Za-z甲乙丙丁])室$/u, '');
  } else if (/^[\dA-Za-z-]+室$/u.test(rest)) parts.room = rest.slice(0, -1);
  else if (rest !== '' && (parts.road !== undefined || ESTATE.test(rest))) parts.estate = rest;
  const isUsable = Object.values(parts).every((part) => part.length <= MOST);
  return { raw: raw.trim(), ...(isUsable && parts) };
}

/** 大木桥路600弄55号302室, from the parts where there are any and else as it was given. */
export function printAddress({ raw, road, lane, branch, estate, no, room }: Address): string {
  const parts = [
    road,
    lane && `${lane}弄`,
    branch && `${branch}支弄`,
    estate,
    no && (/[号幢栋楼]$/u.test(no) ? no : `${no}号`),
    room && (/[\dA-Za-z甲乙丙丁]$/u.test(room) ? `${room}室` : room),
  ];
  return parts.join('') || raw;
}

/** Down to the lane (privacy.md §3): nobody's door is read over a shoulder. */
export function maskAddress({ road, lane }: Address): string {
  return road === undefined ? '***' : `${road}${lane === undefined ? '' : `${lane}弄`}***`;
}
