/**
 * Tokens of one device as docs/protocol.md tells them, for the small district: proofs are checked, refresh tokens rotate, a former one
 * is good until the next was used. Nothing of the main process is used here to check the main process, but the curve itself.
 */
import { createHash } from 'node:crypto';
import type { TokenRequest } from '../../shared/protocol/messages.ts';
import { isSignedBy, newPrivateKey, pointOf, signText } from '../native/signing.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export const FIRST_REFRESH = 'refresh-0';

export function smallAccounts(device: string) {
  const nonces = new Set<string>();
  const access = new Map<string, { person: string | undefined; over: boolean }>();
  const reports: TokenRequest[] = [];
  let key = '';
  let people: Readonly<Record<string, string>> = {};
  let [present, former]: [string, string | undefined] = [FIRST_REFRESH, undefined];
  let count = 0;
  let alarms = 0;
  let revoked = false;
  const signing = newPrivateKey();

  /** Undefined where token and proof are in order. */
  function proofFault({ method, path, headers, body }: Received): 'bad-proof' | undefined {
    const [nonce = '', signature = ''] = String(headers['x-linli-proof'] ?? '').split('.');
    const hash = createHash('sha256').update(body).digest('base64url');
    const text = `linli/request/1\n${method}\n${path}\n${bearer(headers)}\n${nonce}\n${hash}`;
    if (nonces.has(nonce) || !isSignedBy(key, text, signature)) return 'bad-proof';
    nonces.add(nonce);
    return undefined;
  }

  function errorOf(request: Received, needs: 'device' | 'person'): string | undefined {
    const token = access.get(bearer(request.headers));
    if (!token) return 'unauthorised';
    if (token.over) return 'expired';
    if (proofFault(request)) return 'bad-proof';
    if (revoked && request.path !== '/api/push') return 'revoked';
    return needs === 'person' && token.person === undefined ? 'unauthorised' : undefined;
  }

  function renew(request: Received): { readonly status: number; readonly body: unknown } {
    const refused = (error: string) => ({ status: 401, body: { error, retry: false } });
    const refresh = bearer(request.headers);
    if (refresh !== present && refresh !== former) {
      alarms += 1;
      return refused('unauthorised');
    }
    if (proofFault(request)) return refused('bad-proof');
    const report = JSON.parse(request.body.toString()) as TokenRequest;
    const [nonce = ''] = String(request.headers['x-linli-proof']).split('.');
    if (report.person) {
      const { id, signature } = report.person;
      const text = `linli/person/1\n${device}\n${id}\n${nonce}`;
      if (!isSignedBy(people[id] ?? '', text, signature)) return refused('bad-proof');
    }
    reports.push(report);
    count += 1;
    former = refresh;
    present = `refresh-${count}`;
    access.set(`access-${count}`, { person: report.person?.id, over: false });
    const serverTime = '2026-03-02T01:00:00.000Z';
    const body = { access: `access-${count}`, expiresIn: 600, refresh: present, serverTime };
    const signature = signText(signing, `linli/revoked/1\n${device}`);
    return { status: 200, body: { ...body, ...(revoked && { revoked: { signature } }) } };
  }

  return {
    errorOf,
    renew,
    /** What the desk has pinned at its enrolment. */
    signingPoint: pointOf(signing),
    sign: (text: string) => signText(signing, text),
    reports,
    register: (deviceKey: string, signing: Readonly<Record<string, string>>) => {
      key = deviceKey;
      people = { ...people, ...signing };
    },
    expire: () => {
      for (const token of access.values()) token.over = true;
    },
    revoke: () => {
      revoked = true;
    },
    personOf: (token: string) => access.get(token)?.person,
    alarms: () => alarms,
  };
}

const bearer = (headers: Received['headers']): string =>
  /^Bearer (.+)$/.exec(String(headers['authorization'] ?? ''))?.[1] ?? '';
