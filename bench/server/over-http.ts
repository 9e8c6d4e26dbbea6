/** Pushes of one operation by many desks at a time over HTTP: to the district's own process, and to one that only verifies signatures. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../build/project.ts';
import { pointOf } from '../../electron/native/signing.ts';
import type { SignedAsk } from '../../electron/signed-ask.ts';
import { pushResponse } from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { loadDesk } from '../load/desk.ts';
import { prepare } from '../load/prepare.ts';
import type { Servers } from '../load/servers.ts';
import { createTally } from '../load/tally.ts';
import { percentile } from '../report.ts';

export interface OverHttp {
  readonly perSecond: number;
  readonly p95: number;
}

interface Sender {
  readonly ask: SignedAsk;
  readonly bodies: readonly Buffer[];
}

/** @param each operations of every desk */
export async function overHttp(
  servers: Servers,
  connections: number,
  each: number,
): Promise<{ readonly ours: OverHttp; readonly floor: OverHttp; readonly memory: number }> {
  const prepared = await prepare(servers, connections, each);
  const known = join(servers.folder, 'points.json');
  const points = prepared.map(({ enrolled }) => [enrolled.contact.device, pointOf(enrolled.deviceKey)]);
  writeFileSync(known, JSON.stringify(Object.fromEntries(points)));
  const floor = await verifyOnly(known, prepared[0]?.enrolled.contact.district ?? '');
  const sendersAt = (address: string): readonly Sender[] =>
    prepared.map(({ enrolled, written }) => {
      const desk = loadDesk({
        ...{ enrolled, written, tally: createTally(), onVerdicts: () => undefined },
        address: servers.addresses[0] ?? '',
      });
      const lines = readFileSync(written.path, 'utf8').split('\n');
      const bodies = lines.map((line) => Buffer.from(`{"protocol":${PROTOCOL},"entries":[${line}]}`));
      return { ask: desk.askAt(address), bodies };
    });
  try {
    const least = await pushAll(sendersAt(floor.address));
    const ours = await pushAll(sendersAt(servers.addresses[0] ?? ''), isConfirmed);
    return { ours, floor: least, memory: Math.max(...(servers.memory[0] ?? [0])) };
  } finally {
    floor.stop();
  }
}

async function pushAll(
  senders: readonly Sender[],
  check: (body: Buffer) => void = () => undefined,
): Promise<OverHttp> {
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(
    senders.map(async ({ ask, bodies }) => {
      for (const body of bodies) {
        const asked = performance.now();
        const answer = await ask({ method: 'POST', path: '/api/push', body, as: 'device' });
        times.push(performance.now() - asked);
        if (!answer.ok) throw new Error(answer.error);
        check(answer.value.body);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: times.length / seconds, p95: percentile(times, 0.95) };
}

function isConfirmed(body: Buffer): void {
  const { verdicts } = pushResponse.parse(JSON.parse(body.toString('utf8')));
  if (verdicts[0]?.verdict !== 'confirmed') throw new Error(JSON.stringify(verdicts));
}

async function verifyOnly(
  known: string,
  district: string,
): Promise<{ readonly address: string; readonly stop: () => void }> {
  const program = join(root, 'bench', 'server', 'verify-only.ts');
  const child = spawn(process.execPath, [program, known, district], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the floor’s server ended')));
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('READY ')) resolve(line.slice(6));
    });
  });
  return { address: `http://127.0.0.1:${port}`, stop: () => void child.kill('SIGTERM') };
}
