import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fileIn, pageAt, pagePolicy } from './pages.ts';

const look = { nonce: 'n', theme: 'light' } as const;
let folder: string;
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'linli-pages-'));
  folder = join(root, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(root, 'secret.json'), '{}');
  await writeFile(join(root, 'renderer-other.js'), 'x');
  await writeFile(join(folder, 'assets', 'desk.js'), 'desk');
  await writeFile(join(folder, 'assets', 'desk.exe'), 'no');
  await writeFile(
    join(folder, 'index.html'),
    '<html data-theme="__THEME__"><meta name="csp-nonce" content="__CSP_NONCE__"><script src="./assets/desk.js"></script>',
  );
});

it('serves a file of the bundle with its type, and a thread made of it can load nothing', async () => {
  expect(await pageAt(folder, '/assets/desk.js', look)).toEqual({
    status: 200,
    headers: {
      'content-security-policy': `default-src 'none'`,
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    body: Buffer.from('desk'),
  });
});

it('serves the one page on every route, with its nonce in page and policy, and in the colours of this computer', async () => {
  for (const path of ['/', '/record/resident_01J', '/list/mediation', '/print/a/agreement']) {
    const page = await pageAt(folder, path, { nonce: 'NONCE', theme: 'dark' });
    expect({
      status: page.status,
      policy: page.headers['content-security-policy'],
      body: page.body.toString(),
    }).toEqual({
      status: 200,
      policy: pagePolicy('NONCE'),
      body: '<html data-theme="dark"><meta name="csp-nonce" content="NONCE"><script src="/assets/desk.js"></script>',
    });
  }
});

it('forbids everything that the policy does not name, and never eval or inline scripts', () => {
  const policy = pagePolicy('n');
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`script-src 'self';`);
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
});

describe('what leaves the folder is not found', () => {
  for (const path of [
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/..\\secret.json',
    '/%5c..%5csecret.json',
    '/%00/assets/desk.js',
    '/../renderer-other.js',
    '/%E0%A4%A',
    '//etc/passwd.txt',
    '/assets/desk.exe',
    '/assets/missing.js',
    '/..',
  ])
    it(path, async () => {
      expect((await pageAt(folder, path, look)).status).toBe(404);
    });

  it('whatever the spelling, a path that is found lies inside', () => {
    expect(fileIn(folder, '/a/./b//c.js')).toBe(join(folder, 'a', 'b', 'c.js'));
  });
});
