/**
 * Requests to be enrolled whose answer has not come yet, with the keys that they name, sealed under the device secret. One for the last
 * code that was tried, so that a lost reply can be asked for again with the same words; one for an enrolment by files, whose answer
 * may come days later.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { enrolRequest, type EnrolRequest } from '../../shared/protocol/enrolment.ts';
import { enrolText } from '../../shared/protocol/signing.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { replaceFile } from './atomic-file.ts';
import { ignoreMissing } from './key-file.ts';
import type { KeyHome } from './key-home.ts';
import { derived, open, seal } from './sealing.ts';
import { newPrivateKey, pkcs8Of, pointOf, privateKeyOf, signText } from './signing.ts';

const INFO = 'linli/candidates/1';
const keptSchema = z.array(
  z.object({ request: enrolRequest, device: z.base64(), signing: z.base64(), exchange: z.base64() }),
);
/** A request and the private keys to it: PKCS8, base64. */
export type KeptCandidate = z.infer<typeof keptSchema>[number];

const pathIn = (folder: string): string => join(folder, 'candidates.json');

export interface Candidates {
  /** The one for this code and this computer as it is now; made where there is none. */
  readonly of: (code: string, app: string) => Promise<KeptCandidate>;
  readonly withKey: (signingKey: string) => KeptCandidate | undefined;
  readonly drop: (answered: KeptCandidate) => Promise<void>;
  readonly forget: () => void;
}

export async function openCandidates(folder: string, home: KeyHome): Promise<Candidates> {
  const lying = (await Promise.all(home.secrets().map(({ bytes }) => read(folder, bytes)))).flat();
  // A crash between coming in and forgetting the request must not leave a person's key under the device secret alone.
  const admitted = new Set(home.locks().map(({ signingPoint }) => signingPoint));
  let all = lying.filter(({ request }) => !admitted.has(request.person.signingKey));
  const secret = home.current()?.secret;
  if (all.length < lying.length && secret) await write(folder, secret.bytes, all).catch(() => undefined);

  return {
    async of(code, app) {
      const current = home.current();
      const key = current && Buffer.from(current.belonging.device.key, 'base64');
      const point = key && pointOf(privateKeyOf(key));
      const id = home.known()?.device;
      const isFor = ({ request: { code: other, device } }: KeptCandidate): boolean =>
        other === code && device.id === id && (point === undefined || device.key === point);
      const known = all.find(isFor);
      if (known) return known;
      const fresh = newCandidate(code, app, { id, key });
      const others = all.filter(({ request }) => (request.code === '') !== (code === ''));
      await write(folder, (await home.secretToUse()).bytes, [...others, fresh]);
      all = [...others, fresh];
      return fresh;
    },
    withKey: (signingKey) => all.find(({ request }) => request.person.signingKey === signingKey),
    async drop(answered) {
      const others = all.filter((one) => one !== answered);
      await write(folder, (await home.secretToUse()).bytes, others);
      all = others;
    },
    forget() {
      all = [];
    },
  };
}

/** What cannot be read is as if it had never been: another request is made. */
async function read(folder: string, secret: Uint8Array): Promise<readonly KeptCandidate[]> {
  const sealed = await readFile(pathIn(folder)).catch(ignoreMissing);
  const text = sealed && open(derived(secret, INFO), sealed, INFO);
  return (text && keptSchema.safeParse(JSON.parse(text.toString())).data) ?? [];
}

const write = (folder: string, secret: Uint8Array, kept: readonly KeptCandidate[]): Promise<void> =>
  replaceFile(pathIn(folder), seal(derived(secret, INFO), Buffer.from(JSON.stringify(kept)), INFO));

/** @param device its id, where it was enrolled before; and its key (PKCS8), where that is still here */
function newCandidate(
  code: string,
  app: string,
  device: { readonly id?: string | undefined; readonly key?: Uint8Array | undefined },
): KeptCandidate {
  const deviceKey = device.key ? privateKeyOf(device.key) : newPrivateKey();
  const [signing, exchange] = [newPrivateKey(), newPrivateKey()];
  const given = {
    code,
    device: device.id,
    deviceKey: pointOf(deviceKey),
    signingKey: pointOf(signing),
    exchangeKey: pointOf(exchange),
    nonce: randomBytes(16).toString('base64url'),
  };
  const text = enrolText(given);
  const request: EnrolRequest = {
    protocol: PROTOCOL,
    app,
    code,
    device: { ...(device.id !== undefined && { id: device.id }), key: given.deviceKey },
    person: { signingKey: given.signingKey, exchangeKey: given.exchangeKey },
    nonce: given.nonce,
    signatures: { device: signText(deviceKey, text), person: signText(signing, text) },
  };
  const base64 = (key: typeof signing) => pkcs8Of(key).toString('base64');
  return { request, device: base64(deviceKey), signing: base64(signing), exchange: base64(exchange) };
}
