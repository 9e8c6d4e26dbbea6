/**
 * Who may come in: enrolling, unlocking, coming back, locking. Owns the one unlocked session of this computer; its keys are wiped when
 * it locks. Each thing that can go wrong has its own word (bridge: doorRefusal), because each has its own advice.
 */
import type { BridgeInput, BridgeOutput, DoorRefusal, Session, Settings } from '../shared/bridge.ts';
import { inOrder } from '../shared/core/in-order.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import type { EnrolResponse } from '../shared/protocol/enrolment.ts';
import { districtAddress } from './district-address.ts';
import type { Ask } from './district.ts';
import { readAnswer, requestFile, type ReadAnswer } from './enrolment-files.ts';
import { askToEnrol, isOurs } from './enrolment.ts';
import { isDiskFull } from './native/atomic-file.ts';
import type { Admission, Candidate, Keys, Unlocked } from './native/key-types.ts';
import { isStrongEnough } from './native/passphrase.ts';
import { asMeant } from './native/typed-code.ts';

type Entered = Promise<Result<Session, DoorRefusal>>;

export interface Door {
  readonly state: () => BridgeOutput<'door.state'>;
  readonly enrol: (input: BridgeInput<'door.enrol'>) => Entered;
  readonly requestFile: () => Promise<BridgeOutput<'door.requestFile'>>;
  readonly readAnswer: () => Promise<BridgeOutput<'door.readAnswer'>>;
  readonly takeAnswer: (input: BridgeInput<'door.takeAnswer'>) => Entered;
  readonly unlock: (input: BridgeInput<'door.unlock'>) => Entered;
  readonly changePassphrase: (
    input: BridgeInput<'door.changePassphrase'>,
  ) => Promise<BridgeOutput<'door.changePassphrase'>>;
  readonly makeSheet: (input: BridgeInput<'door.makeSheet'>) => Promise<BridgeOutput<'door.makeSheet'>>;
  readonly useSheet: (input: BridgeInput<'door.useSheet'>) => Entered;
  readonly lock: () => void;
  readonly session: () => Session | undefined;
  /** For the main process itself: who is in, with what never enters the page. */
  readonly inside: () => Unlocked | undefined;
}

export interface DoorOptions {
  readonly keys: Keys;
  readonly ask: Ask;
  readonly appVersion: string;
  readonly settings: () => Settings;
  readonly revoked: () => boolean;
  /** Before anybody comes in with it: the journal goes on from the end of the chain that the district knows. Durable when it returns. */
  readonly onAdmitted: (response: EnrolResponse) => Promise<void>;
  /** Somebody came in, with a contact that may be new. */
  readonly onEnter: () => void;
  /** Who was in is out. */
  readonly onLeave: () => void;
  /** Somebody had locked before they were in: what the door's page knows may be out of date. */
  readonly onTurnedAway: () => void;
  readonly files: {
    /** Asks where. @returns the file's name; undefined when the person cancelled */
    readonly save: (file: {
      readonly name: string;
      readonly bytes: Uint8Array;
    }) => Promise<string | undefined>;
    readonly open: () => Promise<Uint8Array | undefined>;
  };
  readonly now?: () => number;
}

const WEAK = { code: 'weak-passphrase' } as const;

