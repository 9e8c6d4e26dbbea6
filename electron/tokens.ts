/**
 * Access tokens of this device, alone or with the unlocked person, and the refresh token behind them. One renewal at a time. The next
 * refresh token is on disk before the answer is used, and the former one is sent again where that failed: the district honours it
 * until the next one was used, so neither a lost answer nor a full disk locks anybody out.
 *
 * That this computer is revoked counts with the district's signature alone: keys are destroyed for it, and anybody on the line could say so.
 *
 * An access token's life is counted on a clock that nobody can set; where that is wrong (a computer that slept), the district says so.
 */
import { inOrder } from '../shared/core/in-order.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import {
  DISTRICT,
  tokenResponse,
  type TokenRequest,
  type TokenResponse,
} from '../shared/protocol/messages.ts';
import { PROOF, personText, revokedText } from '../shared/protocol/signing.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import {
  errorOf,
  jsonOf,
  problemIn,
  strangerIn,
  type Answer,
  type Ask,
  type AskingProblem,
  type DistrictContact,
} from './district.ts';
import type { Keys, Unlocked } from './native/key-types.ts';
import { isSignedBy } from './native/signing.ts';
import { newNonce, proofOf } from './proof.ts';

export interface Tokens {
  readonly access: (as: 'device' | 'person') => Promise<Result<string, AskingProblem>>;
  /** The district did not take it. */
  readonly forget: (access: string) => void;
  /** Also while it is none any more, having destroyed its keys; not once it was enrolled anew, as another one. */
  readonly revoked: () => boolean;
  /** Somebody on the line says so: asks the district. */
  readonly askIfRevoked: () => Promise<boolean>;
  /** The same, said in a file; only the district's signature counts. */
  readonly heardRevoked: (said: Pick<TokenResponse, 'revoked'>) => void;
  /** Nobody is in any more: nothing that speaks for a person stays. */
  readonly personLeft: () => void;
}

/** Whoever signs together with the device. */
export type Signer = Pick<Unlocked, 'person' | 'signing'>;

export interface TokensOptions {
  readonly ask: Ask;
  readonly contact: () => DistrictContact | undefined;
  readonly keys: Pick<Keys, 'notices' | 'toldNotices'> & {
    readonly device: Pick<Keys['device'], 'sign' | 'refresh' | 'keepRefresh'>;
  };
  readonly unlocked: () => Signer | undefined;
  readonly appVersion: string;
  /** Operations that wait here: the administrator's page shows it. */
  readonly pending: () => number;
  /** Known from now on; asked again at every start. */
  readonly onRevoked: () => void;
  /** Milliseconds that only grow. */
  readonly ticks?: () => number;
}

interface Held {
  readonly contact: DistrictContact;
  readonly signer: Signer | undefined;
  readonly access: string;
  readonly until: number;
}

/** Renewed so long before its end, ms. */
const MARGIN = 30_000;
/** As long as any silence on the line (district.ts): after an outage a whole district asks for one, and whoever gives up comes to the end of the line. */
const TIME_FOR_ONE = 30_000;
const MOST_NOTICES = 50;

export function createTokens(options: TokensOptions): Tokens {
  const { ask, contact, keys, unlocked, appVersion, pending, onRevoked } = options;
  const { ticks = () => performance.now() } = options;
  const turn = inOrder();
  let held: readonly Held[] = [];
  let revokedDevice: string | undefined;

  function revoked(): boolean {
    const device = contact()?.device;
    return revokedDevice !== undefined && (device === undefined || device === revokedDevice);
  }
  function hearRevoked(
    { signingKey, device }: DistrictContact,
    { revoked: said }: Pick<TokenResponse, 'revoked'>,
  ): void {
    if (!said || revokedDevice === device) return;
    if (!isSignedBy(signingKey, revokedText(device), said.signature)) return;
    revokedDevice = device;
    onRevoked();
  }

  async function access(as: 'device' | 'person', anew = false): Promise<Result<string, AskingProblem>> {
    const to = contact();
    const signer = as === 'person' ? unlocked() : undefined;
    const refresh = keys.device.refresh();
    if (!to || (as === 'person' && !signer)) return refuse('locked');
    if (refresh === undefined) return refuse('access');
    const good = held.find((one) => one.signer === signer && isSame(one.contact, to) && one.until > ticks());
    if (good && !anew) return ok(good.access);
    const asked = ticks();
    const renewed = await renew(to, refresh, signer);
    if (!renewed.ok) return renewed;
    if (signer && signer !== unlocked()) return refuse('locked');
    const { access: fresh, expiresIn } = renewed.value;
    const life = expiresIn * 1000;
    const until = asked + Math.max(life / 2, life - MARGIN);
    // Nothing of somebody who has left stays here.
    const others = held.filter((one) => one.signer !== signer && (!one.signer || one.signer === unlocked()));
    held = [...others, { contact: to, signer, access: fresh, until }];
    return ok(fresh);
  }

  async function renew(
    to: DistrictContact,
    refresh: string,
    signer: Signer | undefined,
  ): Promise<Result<TokenResponse, AskingProblem>> {
    const nonce = newNonce();
    const notices = keys.notices().slice(0, MOST_NOTICES);
    const message: TokenRequest = {
      protocol: PROTOCOL,
      app: appVersion,
      pending: pending(),
      ...(signer && {
        person: {
          id: signer.person.id,
          signature: signer.signing.sign(personText(to.device, signer.person.id, nonce)),
        },
      }),
      ...(notices.length > 0 && { notices: [...notices] }),
    };
    const body = Buffer.from(JSON.stringify(message));
    const request = { method: 'POST', path: '/api/token', token: refresh, body } as const;
    const result = await ask({
      method: 'POST',
      url: `${to.address}/api/token`,
      headers: {
        authorization: `Bearer ${refresh}`,
        [PROOF]: proofOf(keys.device.sign, request, nonce),
        [DISTRICT]: to.district,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body,
      timeoutMs: TIME_FOR_ONE,
      mostBytes: 64 * 1024,
    });
    if (!result.ok) return result;
    const read = responseIn(result.value, to.district);
    if (!read.ok) return read;
    // A disk that takes nothing now leaves the former one in its place, which the district still takes.
    await keys.device.keepRefresh(read.value.refresh, refresh).catch(() => undefined);
    if (notices.length > 0) await keys.toldNotices(notices).catch(() => undefined);
    hearRevoked(to, read.value);
    return read;
  }

  return {
    access: (as) => turn(() => access(as)),
    forget: (token) => {
      held = held.filter((one) => one.access !== token);
    },
    revoked,
    async askIfRevoked() {
      if (!revoked()) await turn(() => access('device', true));
      return revoked();
    },
    heardRevoked: (said) => {
      const to = contact();
      if (to) hearRevoked(to, said);
    },
    personLeft: () => {
      held = held.filter(({ signer }) => !signer);
    },
  };
}

function responseIn(answer: Answer, district: string): Result<TokenResponse, AskingProblem> {
  const stranger = strangerIn(answer, district);
  if (stranger) return refuse(stranger);
  if (answer.status === 200) {
    const parsed = tokenResponse.safeParse(jsonOf(answer.body));
    return parsed.success ? ok(parsed.data) : refuse('server');
  }
  const denied = ['unauthorised', 'bad-proof', 'expired', 'forbidden'];
  const error = errorOf(answer)?.error;
  return refuse(problemIn(answer) ?? (error && denied.includes(error) ? 'access' : 'server'));
}

const isSame = (one: DistrictContact, other: DistrictContact): boolean =>
  one.address === other.address && one.district === other.district && one.device === other.device;
