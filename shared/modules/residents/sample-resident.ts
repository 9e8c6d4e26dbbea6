/** Invented residents: names as frequent as they are, with the rare ones that break software; numbers that only pass the check. */
import type { Address } from '../../core/address.ts';
import { printAddress } from '../../core/address.ts';
import { addDays } from '../../core/calendar/day.ts';
import type { Values } from '../../core/field/base.ts';
import { checkDigit, type IdentityDocument } from '../../core/identity-document.ts';
import type { Sample, SampleGiven, SampleSource } from '../../core/sample.ts';
import { isYoungerThan } from './rules.ts';
import { olderNames, otherNames, rareNames, surnames, youngerNames } from './sample-names.ts';

/** Roads of committee A's street and its neighbours, with lanes that are only plausible. */
const ROADS = [
  '斜土路',
  '大木桥路',
  '零陵路',
  '小木桥路',
  '茶陵路',
  '日晖东路',
  '瑞金南路',
  '龙华东路',
  '宛平南路',
  '东安路',
];
const ESTATES = [undefined, undefined, '江南新村', '日晖六村', '肇清小区', '茶陵公寓', '东安新村'];
const OLD_ROOMS = ['底楼', '前楼', '后楼', '亭子间', '三层阁', '2楼东间'];
/** Identity numbers carry only these prefixes (residents.md §3): two districts of this city and old codes that stay valid. */
const REGIONS = ['310104', '310104', '310104', '310101', '310112', '310103', '310108', '310230'];

export const sampleResident: Sample = (given) => {
  const { source, index, today } = given;
  const age = ageOf(source);
  const birthday = birthdayAt(age, given);
  const sex = source.chance(0.49) ? '1' : '2';
  const { name, nation } = nameOf(source, { index, sex, age });
  const address = addressOf(source);
  const drawn = addDays(today, -200 - source.whole(400));
  const noticeOn = drawn < birthday ? birthday : drawn;
  // As old as when it was written down: whose guardian was asked then is on record for ever.
  const isChild = isYoungerThan(14, birthday, noticeOn);
  const livesHere = source.pick(['both', 'both', 'both', 'lives_only', 'lives_only', 'hukou_only']);
  return {
    values: {
      name,
      ...(source.chance(0.97) && { document: documentOf(source, birthday, sex) }),
      sex,
      birthday,
      nation,
      phones: phonesOf(source, isChild),
      residenceStatus: livesHere,
      address,
      ...(livesHere === 'both'
        ? { registeredAddress: address }
        : source.chance(0.4) && { registeredAddress: addressOf(source) }),
      household: String(100_000 + source.whole(900_000)),
      ...(age < 18 ? childhood(source, age, sex) : circumstances(source, age, sex)),
      ...(isChild && {
        guardian: `${source.pick(surnames)}${source.pick(youngerNames['2'])}`,
        guardianConsentOn: noticeOn,
      }),
      ...(age > 75 && source.chance(0.4) && { health: source.pick(HEALTH), consentOn: noticeOn }),
      legalBasis: 'statutory',
      noticeOn,
      ...(age >= 18 && source.chance(0.08) && { remarks: source.pick(REMARKS) }),
    },
  };
};

function childhood(source: SampleSource, age: number, sex: '1' | '2'): Values {
  const kinship = source.pick([sex === '1' ? '2' : '3', '4']);
  return {
    kinship,
    marriage: '10',
    ...(age >= 7 && { education: age < 12 ? '80' : age < 16 ? '70' : '60' }),
  };
}

function circumstances(source: SampleSource, age: number, sex: '1' | '2'): Values {
  const education =
    age > 65 ? ['70', '60', '80', '40'] : age < 23 ? ['60', '30', '20'] : ['20', '30', '60', '70', '10'];
  const marriage = age < 23 ? ['10'] : age > 72 ? ['20', '30', '30'] : ['20', '20', '20', '10', '40'];
  return {
    kinship: source.pick(['0', '0', '1', sex === '1' ? '2' : '3', age > 50 ? '5' : '1']),
    marriage: source.pick(marriage),
    education: source.pick(education),
    politics: source.pick(['13', '13', '13', '01', age < 28 ? '03' : '13']),
    ...workOf(source, age),
  };
}

