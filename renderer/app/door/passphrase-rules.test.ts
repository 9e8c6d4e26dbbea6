import { describe, expect, test } from 'vitest';
import { judgePassphrase, tidyAddress, tidyCode } from './passphrase-rules.ts';

describe('what opens the desk', () => {
  test.each([
    ['12345', true, { strength: 'weak', isEnough: false, isTooEasy: false }],
    ['123456', true, { strength: 'weak', isEnough: false, isTooEasy: true }],
    ['654321', true, { strength: 'weak', isEnough: false, isTooEasy: true }],
    ['888888', true, { strength: 'weak', isEnough: false, isTooEasy: true }],
    ['306918', true, { strength: 'fair', isEnough: true, isTooEasy: false }],
    ['30691852', true, { strength: 'good', isEnough: true, isTooEasy: false }],
    ['306918', false, { strength: 'weak', isEnough: false, isTooEasy: false }],
    ['门口那棵香樟树今年又开花', false, { strength: 'fair', isEnough: true, isTooEasy: false }],
    ['门口那棵香樟树今年五月又开花了', false, { strength: 'fair', isEnough: true, isTooEasy: false }],
    ['门口那棵香樟树今年五月里又开了花', false, { strength: 'good', isEnough: true, isTooEasy: false }],
    ['aaaaaaaaaaaa', false, { strength: 'weak', isEnough: false, isTooEasy: true }],
  ] as const)('%s with a key store: %s', (text, keyStore, judged) => {
    expect(judgePassphrase(text, keyStore)).toEqual(judged);
  });

  test('a code may be grouped, spaced, in small or full-width letters', () => {
    expect(['ab3de-fg7hj', ' AB3 DE FG 7HJ ', 'ＡＢ３ＤＥＦＧ７ＨＪ'].map(tidyCode)).toEqual(
      Array(3).fill('AB3DEFG7HJ'),
    );
  });

  test('an address gets its scheme and loses its tail', () => {
    expect(
      ['linli.example.cn/', 'http://127.0.0.1:4180', ' ｌinli.example.cn ', ''].map(tidyAddress),
    ).toEqual(['https://linli.example.cn', 'http://127.0.0.1:4180', 'https://linli.example.cn', '']);
  });
});
