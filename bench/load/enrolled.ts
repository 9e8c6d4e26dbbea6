/** A virtual desk's keys and its sealed, signed and chained operations: enrolled at the district like any computer, written to a file of its own. */
import { writeFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { newPrivateKey, pointOf, signingKeyIdOf, signText } from '../../electron/native/signing.ts';
import type { DistrictContact } from '../../electron/district.ts';
import type { PendingOperation } from '../../electron/native/journal-index.ts';
import type { District } from '../../server/district.ts';
import { newReceiver, type Signer } from '../../server/testing/desk-keys.ts';
import { enrolRequestOf, valueOf } from '../../server/testing/desk.ts';
import { createSeal, FIRST, linkBehind } from '../../server/testing/seal.ts';
import type { Colleague } from './town.ts';
import { workOf, type Working } from './work.ts';

export interface Enrolled {
  readonly colleague: Colleague;
  readonly contact: Omit<DistrictContact, 'address'>;
  readonly refresh: string;
  readonly deviceKey: KeyObject;
  readonly personKey: KeyObject;
  readonly publicKey: string;
}

const signerOf = (key: KeyObject): Signer => {
  const point = pointOf(key);
  return { point, id: signingKeyIdOf(point), sign: (text) => Promise.resolve(signText(key, text)) };
};

/** Beside the server: twenty enrolments a minute from one address are all that the door takes. */
export async function enrolAt(district: District, colleague: Colleague): Promise<Enrolled> {
  const [deviceKey, personKey] = [newPrivateKey(), newPrivateKey()];
  const code = (await district.issueCode(colleague.id)) ?? '';
  const person = { signing: signerOf(personKey), exchange: await newReceiver() };
  const request = await enrolRequestOf(code, { key: signerOf(deviceKey), person });
  const { device, district: at } = valueOf(await district.enrol(request));
  return {
    colleague,
    contact: { district: at.id, device: device.id, signingKey: at.signingKey },
    refresh: device.refresh,
    deviceKey,
    personKey,
    publicKey: at.publicKey,
  };
}

export interface Written {
  /** One sealed entry a line, in the chain's order. */
  readonly path: string;
  readonly operations: readonly PendingOperation[];
}

export async function writeWork(
  path: string,
  count: number,
  { contact: { device }, colleague, personKey, publicKey }: Enrolled,
  given: Pick<Working, 'epoch' | 'today' | 'seed'>,
): Promise<Written> {
  const seal = await createSeal(publicKey);
  const signer = signerOf(personKey);
  const lines: string[] = [];
  const operations: PendingOperation[] = [];
  let end: { readonly number: number; readonly hash: string } = FIRST;
  for (const operation of workOf(count, { ...given, colleague, device })) {
    const envelope = await seal(operation);
    const link = await linkBehind(end, envelope, signer);
    end = link;
    const line = JSON.stringify({ envelope, link });
    lines.push(line);
    operations.push({ id: operation.id, number: link.number, link: link.number, size: line.length });
  }
  await writeFile(path, lines.join('\n'));
  return { path, operations };
}