const HEALTH = [
  '高血压，长期服药',
  '糖尿病，每月社区医院配药',
  '听力不好，说话要慢',
  '腿脚不便，用助行器',
  '白内障术后恢复中',
];
const REMARKS = [
  '愿意参加楼组志愿服务。',
  '白天多在女儿家，晚上回来。',
  '希望社区食堂能送餐上门。',
  '平时会说上海话，普通话听得懂。',
];
const two = (value: number): string => String(value).padStart(2, '0');

/** An old neighbourhood: a third is past sixty. */
function ageOf(source: SampleSource): number {
  const part = source.whole(100);
  if (part < 9) return source.whole(14);
  if (part < 20) return 14 + source.whole(16);
  if (part < 62) return 30 + source.whole(30);
  return part < 92 ? 60 + source.whole(20) : 80 + source.whole(18);
}

function birthdayAt(age: number, { source, today }: SampleGiven): string {
  const day = `${two(1 + source.whole(12))}-${two(1 + source.whole(28))}`;
  const year = Number(today.slice(0, 4)) - age;
  const isStillToCome = `${year}-${day}` > today;
  return `${isStillToCome ? year - 1 : year}-${day}`;
}

function nameOf(
  source: SampleSource,
  { index, sex, age }: { readonly index: number; readonly sex: '1' | '2'; readonly age: number },
): { name: string; nation: string } {
  // Early samples carry the names that break software, so that every demo of any size has them.
  const rare = index % 97 === 5 ? rareNames[sex][Math.floor(index / 97) % rareNames[sex].length] : undefined;
  if (rare !== undefined) return { name: rare, nation: '01' };
  if (source.chance(0.012)) return source.pick(otherNames[sex]);
  const given = source.pick((age > 40 ? olderNames : youngerNames)[sex]);
  return {
    name: `${source.pick(surnames)}${given}`,
    nation: source.chance(0.985) ? '01' : source.pick(['03', '11', '15', '08']),
  };
}

function documentOf(source: SampleSource, birthday: string, sex: '1' | '2'): IdentityDocument {
  const order = two(source.whole(100)) + String(source.whole(5) * 2 + (sex === '1' ? 1 : 0));
  const digits = `${source.pick(REGIONS)}${birthday.replaceAll('-', '')}${order}`;
  return { type: '111', number: digits + checkDigit(digits) };
}

function phonesOf(source: SampleSource, isChild: boolean): readonly Readonly<Record<string, string>>[] {
  const mobile = `1${source.pick(['39', '38', '37', '58', '52', '86', '77', '98'])}${two(source.whole(100))}${String(source.whole(1_000_000)).padStart(6, '0')}`;
  const own = { number: mobile, owner: isChild ? '父母' : '本人' };
  if (!source.chance(0.25)) return [own];
  return [
    own,
    {
      number: `021-6${String(4_000_000 + source.whole(1_000_000))}`,
      owner: source.pick(['家里', '子女', '配偶']),
    },
  ];
}

function addressOf(source: SampleSource): Address {
  const isOld = source.chance(0.12);
  const estate = isOld ? undefined : source.pick(ESTATES);
  const parts = {
    road: source.pick(ROADS),
    lane: String(20 + 2 * source.whole(700)),
    ...(estate !== undefined && { estate }),
    no: String(1 + source.whole(80)),
    room: isOld ? source.pick(OLD_ROOMS) : `${1 + source.whole(6)}0${1 + source.whole(6)}`,
  };
  return { raw: printAddress({ raw: '', ...parts }), ...parts };
}

function workOf(source: SampleSource, age: number): Readonly<Record<string, string>> {
  if (age >= 60) return { occupation: '退休' };
  const [occupation, employer] = source.pick(WORK);
  return { occupation, ...(employer !== undefined && { employer }) };
}

const WORK: readonly (readonly [string, string?])[] = [
  ['教师', '区属中学'],
  ['护士', '社区卫生服务中心'],
  ['会计', '贸易公司'],
  ['软件工程师', '科技公司'],
  ['出租车司机', '出租汽车公司'],
  ['营业员', '超市'],
  ['快递员', '快递站点'],
  ['个体经营者'],
  ['家政服务员'],
  ['自由职业'],
  ['待业'],
];