export function createDoor(options: DoorOptions): Door {
  const {
    keys,
    ask,
    appVersion,
    settings,
    revoked,
    onAdmitted,
    onEnter,
    onLeave,
    onTurnedAway,
    files,
    now = Date.now,
  } = options;
  const turn = inOrder();
  let inside: Unlocked | undefined;
  let locked = 0;
  let answer: { readonly read: ReadAnswer; readonly candidate: Candidate } | undefined;

  function enter(unlocked: Unlocked): Session {
    lock();
    inside = unlocked;
    answer = undefined;
    onEnter();
    return sessionOf(unlocked);
  }

  function lock(): void {
    locked += 1;
    if (!inside) return;
    inside.wipe();
    inside = undefined;
    onLeave();
  }

  function sessionOf({ person, ownKey, ring }: Unlocked): Session {
    const enrolled = keys.enrolled();
    if (!enrolled) throw new Error('Unlocked without being enrolled');
    const { device, district, people } = enrolled;
    const { open, over } = ring.keys();
    return {
      person: { id: person.id, name: person.name },
      device: { id: device.id, label: device.label },
      district: { id: district.id, name: district.name, publicKey: district.publicKey },
      ownKey: Uint8Array.from(ownKey),
      scopeKeys: [...open],
      leaseOver: [...over],
      grants: [...(people.find(({ id }) => id === person.id)?.grants ?? [])],
    };
  }

  const entering = (work: () => Promise<Result<Unlocked, DoorRefusal>>): Entered => {
    const before = locked;
    return turn(async () => {
      // With its keys destroyed it is nobody's computer, and may be enrolled anew.
      if (revoked() && keys.enrolled()) return refuse({ code: 'revoked' });
      const unlocked = await written(work);
      if (!unlocked.ok) return unlocked;
      if (locked === before) return ok(enter(unlocked.value));
      // Somebody has locked meanwhile, or come in.
      unlocked.value.wipe();
      onTurnedAway();
      return refuse({ code: 'wait', seconds: 1 });
    });
  };
  const isStrong = (passphrase: string): boolean => isStrongEnough(passphrase, keys.keyStore());

  async function admit(admission: Admission): Promise<Result<Unlocked, DoorRefusal>> {
    await onAdmitted(admission.response);
    return ok(await keys.admit(admission));
  }

  async function enrol(input: BridgeInput<'door.enrol'>): Promise<Result<Unlocked, DoorRefusal>> {
    const { passphrase, password } = input;
    const [address, code] = [districtAddress(input.address), asMeant(input.code)];
    if (address === undefined) return refuse({ code: 'malformed-address' });
    // Before the code is spent: it works only once.
    if (!isStrong(passphrase)) return refuse(WEAK);
    // No code is an enrolment by files.
    if (code === '') return refuse({ code: 'code-unknown' });
    const candidate = await keys.candidate(code, appVersion);
    const request = { ...candidate.request, ...(password && { password }) };
    const answered = await askToEnrol(ask, address, request, keys);
    return answered.ok ? admit({ response: answered.value, candidate, address, passphrase }) : answered;
  }

  async function takeAnswer(passphrase: string): Promise<Result<Unlocked, DoorRefusal>> {
    if (!answer) return refuse({ code: 'not-an-answer' });
    if (!isStrong(passphrase)) return refuse(WEAK);
    const { read, candidate } = answer;
    // An address that works is better than one that the district believes to have.
    const address = keys.enrolled()?.district.address || (districtAddress(read.address) ?? '');
    return admit({ response: read.answer, candidate, address, passphrase });
  }

  return {
    state() {
      const enrolled = keys.enrolled();
      const { id, name, address } = enrolled?.district ?? {};
      return {
        appVersion,
        enrolled: enrolled !== undefined,
        ...(id !== undefined &&
          name !== undefined &&
          address !== undefined && { district: { id, name, address } }),
        people: [...(enrolled?.people ?? [])],
        secretLost: keys.secretLost(),
        ...(keys.damaged() && { keysDamaged: true as const }),
        revoked: revoked(),
        ...(inside && { unlocked: inside.person.id }),
        keyStore: keys.keyStore(),
        settings: settings(),
      };
    },
    enrol: (input) => entering(() => enrol(input)),
    async requestFile() {
      const saved = await files.save(requestFile(await keys.candidate('', appVersion), now()));
      return saved === undefined ? {} : { saved };
    },
    async readAnswer() {
      const bytes = await files.open();
      if (!bytes) return ok(undefined);
      const candidate = await keys.candidate('', appVersion);
      const read = readAnswer(bytes, candidate, now());
      if (!read.ok) return read;
      if (!isOurs(read.value.answer, keys)) return refuse({ code: 'other-district' });
      answer = { read: read.value, candidate };
      const { person, district } = read.value.answer;
      return ok({ person: person.name, district: district.name, fingerprint: read.value.fingerprint });
    },
    takeAnswer: ({ passphrase }) => entering(() => takeAnswer(passphrase)),
    unlock: (input) => entering(() => keys.unlock(input)),
    async changePassphrase({ old, passphrase }) {
      const person = inside?.person.id;
      if (person === undefined) return refuse({ code: 'unknown-person' });
      if (!isStrong(passphrase)) return refuse(WEAK);
      return written(() => keys.changePassphrase({ person, old, passphrase }));
    },
    async makeSheet({ passphrase }) {
      const person = inside?.person.id;
      if (person === undefined) return refuse({ code: 'unknown-person' });
      return written(() => keys.makeSheet({ person, passphrase }));
    },
    useSheet: (input) =>
      entering(async () => (isStrong(input.passphrase) ? keys.useSheet(input) : refuse(WEAK))),
    lock,
    session: () => inside && sessionOf(inside),
    inside: () => inside,
  };
}

/** A full disk is an expected outcome; every other fault is none. */
async function written<T>(work: () => Promise<Result<T, DoorRefusal>>): Promise<Result<T, DoorRefusal>> {
  try {
    return await work();
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'disk-full' });
    throw error;
  }
}
