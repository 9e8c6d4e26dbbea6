/** GB/T 2261.1. */
import type { Options } from '../field/choice.ts';

export const sexes = {
  '1': { zh: '男', en: 'Male' },
  '2': { zh: '女', en: 'Female' },
  '9': { zh: '未说明', en: 'Not stated' },
  '0': { zh: '未知', en: 'Unknown' },
} as const satisfies Options;
