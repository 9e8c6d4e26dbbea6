import { expect, test } from 'vitest';
import { requestIn } from './request-file.ts';

const point = `B${'A'.repeat(86)}=`;
const signature = 'A'.repeat(86);
const file = {
  kind: 'linli-enrolment-request',
  v: 1,
  at: '2026-11-23T01:00:00.000Z',
  request: {
    protocol: 2,
    app: '0.1.0',
    code: '',
    device: { key: point },
    person: { signingKey: point, exchangeKey: point },
    nonce: 'A'.repeat(22),
    signatures: { device: signature, person: signature },
  },
};

test('a request file is read whole', () => {
  expect(requestIn(JSON.stringify(file))).toEqual(file);
});

test('anything else is none: another file, half a file, a key too short, an answer', () => {
  const short = { ...file, request: { ...file.request, device: { key: 'AAAA' } } };
  const other = { ...file, kind: 'linli-enrolment-answer' };
  for (const text of [
    '',
    'PK\u0003',
    JSON.stringify(file).slice(0, 90),
    JSON.stringify(short),
    JSON.stringify(other),
  ])
    expect(requestIn(text)).toBeUndefined();
});
