import { describe, expect, it } from 'vitest';
import { administerRefusal } from '../shared/protocol/administer.ts';
import { answerText, refusalText } from './command-line-text.ts';
import { readCommand } from './command-line.ts';
import { readConfig } from './config.ts';

const read = (line: string) => readCommand(line === '' ? [] : line.split(' '));
const ask = (name: string, input: object = {}) => ({ kind: 'ask', request: { name, input } });

describe('the command line', () => {
  it.each([
    ['', { kind: 'serve' }],
    ['--help', { kind: 'help' }],
    ['people', ask('people.list')],
    ['devices', ask('devices.list')],
    ['held', ask('held.list')],
    ['notices', ask('notices.list')],
    ['backup', ask('backup.state')],
    ['code person_1', ask('code.issue', { person: 'person_1' })],
    ['code person_1 --device device_1', ask('code.issue', { person: 'person_1', device: 'device_1' })],
    [
      'person add --name 顾卫平 --grant administrator:310104 --grant socialWorker:310104007001',
      ask('person.add', {
        name: '顾卫平',
        grants: [
          { role: 'administrator', area: '310104' },
          { role: 'socialWorker', area: '310104007001' },
        ],
      }),
    ],
    [
      'person add --id person_1 --name 顾卫平 --grant administrator:310104',
      ask('person.add', {
        id: 'person_1',
        name: '顾卫平',
        grants: [{ role: 'administrator', area: '310104' }],
      }),
    ],
    [
      'person grants person_1 --grant mediator:310104007',
      ask('person.grants', { person: 'person_1', grants: [{ role: 'mediator', area: '310104007' }] }),
    ],
    ['person disable person_1', ask('person.disable', { person: 'person_1' })],
    ['person clear-password person_1', ask('person.clearPassword', { person: 'person_1' })],
    [
      'area add --code 310104 --name 徐汇区',
      ask('area.add', { code: '310104', name: '徐汇区', shortName: '徐汇区' }),
    ],
    ['device revoke device_1', ask('device.revoke', { device: 'device_1' })],
    ['device release device_1', ask('device.release', { device: 'device_1' })],
    [
      'enrol-file in.json --person person_1 --out out.json',
      { kind: 'enrol-file', from: 'in.json', to: 'out.json', person: 'person_1' },
    ],
    ['import /mnt/7.linli', { kind: 'import', from: '/mnt/7.linli', answer: '/mnt/7.answer.linli' }],
    ['import 7.linli --answer a.linli', { kind: 'import', from: '7.linli', answer: 'a.linli' }],
    ['export device_1 --answer a.linli', { kind: 'export', device: 'device_1', answer: 'a.linli' }],
    ['page', { kind: 'page' }],
  ])('reads: %s', (line, expected) => {
    expect(read(line)).toEqual({ ok: true, value: expected });
  });

  it.each([
    'sing',
    'code',
    'person',
    'person sing',
    'person add --name 顾卫平',
    'person add --name 顾卫平 --grant administrator:31',
    'person add --name 顾卫平 --grant administrator',
    'person grants person_1',
    'area add --code x --name 徐汇区',
    'device revoke',
    'enrol-file in.json --person person_1',
    'import',
    'export device_1',
    '--unknown',
  ])('refuses: %s', (line) => {
    expect(read(line)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('tells what came of it: one line a thing, fields parted by tabs; every refusal in both languages', () => {
    const people = [
      {
        id: 'person_1',
        name: '周敏',
        grants: [{ role: 'mediator', area: '310104' }],
        disabled: true,
        hasPassword: false,
      },
    ];
    expect(answerText('people.list', { people })).toBe('person_1\t周敏\tmediator:310104\t（已停用）');
    const device = { id: 'device_1', label: 'D7', people, seenAt: null, app: '0.1.0', pending: 3 };
    expect(answerText('devices.list', { devices: [{ ...device, revoked: false, quarantined: true }] })).toBe(
      'device_1\tD7\t周敏\t—\t0.1.0\t待送 3\t（已隔离待查）',
    );
    expect(answerText('code.issue', { code: 'KZN7XJXTZW', expiresAt: '' })).toBe('KZN7XJXTZW');
    expect(answerText('device.revoke', { done: true })).toBe('好了 / done');
    for (const refusal of administerRefusal.options)
      expect(refusalText(refusal)).toMatch(/\p{Script=Han}.* \/ [a-z]/u);
  });
});

describe('the environment', () => {
  it('has sensible defaults: loopback only', () => {
    expect(readConfig({ LINLI_DATA: '/srv/linli' })).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8790,
        folder: '/srv/linli',
        name: undefined,
        address: 'http://127.0.0.1:8790',
        roomForFiles: Infinity,
        isDemo: false,
        databaseUrl: undefined,
      },
    });
  });

  it('may say how much room photographs and scans have, in GiB', () => {
    expect(readConfig({ LINLI_FILE_ROOM: '0.5' })).toMatchObject({
      ok: true,
      value: { roomForFiles: 512 * 1024 * 1024 },
    });
  });

  it.each([
    { LINLI_PORT: '99999' },
    { LINLI_PORT: 'x' },
    { DATABASE_URL: 'mysql://x' },
    { LINLI_DEMO: 'yes' },
    { LINLI_FILE_ROOM: '0' },
    { LINLI_FILE_ROOM: '50G' },
  ])('refuses %o in a sentence', (environment) => {
    expect(readConfig(environment)).toEqual({
      ok: false,
      error: expect.stringContaining(Object.keys(environment)[0]!),
    });
  });
});
