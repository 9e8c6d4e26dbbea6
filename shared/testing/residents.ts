/** Residents of committee A whom tests call by name. Their numbers only pass the check; nobody has them. */
import { parseAddress } from '../core/address.ts';
import type { Values } from '../core/field/base.ts';
import { checkDigit } from '../core/identity-document.ts';

export interface TownResident {
  readonly id: string;
  readonly name: string;
  readonly values: Values;
}

const identity = (digits: string): Values => ({ type: '111', number: digits + checkDigit(digits) });

function resident(
  count: number,
  name: string,
  digits: string,
  phone: string,
  raw: string,
  more: Values = {},
): TownResident {
  const address = parseAddress(raw);
  const birthday = `${digits.slice(6, 10)}-${digits.slice(10, 12)}-${digits.slice(12, 14)}`;
  return {
    id: `resident_${String(count).padStart(26, '0')}`,
    name,
    values: {
      name,
      document: identity(digits),
      sex: Number(digits[16]) % 2 === 1 ? '1' : '2',
      birthday,
      nation: '01',
      phones: [{ number: phone, owner: '本人' }],
      residenceStatus: 'both',
      address,
      registeredAddress: address,
      legalBasis: 'statutory',
      noticeOn: '2025-03-10',
      ...more,
    },
  };
}

export const residents = {
  wangWei: resident(1, '王伟', '31010419900101001', '13800005678', '大木桥路600弄55号302室', {
    occupation: '工程师',
  }),
  /** The same reading as 王伟. */
  wangWeiHer: resident(2, '王薇', '31010419880612002', '13900001122', '斜土路1175弄12号101室', {
    occupation: '教师',
  }),
  wangJianguo: resident(3, '王建国', '31010319600101003', '13700003344', '大木桥路600弄55号202室', {
    occupation: '退休',
  }),
  zhangXiuying: resident(4, '张秀英', '31010419520308002', '13600007788', '零陵路250弄8号401室', {
    occupation: '退休',
  }),
  /** Beyond the BMP. */
  jiHaiyan: resident(5, '𠮷海燕', '31010419791121004', '15800009900', '茶陵路80弄3号亭子间', {
    occupation: '护士',
  }),
  /** A surname that is not read dān. */
  shanXiong: resident(6, '单雄', '31010819850915003', '15200004567', '小木桥路440弄21号503室', {
    occupation: '司机',
  }),
  ayiguli: resident(7, '阿依古丽·买买提', '31011219930405008', '17700002468', '日晖东路99弄6号602室', {
    nation: '05',
    residenceStatus: 'lives_only',
  }),
  /** Under fourteen: her guardian agreed. */
  liZihan: resident(8, '李子涵', '31011220180615002', '13900006655', '斜土路1175弄12号304室', {
    guardian: '李明',
    guardianConsentOn: '2025-03-10',
    kinship: '3',
  }),
} as const satisfies Record<string, TownResident>;
