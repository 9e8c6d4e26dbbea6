import { expect, test } from 'vitest';
import { ok, refuse } from '../../../shared/core/result.ts';
import { administerRefusal, administration } from '../../../shared/protocol/administer.ts';
import { en } from '../../texts/en.ts';
import { zh } from '../../texts/zh.ts';
import type { AskDistrict } from '../district/ask-district.ts';
import { createAdminister } from './administer.ts';

/** A district that answers with this, whatever it is asked; parsed like any other answer. */
const answering = (value: unknown) => {
  const asked: unknown[] = [];
  const ask: AskDistrict = async (path, body, schema) => {
    asked.push([path, body]);
    const parsed = schema.safeParse(value);
    return parsed.success ? ok(parsed.data) : refuse('not-the-district');
  };
  return { administer: createAdminister(ask), asked };
};

test('asks by name and gives back what the command promises', async () => {
  const { administer, asked } = answering({ ok: true, value: { code: 'ABCDE23456', expiresAt: '2026' } });
  const issued = await administer('code.issue', { person: 'person_1' });
  expect(issued).toEqual({ ok: true, value: { code: 'ABCDE23456', expiresAt: '2026' } });
  expect(asked).toEqual([['/api/administer', { name: 'code.issue', input: { person: 'person_1' } }]]);
});

test('an answer of another shape is no answer', async () => {
  const { administer } = answering({ ok: true, value: { done: 'yes' } });
  expect(await administer('device.revoke', { device: 'device_1' })).toEqual(
    refuse({ kind: 'trouble', code: 'not-the-district' }),
  );
});

test('a refusal keeps its name, and each has a sentence in both languages', async () => {
  for (const code of administerRefusal.options) {
    const { administer } = answering({ ok: false, error: code });
    expect(await administer('people.list', {})).toEqual(refuse({ kind: 'refusal', code }));
    expect(zh.administration.refusal).toHaveProperty(code);
    expect(en.administration.refusal).toHaveProperty(code);
  }
});

test('no silence: without a district every command is told so', async () => {
  const administer = createAdminister(async () => refuse('offline'));
  for (const name of Object.keys(administration))
    expect(await administer(name as 'people.list', {})).toEqual(refuse({ kind: 'trouble', code: 'offline' }));
});
