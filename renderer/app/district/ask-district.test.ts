import { expect, test } from 'vitest';
import { z } from 'zod';
import { errorResponse } from '../../../shared/protocol/messages.ts';
import { zh } from '../../texts/zh.ts';
import { answerIn } from './ask-district.ts';

const schema = z.object({ done: z.literal(true) });
const error = (code: string): string => JSON.stringify({ error: code, retry: false });

test('an answer of the district is parsed; anything else with status 200 is none', () => {
  expect(answerIn(200, '{"done":true}', schema)).toEqual({ ok: true, value: { done: true } });
  for (const text of ['<html>login</html>', '{"done":false}', '', '{"done":tru'])
    expect(answerIn(200, text, schema)).toEqual({ ok: false, error: 'not-the-district' });
});

test('what the main process says in the place of the district has a sentence', () => {
  const said = ['unreachable', 'locked', 'unknown', 'too-large', 'not-the-district', 'other-district'].map(
    (code) => answerIn(502, JSON.stringify({ error: code }), schema),
  );
  expect(said.map((one) => !one.ok && one.error)).toEqual([
    'offline',
    'offline',
    'offline',
    'offline',
    'not-the-district',
    'not-the-district',
  ]);
});

test('every error of the district is told in words', () => {
  for (const code of errorResponse.shape.error.options) {
    const said = answerIn(403, error(code), schema);
    expect(said.ok).toBe(false);
    expect(zh.district).toHaveProperty(said.ok ? '' : said.error);
  }
  expect(answerIn(400, error('password-wrong'), schema)).toEqual({ ok: false, error: 'password-wrong' });
  expect(answerIn(503, 'Bad gateway', schema)).toEqual({ ok: false, error: 'offline' });
});
