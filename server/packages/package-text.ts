/** What is said about packages beside the server, on the command line and on its page: both languages, since nobody is signed in. */
import type { StoredPackage } from '../ledger/packages.ts';
import type { ImportedPackage, PackageRefusal } from './imported.ts';

const REFUSALS: Readonly<Record<PackageRefusal, string>> = {
  'not-a-package': '这不是同步包，什么都没有导入 / not a sync package; nothing was imported',
  truncated:
    '这个同步包不完整，可能没有复制完，什么都没有导入；请从那台电脑重新导出 / the package is cut short; nothing was imported; export it again',
  tampered:
    '这个同步包被改动过，或不是那台电脑签的，什么都没有导入 / the package was changed, or signed by another computer; nothing was imported',
  'other-district': '这是另一个区的同步包 / a package for another district',
  'unknown-device': '区里没有登记过这台电脑 / this computer is not enrolled here',
  'unsupported-protocol':
    '那台电脑的程序和区里的版本对不上，请先升级 / the versions do not fit: upgrade the computer or the district',
};

export const packageRefusalText = (refusal: PackageRefusal): string => REFUSALS[refusal];

export const countsText = ({
  confirmed,
  refused,
  held,
}: Pick<StoredPackage, 'confirmed' | 'refused' | 'held'>): string =>
  `确认 ${confirmed}，退回 ${refused}，先留着 ${held} / confirmed ${confirmed}, refused ${refused}, held ${held}`;

/** One line a fact. */
export const importedText = (given: ImportedPackage): readonly string[] => [
  `${given.device}：第 ${given.number} 个同步包 / package no. ${given.number}`,
  countsText(given),
  ...(given.again ? ['这个包以前导入过，没有重复计入 / it was imported before; nothing counts twice'] : []),
  ...(given.older
    ? [
        '这台电脑更新的包已经导入过；这一个较旧，不影响什么 / a newer one of this computer is here already; this does no harm',
      ]
    : []),
  ...(given.quarantined
    ? ['这台电脑已暂停，待查看；内容都留着 / this computer is quarantined; everything is kept']
    : []),
  ...(given.revoked
    ? [
        '这台电脑已停用；送来的内容先留着待查 / this computer is revoked; what it delivered is held for review',
      ]
    : []),
];
