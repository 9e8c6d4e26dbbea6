/** Two stateless servers on one database give the same answers: the same desks pull everything from each, and the texts are compared. */
import { createHash } from 'node:crypto';
import { jsonOf } from '../../electron/district.ts';
import type { PullResponse } from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import type { SignedAsk } from '../../electron/signed-ask.ts';
import type { LoadDesk } from './desk.ts';
import { pullOf } from './reader.ts';

type Hello = Parameters<typeof pullOf>[0];

/** @returns one hash for all pages of a first download, and how many records they held */
async function everything(ask: SignedAsk): Promise<{ hash: string; records: number }> {
  const say = async (path: string, message: unknown): Promise<Buffer> => {
    const answer = await ask({
      method: 'POST',
      path,
      body: Buffer.from(JSON.stringify(message)),
      as: 'person',
    });
    if (!answer.ok || answer.value.status !== 200)
      throw new Error(`${path}: ${answer.ok ? answer.value.status : answer.error}`);
    return answer.value.body;
  };
  const hello = jsonOf(await say('/api/handshake', { protocol: PROTOCOL, app: '0.1.0' })) as Hello;
  const hash = createHash('sha256');
  let records = 0;
  for (let cursor = 0, more = true; more;) {
    const text = await say('/api/pull', pullOf(hello, new Map(hello.scopes.map((scope) => [scope, cursor]))));
    hash.update(text);
    const page = jsonOf(text) as PullResponse;
    records += page.records.length;
    ({ cursor, more } = page);
  }
  return { hash: hash.digest('base64url'), records };
}

/** @returns what differs, one sentence each, and how many records were compared */
export async function compare(
  desks: readonly Pick<LoadDesk, 'askAt'>[],
  addresses: readonly string[],
): Promise<{ readonly differing: readonly string[]; readonly records: number }> {
  const differing: string[] = [];
  let records = 0;
  for (const [index, { askAt }] of desks.entries()) {
    const [first, ...others] = await Promise.all(addresses.map((address) => everything(askAt(address))));
    records += first?.records ?? 0;
    for (const other of others)
      if (other.hash !== first?.hash)
        differing.push(`desk ${index + 1}: ${first?.records} records here, ${other.records} there`);
  }
  return { differing, records };
}
