/** The name of a file as a record keeps it: one line without a path and without anything unseen, and the ending of what it is. */
import { withoutUnseen } from '../width.ts';
import { fileTypes, type FileType } from './file-type.ts';

const LONGEST_NAME = 80;

const HARMFUL = /[\p{Cc}\p{Cf}\p{Surrogate}<>:"/\\|?*]/gu;

/** @param fallback stands where nothing of the name is left, without an ending: 照片 */
export function tidyFileName(given: string, type: FileType, fallback: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = withoutUnseen(last).replace(HARMFUL, ' ').replace(/\s+/gu, ' ').trim();
  const stem = plain
    .replace(/\.(jpe?g|png|pdf|bmp|gif|webp|heic|tiff?)$/iu, '')
    .replace(/^[. ]+|[. ]+$/g, '');
  const { ending } = fileTypes[type];
  const kept = [...(stem === '' ? fallback : stem)].slice(0, LONGEST_NAME - ending.length - 1).join('');
  return `${kept}.${ending}`;
}

/** Whether a name is one that `tidyFileName` could have made. */
export const isTidyFileName = (name: string): boolean =>
  [...name].length <= LONGEST_NAME &&
  name.trim() === name &&
  name !== '' &&
  !/[\p{Cc}\p{Cf}\p{Surrogate}<>:"/\\|?*]/u.test(name);
