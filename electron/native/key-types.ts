/**
 * What the keys of this computer offer to the rest of the main process (docs/design: security, Keys). `Keys` outlives every session and
 * holds the device's own key; an `Unlocked` person lives from unlocking to locking, and after `wipe` nothing of it opens or signs.
 * The user key itself is in neither: whoever needs it asks for what is derived from it.
 */
import type { DoorRefusal, ScopeKey } from '../../shared/bridge.ts';
import type { Grant } from '../../shared/core/access.ts';
import type { Result } from '../../shared/core/result.ts';
import type { EnrolRequest, EnrolResponse } from '../../shared/protocol/enrolment.ts';
import type { TokenRequest } from '../../shared/protocol/messages.ts';
import type { Purpose } from '../../shared/protocol/sealed-box.ts';

/** Where this computer belongs; all of it lies sealed under the device secret. */
export interface Enrolled {
  readonly district: {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    /** Raw points, base64; pinned for ever: entries are sealed to the first, answers in files are signed with the second. */
    readonly publicKey: string;
    readonly signingKey: string;
  };
  readonly device: { readonly id: string; readonly label: string };
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    /** As the last contact said; the store may know later ones. */
    readonly grants: readonly Grant[];
    readonly hasSheet: boolean;
  }[];
}

export interface Known {
  readonly device: string;
  readonly district: string;
  /** As in `Enrolled`: nobody else can take the district's place when a person comes back. */
  readonly publicKey: string;
  readonly signingKey: string;
}

/** A scope key as the district delivers it, or as it was begun here. */
export interface RingKey extends ScopeKey {
  /** Without contact it may be read for so many days. */
  readonly leaseDays: number;
  /** Whether the district holds it, too. */
  readonly escrowed: boolean;
}

/** The scope keys of one person on this computer, wrapped under his user key. */
export interface Ring {
  /** Copies. Where a scope has two keys, the one that the district knows comes last. */
  readonly keys: () => { readonly open: readonly ScopeKey[]; readonly over: readonly string[] };
  /** Durable when it returns. The same key id again renews its lease. */
  readonly admit: (keys: readonly RingKey[]) => Promise<void>;
  /** @returns ids of the keys that nobody on this computer holds any more */
  readonly leave: (scopes: readonly string[]) => Promise<readonly string[]>;
  /** Begun here and not known to the district yet. */
  readonly unescrowed: () => readonly RingKey[];
  /** Scopes left since the district was last told. */
  readonly left: () => readonly string[];
  readonly toldLeft: (scopes: readonly string[]) => Promise<void>;
}

export interface Unlocked {
  readonly person: { readonly id: string; readonly name: string };
  /** 32 bytes, for the page: what belongs to this person alone. */
  readonly ownKey: Uint8Array;
  readonly signing: {
    /** `signingKeyId` of link.ts. */
    readonly id: string;
    /** ECDSA P-256, SHA-256, IEEE P1363, base64url. */
    readonly sign: (text: string) => string;
  };
  /** Opens what was sealed to this person at this device. */
  readonly openBox: (box: string, purpose: Purpose) => Uint8Array | undefined;
  /** The user key sealed to the district; undefined once the district has it. */
  readonly userKeyBox: () => string | undefined;
  readonly userKeyEscrowed: () => Promise<void>;
  /** The district speaks in this epoch: in another one than before it has to be given again what it held. */
  readonly heardEpoch: (epoch: string) => Promise<void>;
  readonly ring: Ring;
  /** Zeroes every key; nothing opens or signs any more. */
  readonly wipe: () => void;
}

/** The request of an enrolment, with the keys that it names still in hand. */
export interface Candidate {
  readonly request: EnrolRequest;
  /** Opens what was sealed to the exchange key of the request. */
  readonly openBox: (box: string, purpose: Purpose) => Uint8Array | undefined;
}

export interface Admission {
  readonly response: EnrolResponse;
  readonly candidate: Candidate;
  readonly address: string;
  readonly passphrase: string;
}

/** What happened here, for the administrator; goes out with the next token. */
export type Notice = NonNullable<TokenRequest['notices']>[number];

export interface Keys {
  /** Undefined while never enrolled, damaged, or without its device secret. */
  readonly enrolled: () => Enrolled | undefined;
  /** What outlives the device secret: whose computer this is, also while that is lost. */
  readonly known: () => Known | undefined;
  /** Neither copy nor mirror of the key file can be read. */
  readonly damaged: () => boolean;
  /** The key file is whole, but the secret that opens it is not the one of this computer (any more). */
  readonly secretLost: () => boolean;
  readonly keyStore: () => boolean;
  /** Everything here throws while nobody is enrolled, but `refresh`. */
  readonly device: {
    readonly sign: (text: string) => string;
    /** Raw point, base64. */
    readonly publicKey: () => string;
    readonly refresh: () => string | undefined;
    /** Answers that travel as files are sealed to this point (raw, base64); it follows from the device's key. */
    readonly exchangeKey: () => string;
    readonly openBox: (box: string, purpose: Purpose) => Uint8Array | undefined;
    /** Durable when it returns. Nothing where another one than `former` is in its place by now: somebody was enrolled meanwhile. */
    readonly keepRefresh: (token: string, former: string) => Promise<void>;
  };
  /** Raw point, base64, by `signingKeyId`, of an author on this computer: the journal checks links that are given back. */
  readonly signingKeyOf: (id: string, author: string) => string | undefined;
  /** The same code again (none: enrolment by files) gives the same request, also after a restart, until it was admitted. */
  readonly candidate: (code: string, app: string) => Promise<Candidate>;
  readonly admit: (admission: Admission) => Promise<Unlocked>;
  readonly unlock: (given: {
    readonly person: string;
    readonly passphrase: string;
  }) => Promise<Result<Unlocked, DoorRefusal>>;
  readonly changePassphrase: (given: {
    readonly person: string;
    readonly old: string;
    readonly passphrase: string;
  }) => Promise<Result<{ readonly changed: true }, DoorRefusal>>;
  /** @returns the words, which are kept nowhere; an older sheet is void */
  readonly makeSheet: (given: {
    readonly person: string;
    readonly passphrase: string;
  }) => Promise<Result<{ readonly words: string }, DoorRefusal>>;
  /** Once: the sheet is void afterwards, and `passphrase` takes the forgotten one's place. */
  readonly useSheet: (given: {
    readonly person: string;
    readonly words: string;
    readonly passphrase: string;
  }) => Promise<Result<Unlocked, DoorRefusal>>;
  /**
   * This person shook hands with the district: the lease of everything that he holds begins anew, with the name and rights that it says.
   * @param used where the handshake came in a file: the count of use at which it was asked for
   */
  readonly renewed: (
    person: {
      readonly id: string;
      readonly name: string;
      readonly grants: readonly Grant[];
    },
    used?: number,
  ) => Promise<void>;
  /** The time that leases count, now: milliseconds of use of this computer. */
  readonly used: () => number;
  readonly notices: () => readonly Notice[];
  /** Something happened here that the administrator should hear of. Only while somebody is enrolled. */
  readonly note: (code: Notice['code']) => Promise<void>;
  /** These have reached the district. */
  readonly toldNotices: (told: readonly Notice[]) => Promise<void>;
  /** A revoked computer: every lock, every ring, the device key and the device secret. Never the journal. */
  readonly destroyAll: () => Promise<void>;
}
