/**
 * Who may come in: enrolling, unlocking, locking. Owns the one unlocked session of this computer; its user key is wiped when it
 * locks. Each thing that can go wrong has its own word (bridge: doorRefusal), because each has its own advice.
 */
import type { BridgeOutput, DoorRefusal, Session, Settings } from '../shared/bridge.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import {
  DISTRICT,
  enrolResponse,
  type EnrolRequest,
  type EnrolResponse,
} from '../shared/protocol/messages.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { districtAddress } from './district-address.ts';
import { errorOf, isJson, jsonOf, type Answer, type Ask } from './district.ts';
import { isStrongEnough } from './native/passphrase.ts';
import type { Keys, Unlocked } from './native/keys.ts';

export interface Door {
  readonly state: () => BridgeOutput<'door.state'>;
  readonly enrol: (input: {
    address: string;
    code: string;
    passphrase: string;
  }) => Promise<Result<Session, DoorRefusal>>;
  readonly unlock: (input: { person: string; passphrase: string }) => Promise<Result<Session, DoorRefusal>>;
  readonly lock: () => void;
  readonly session: () => Session | undefined;
  /** For the main process itself: who is in, with the token that never enters the page. */
  readonly inside: () => Pick<Unlocked, 'person' | 'token'> | undefined;
}

export interface DoorOptions {
  readonly keys: Keys;
  readonly ask: Ask;
  readonly appVersion: string;
  readonly settings: () => Settings;
  /** Somebody came in, with a contact that may be new. */
  readonly onEnter: () => void;
}

export function createDoor({ keys, ask, appVersion, settings, onEnter }: DoorOptions): Door {
  let inside: Unlocked | undefined;

  function enter(unlocked: Unlocked): Session {
    lock();
    inside = unlocked;
    onEnter();
    return sessionOf(unlocked);
  }

  function lock(): void {
    inside?.userKey.fill(0);
    inside = undefined;
  }

  function sessionOf({ person, userKey }: Unlocked): Session {
    const enrolled = keys.enrolled();
    if (!enrolled) throw new Error('Unlocked without being enrolled');
    const { device, district } = enrolled;
    return {
      person: { id: person.id, name: person.name },
      device: { id: device.id, label: device.label },
      district: { id: district.id, name: district.name, publicKey: district.publicKey },
      userKey: Uint8Array.from(userKey),
    };
  }

  async function enrol(input: {
    address: string;
    code: string;
    passphrase: string;
  }): Promise<Result<Session, DoorRefusal>> {
    const address = districtAddress(input.address);
    if (address === undefined) return refuse({ code: 'malformed-address' });
    // Before the code is spent: it works only once.
    if (!isStrongEnough(input.passphrase, keys.keyStore())) return refuse({ code: 'weak-passphrase' });
    const known = keys.enrolled();
    const answered = await askToEnrol(address, input.code, known);
    if (!answered.ok) return answered;
    const { district, device, person } = answered.value;
    const admission = keys.admit({
      district: { id: district.id, name: district.name, publicKey: district.publicKey, address },
      device: { id: device.id, label: device.label, token: device.token },
      person,
      passphrase: input.passphrase,
    });
    const unlocked = await written(admission.then((one): Result<Unlocked, DoorRefusal> => ok(one)));
    return unlocked.ok ? ok(enter(unlocked.value)) : unlocked;
  }

  async function askToEnrol(
    address: string,
    code: string,
    known: ReturnType<Keys['enrolled']>,
  ): Promise<Result<EnrolResponse, DoorRefusal>> {
    const message: EnrolRequest = {
      protocol: PROTOCOL,
      app: appVersion,
      code,
      ...(known && { device: known.device.id }),
    };
    const result = await ask({
      method: 'POST',
      url: `${address}/api/enrol`,
      headers: {
        'content-type': 'application/json',
        ...(known && { [DISTRICT]: known.district.id, authorization: `Bearer ${known.device.token}` }),
      },
      body: Buffer.from(JSON.stringify(message)),
      mostBytes: 1024 * 1024,
      timeoutMs: 20_000,
    });
    if (!result.ok) return refuse({ code: 'unreachable' });
    const answer = result.value;
    if (answer.status !== 200) return refuse(refusalOf(answer, known?.district.id));
    const parsed = isJson(answer) ? enrolResponse.safeParse(jsonOf(answer.body)) : undefined;
    if (!parsed?.success) return refuse({ code: 'not-a-district' });
    const { district, device } = parsed.data;
    const named = answer.headers[DISTRICT];
    if (named !== undefined && named !== district.id) return refuse({ code: 'not-a-district' });
    if (Buffer.from(district.publicKey, 'base64').length !== 65) return refuse({ code: 'not-a-district' });
    const same =
      !known ||
      (known.district.id === district.id &&
        known.district.publicKey === district.publicKey &&
        known.device.id === device.id);
    return same ? ok(parsed.data) : refuse({ code: 'other-district' });
  }

  return {
    state() {
      const enrolled = keys.enrolled();
      return {
        appVersion,
        enrolled: enrolled !== undefined,
        ...(enrolled && {
          district: {
            id: enrolled.district.id,
            name: enrolled.district.name,
            address: enrolled.district.address,
          },
        }),
        people: enrolled?.people ?? [],
        ...(inside && { unlocked: inside.person.id }),
        keyStore: keys.keyStore(),
        settings: settings(),
      };
    },
    enrol,
    async unlock(input) {
      const unlocked = await written(keys.unlock(input));
      return unlocked.ok ? ok(enter(unlocked.value)) : unlocked;
    },
    lock,
    session: () => inside && sessionOf(inside),
    inside: () => inside,
  };
}

/** A full disk is an expected outcome; every other fault is none. */
async function written<T>(work: Promise<Result<T, DoorRefusal>>): Promise<Result<T, DoorRefusal>> {
  try {
    return await work;
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return refuse({ code: 'disk-full' });
    throw error;
  }
}

/** The district's own words where it has them; a stranger's page is no district; what is broken there may work later. */
function refusalOf(answer: Answer, knownDistrict: string | undefined): DoorRefusal {
  const error = isJson(answer) ? errorOf(answer)?.error : undefined;
  const named = answer.headers[DISTRICT];
  if (knownDistrict !== undefined && typeof named === 'string' && named !== knownDistrict)
    return { code: 'other-district' };
  switch (error) {
    case undefined:
      return { code: answer.status >= 502 && answer.status <= 504 ? 'unreachable' : 'not-a-district' };
    case 'code-unknown':
    case 'code-used':
    case 'code-expired':
    case 'too-many-tries':
    case 'unsupported-protocol':
      return { code: error };
    case 'malformed':
    case 'too-large':
      return { code: 'code-unknown' };
    case 'wrong-district':
      return { code: 'other-district' };
    case 'unauthorised':
    case 'forbidden':
      return { code: 'unknown-person' };
    case 'not-found':
      return { code: 'not-a-district' };
    case 'wrong-epoch':
    case 'disk-full':
    case 'internal':
      return { code: 'unreachable' };
  }
}
