import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDistrict } from './district-process.ts';
import { freePort, portOpens } from './free-port.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(text: string): string {
  const file = join(folder, 'program.mjs');
  writeFileSync(file, text);
  return file;
}

const READY = `console.log('LINLI_READY ' + JSON.stringify({
  url: 'http://' + process.env.LINLI_HOST + ':' + process.env.LINLI_PORT,
  codes: { person_1: 'ABCDEFGH23' },
}));`;

test('it is ready at its line, passes on what it said, and stops when asked', async () => {
  const lines: string[] = [];
  const district = await startDistrict({
    data: folder,
    port: 18_000,
    onLine: (line) => lines.push(line),
    program: program(`console.log('founding');
      const alive = setInterval(() => {}, 1e3);
      process.on('SIGTERM', () => { clearInterval(alive); console.log('drained'); });
      ${READY}`),
  });
  expect({ url: district.url, codes: district.codes }).toEqual({
    url: 'http://127.0.0.1:18000',
    codes: { person_1: 'ABCDEFGH23' },
  });
  await district.stop();
  await district.stop();
  expect(lines).toEqual(['founding', 'drained']);
});

test('one that dies before it is ready says why', async () => {
  const dying = startDistrict({
    data: folder,
    port: 1,
    program: program(`console.error('the folder belongs to another district'); process.exit(3)`),
  });
  await expect(dying).rejects.toThrow(
    'The district ended (3) before it was ready\nthe folder belongs to another district',
  );
});

test('one that never gets ready is ended', async () => {
  const hanging = startDistrict({
    data: folder,
    port: 1,
    patience: 300,
    program: program('setInterval(() => {}, 1e3)'),
  });
  await expect(hanging).rejects.toThrow('was not ready within 0.3 s');
});

test('a port is free until somebody listens on it', async () => {
  const port = await freePort();
  expect(await portOpens(port)).toBe(port);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await portOpens(port)).toBeUndefined();
  expect(await freePort(port)).not.toBe(port);
  await new Promise((resolve) => server.close(resolve));
});
