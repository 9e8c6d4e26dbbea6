/** The district as a process of its own, on PGlite in a temporary folder: starting, administering, killing, draining. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enrolmentAnswerFile, enrolResponse } from '../shared/protocol/enrolment.ts';
import { tokenResponse } from '../shared/protocol/messages.ts';
import { PROOF } from '../shared/protocol/signing.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { enrolRequestOf, newPersonKeys } from './testing/desk.ts';
import { base64url, bytesOf, newSigner, randomNonce, sha256 } from './testing/desk-keys.ts';
import { emptyPGlite } from './testing/pglite-folder.ts';
import { createSeal, FIRST, linkBehind } from './testing/seal.ts';
import type { Operation } from '../shared/core/operation.ts';
import { newId } from '../shared/core/id.ts';
import { countedBytes } from './testing/village.ts';

const folder = mkdtempSync(join(tmpdir(), 'linli-district-'));
const env = {
  ...process.env,
  LINLI_DATA: folder,
  LINLI_PORT: '0',
  LINLI_HOST: '127.0.0.1',
  LINLI_DEMO: '',
  DATABASE_URL: undefined,
};
const running = new Set<ChildProcess>();

const start = (...words: string[]): ChildProcess => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

async function run(...words: string[]): Promise<{ readonly status: number | null; readonly out: string }> {
  const child = start(...words);
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, out: out.trim() };
}

async function serve(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = start();
  let out = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const ready = /^LINLI_READY (.+)$/m.exec(out)?.[1];
      if (ready !== undefined) resolve({ child, url: (JSON.parse(ready) as { url: string }).url });
    });
    child.stderr?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.once('exit', () => reject(new Error(out)));
  });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the district as a process', () => {
  let admin: string;
  beforeAll(async () => {
    await emptyPGlite(join(folder, 'pglite'));
    admin = (await run('person', 'add', '--name', '顾卫平', '--grant', 'administrator:310104')).out;
    expect(admin).toMatch(/^person_[0-9A-Z]{26}$/);
  });

  it('serves, gives codes while it runs, refuses a second server on the folder, survives kill -9 and drains on SIGTERM', async () => {
    const first = await serve();
    expect(await run('area', 'add', '--code', '310104', '--name', '徐汇区', '--short', '徐汇')).toEqual({
      status: 0,
      out: '好了 / done',
    });
    const second = await run();
    expect(second).toEqual({ status: 1, out: expect.stringContaining(`${first.child.pid}`) });
    const { out: code } = await run('code', admin);
    expect(await run('code', 'person_unknown')).toEqual({
      status: 1,
      out: expect.stringContaining('unknown'),
    });

    const send = async (url: string, path: string, body: object, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const [deviceKey, person] = [await newSigner(), await newPersonKeys()];
    const enrolled = enrolResponse.parse(
      await send(first.url, '/api/enrol', await enrolRequestOf(code, { key: deviceKey, person })),
    );
    const signed = async (token: string, path: string, body: object) => {
      const nonce = randomNonce();
      const hash = base64url(await sha256(bytesOf(JSON.stringify(body))));
      const text = ['linli/request/1', 'POST', path, token, nonce, hash].join('\n');
      return { authorization: `Bearer ${token}`, [PROOF]: `${nonce}.${await deviceKey.sign(text)}` };
    };
    let { refresh } = enrolled.device;
    const post = async (url: string, path: string, body: object) => {
      const report = { protocol: PROTOCOL, app: '0.1.0', pending: 1 };
      const proof = await signed(refresh, '/api/token', report);
      const token = tokenResponse.parse(await send(url, '/api/token', report, proof));
      refresh = token.refresh;
      return send(url, path, body, await signed(token.access, path, body));
    };
    const seal = await createSeal(enrolled.district.publicKey);
    const random = countedBytes(99);
    const operation: Operation = {
      v: 1,
      id: newId('operation', 0, random),
      kind: 'create',
      entity: 'area',
      version: 1,
      record: newId('area', 0, random),
      author: admin,
      device: enrolled.device.id,
      at: new Date().toISOString(),
      basis: { epoch: enrolled.district.epoch, seq: 0 },
      after: [],
      area: '310104',
      set: { code: '310104007', name: '斜土路街道', shortName: '斜土', level: 'subdistrict' },
    };
    const envelope = await seal(operation);
    const link = await linkBehind(FIRST, envelope, person.signing);
    const push = { protocol: PROTOCOL, entries: [{ envelope, link }] };
    const answer = await post(first.url, '/api/push', push);
    const { signature, ...said } = answer;
    expect(said.verdicts).toEqual([
      { id: operation.id, verdict: 'confirmed', seq: expect.any(Number), receipt: expect.any(String) },
    ]);

    const killed = ended(first.child);
    first.child.kill('SIGKILL');
    await killed;
    const again = await serve();
    // The same word for ever, signed anew.
    expect(await post(again.url, '/api/push', push)).toEqual({ ...said, signature: expect.any(String) });
    expect(signature).toEqual(expect.any(String));
    const drained = ended(again.child);
    again.child.kill('SIGTERM');
    expect(await drained).toBe(0);
  }, 120_000);

  it('does not start with another key than the one that the desks seal to', async () => {
    renameSync(join(folder, 'keys'), join(folder, 'kept'));
    expect(await run()).toEqual({ status: 1, out: expect.stringContaining('keys/') });
    rmSync(join(folder, 'keys'), { recursive: true });
    renameSync(join(folder, 'kept'), join(folder, 'keys'));
    expect((await run('people')).out).toContain(admin);
  });

  it('answers an enrolment file beside the server, running or not, and prints the fingerprint to compare', async () => {
    const who = { key: await newSigner(), person: await newPersonKeys() };
    const request = await enrolRequestOf('', who);
    const [from, to] = [join(folder, 'request.json'), join(folder, 'answer.json')];
    const at = new Date().toISOString();
    writeFileSync(from, JSON.stringify({ kind: 'linli-enrolment-request', v: 1, at, request }));
    const { status, out } = await run('enrol-file', from, '--person', admin, '--out', to);
    expect([status, out]).toEqual([0, expect.stringMatching(/(\d{4} ){7}\d{4}$/)]);
    const file = enrolmentAnswerFile.parse(JSON.parse(readFileSync(to, 'utf8')));
    const opened = await who.person.exchange.open(file.sealed, 'linli/enrolment-answer/1', [who.key.point]);
    expect(Buffer.from(opened).toString()).toContain(admin);
    const unreadable = await run('enrol-file', to, '--person', admin, '--out', from);
    expect(unreadable).toEqual({ status: 1, out: expect.stringContaining('answer.json') });
    expect((await run('devices')).out).toContain('顾卫平');
    expect(await run('person', 'disable', admin)).toEqual({
      status: 1,
      out: expect.stringContaining('last administrator'),
    });
  }, 60_000);

  it('says in a sentence what is wrong', async () => {
    expect(await run('sing')).toEqual({ status: 1, out: expect.stringContaining('not understood') });
    expect((await run('--help')).status).toBe(0);
  });
});
