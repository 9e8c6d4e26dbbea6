import { describe, expect, it } from 'vitest';
import { readCommand } from './command-line.ts';
import { readConfig } from './config.ts';

const read = (line: string) => readCommand(line === '' ? [] : line.split(' '));

describe('the command line', () => {
  it.each([
    ['', 'serve'],
    ['--help', 'help'],
    ['people', { command: 'people' }],
    ['code person_1', { command: 'code', person: 'person_1' }],
    [
      'person add --name 顾卫平 --grant administrator:310104 --grant socialWorker:310104007001',
      {
        command: 'person-add',
        name: '顾卫平',
        grants: [
          { role: 'administrator', area: '310104' },
          { role: 'socialWorker', area: '310104007001' },
        ],
      },
    ],
    [
      'area add --code 310104 --name 徐汇区',
      { command: 'area-add', code: '310104', name: '徐汇区', shortName: '徐汇区' },
    ],
    ['device revoke device_1', { command: 'device-revoke', device: 'device_1' }],
  ])('reads: %s', (line, expected) => {
    expect(read(line)).toEqual({ ok: true, value: expected });
  });

  it.each([
    'sing',
    'code',
    'person add --name 顾卫平',
    'person add --name 顾卫平 --grant king:310104',
    'person add --name 顾卫平 --grant administrator:31',
    'area add --code x --name 徐汇区',
    '--unknown',
  ])('refuses: %s', (line) => {
    expect(read(line)).toEqual({ ok: false, error: expect.any(String) });
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
        isDemo: false,
        databaseUrl: undefined,
      },
    });
  });

  it.each([
    { LINLI_PORT: '99999' },
    { LINLI_PORT: 'x' },
    { DATABASE_URL: 'mysql://x' },
    { LINLI_DEMO: 'yes' },
  ])('refuses %o in a sentence', (environment) => {
    expect(readConfig(environment)).toEqual({
      ok: false,
      error: expect.stringContaining(Object.keys(environment)[0]!),
    });
  });
});
