/**
 * The district without HTTP: what a desk may ask, each with what says who asks. Routes are thin over it, and the simulation calls it
 * in the same process. Everything is authorised before anything is looked up (law 9).
 */
import type { RandomBytes } from '../shared/core/id.ts';
import type { Operation } from '../shared/core/operation.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import type { AdministerRefusal } from '../shared/protocol/administer.ts';
import type { EnrolRequest, EnrolResponse } from '../shared/protocol/enrolment.ts';
import type {
  AttachmentsRequest,
  AttachmentsResponse,
  PartResponse,
} from '../shared/protocol/file-messages.ts';
import type {
  HandshakeResponse,
  HistoryResponse,
  KeysRequest,
  KeysResponse,
  PullRequest,
  PushRequest,
  PushResponse,
  TokenRequest,
  TokenResponse,
  Verdict,
} from '../shared/protocol/messages.ts';
import type { RecoveredRequest, RecoveredResponse } from '../shared/protocol/recovered.ts';
import type { ReviewRequest, ReviewResponse, ReviewWords } from '../shared/protocol/review.ts';
import type { TrailResponse } from '../shared/protocol/trail.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../shared/protocol/version.ts';
import { sealedBytes } from './attachments/download.ts';
import { heldAttachments, keepFile, takePart } from './attachments/upload.ts';
import type { DistrictError } from './district-error.ts';
import { judgingOf, type JudgingGiven } from './judging.ts';
import { bringBack } from './judge/bring-back.ts';
import { judge, judgeAgain } from './judge/judge.ts';
import { REGISTRY_KEY } from './judge/judge-one.ts';
import { submissionOf, type Outcome, type Submission } from './judge/submission.ts';
import type { DistrictKeys } from './keys.ts';
import { createDrain } from './ledger/drain.ts';
import type { StoredPackage } from './ledger/packages.ts';
import type { Head, Person, Transactor } from './ledger/transactor.ts';
import { answerPackage } from './packages/answer-package.ts';
import { importPackage } from './packages/import-package.ts';
import type { ImportedPackage, PackageRefusal } from './packages/imported.ts';
import type { Source } from './packages/open-package.ts';
import type { Parts } from './parts.ts';
import { anchorToday } from './trail/anchor.ts';
import { checkRecord } from './trail/trail.ts';
import * as accounts from './people/accounts.ts';
import {
  administer,
  administerLocally,
  type AdministerRequest,
  type LocalRequest,
} from './people/administration/administer.ts';
import { EVERYWHERE } from './people/administration/office.ts';
import { readAccessToken } from './people/access-token.ts';
import { createAuthenticate, type Asking, type Authenticate } from './people/authenticate.ts';
import { issueCode } from './people/codes.ts';
import { enrolByCode } from './people/enrolment.ts';
import { createNonces } from './people/nonces.ts';
import { mayGoOn, mayListen, type Hearing, type Listening } from './people/hearing.ts';
import { administeredAreas, personFor } from './people/permit.ts';
import { createRateLimit } from './people/rate-limit.ts';
import { leftScopes, scopeKeys } from './people/scope-keys.ts';
import { token } from './people/token.ts';
import { handshake } from './turn/handshake.ts';
import { history } from './turn/history.ts';
import { pull, pullPacked } from './turn/pull.ts';
import { createPagesKept } from './turn/pages-kept.ts';
import type { Packed } from './routes/answer.ts';
import { push } from './turn/push.ts';
import { takeRecovered } from './turn/recovered.ts';
import { review, reviewWords } from './turn/review.ts';

export interface DistrictOptions extends JudgingGiven {
  readonly transactor: Transactor;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly keys: DistrictKeys;
  /** Who asks; the real one wants tokens and proofs, a simulation may trust ids. */
  readonly authenticate?: Authenticate;
  /** Where desks reach the district, for enrolments that travel as files. */
  readonly address?: string;
  /** Bytes that sealed files of attachments may take in all; as much as the disk has without it. */
  readonly roomForFiles?: number;
  readonly backup?: Parts['backup'];
}

type Asked<T> = Promise<Result<T, DistrictError>>;
type Administered = Result<unknown, AdministerRefusal>;

export interface District {
  readonly enrol: (request: EnrolRequest) => Asked<EnrolResponse>;
  /** The refresh token stands in the access token's place. */
  readonly token: (asking: Asking, request: TokenRequest) => Asked<TokenResponse>;
  readonly handshake: (asking: Asking, request: { readonly protocol: number }) => Asked<HandshakeResponse>;
  readonly keys: (asking: Asking, request: KeysRequest) => Asked<KeysResponse>;
  readonly left: (
    asking: Asking,
    request: { readonly scopes: readonly string[] },
  ) => Asked<{ readonly noted: number }>;
  readonly password: (
    asking: Asking,
    request: { readonly old?: string | undefined; readonly password: string },
  ) => Asked<{ readonly changed: true }>;
  /** The answer's JSON, as text. */
  readonly pull: (asking: Asking, request: PullRequest) => Asked<string>;
  /** The same for a caller who reads gzip. */
  readonly pullPacked: (asking: Asking, request: PullRequest) => Asked<string | Packed>;
  readonly push: (asking: Asking, request: PushRequest) => Asked<PushResponse>;
  readonly review: (asking: Asking, request: ReviewRequest) => Asked<ReviewResponse>;
  readonly reviewWords: (
    asking: Asking,
    request: { readonly operations: readonly string[] },
  ) => Asked<{ words: ReviewWords[] }>;
  readonly recovered: (asking: Asking, request: RecoveredRequest) => Asked<RecoveredResponse>;
  readonly history: (asking: Asking, record: string) => Asked<HistoryResponse>;
  readonly attachments: (asking: Asking, request: AttachmentsRequest) => Asked<AttachmentsResponse>;
  readonly takePart: (
    asking: Asking,
    part: { readonly file: string; readonly at: number; readonly bytes: Uint8Array },
  ) => Asked<PartResponse>;
  readonly sealedBytes: (
    asking: Asking,
    range: { readonly file: string; readonly at: number; readonly length: number },
  ) => Asked<Uint8Array>;
  /** Whether the trail of one record is still what its authors have signed. */
  readonly checkTrail: (asking: Asking, record: string) => Asked<TrailResponse>;
  /** The district's own head of today, once a day. */
  readonly anchor: () => Promise<void>;
  /** The device that an access token of this district names; nobody is looked up, and nothing proven. */
  readonly deviceIn: (access: string) => string | undefined;
  /** Whether the device may listen for pokes, from where on, and of what. */
  readonly mayListen: (asking: Asking) => Asked<Listening>;
  /** What a device that listens already may hear from now on; undefined where it is shut out. */
  readonly mayGoOn: (device: string) => Promise<Hearing | undefined>;
  /** Scopes in which something has happened behind this sequence, in which life of the district. */
  readonly moved: (after: number) => Promise<{ readonly epoch: string; readonly scopes: readonly string[] }>;
  readonly administer: (asking: Asking, request: AdministerRequest) => Asked<Administered>;
  /** From beside the server, in nobody's name. */
  readonly administerLocally: (request: LocalRequest) => Promise<Administered>;
  /** A file from a desk without a network. */
  readonly importPackage: (source: Source) => Promise<Result<ImportedPackage, PackageRefusal>>;
  /** The answer to the device's last import, made now. */
  readonly answerPackage: (device: string) => ReturnType<typeof answerPackage>;
  /** The last imports, latest first. */
  readonly packages: () => Promise<readonly StoredPackage[]>;

  readonly head: () => Promise<Head>;
  readonly people: () => Promise<readonly Person[]>;
  /** The demo's and the tests' way in, past the administrator's rules: an account without a record in the directory. Once an id. */
  readonly addPerson: (person: accounts.NewPerson) => Promise<void>;
  /** False for somebody unknown. */
  readonly changePerson: (id: string, change: accounts.PersonChange) => Promise<boolean>;
  /** A whole sealed file, from beside the server: the demo's. */
  readonly keepFile: (file: string, sealed: Uint8Array) => Promise<void>;
  readonly issueCode: (person: string, device?: string) => Promise<string | undefined>;
  /** The district's own operations: judged like everybody's. */
  readonly submit: (operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  /** Judges again what waited for a newer build. */
  readonly judgeWaiting: () => Promise<number>;

  /** Tells the head after every commit that moved it, and whether it may concern everybody. */
  readonly listen: (listener: (head: number, isForAll: boolean) => void) => () => void;
  /** Resolves when no push is under way. */
  readonly idle: () => Promise<void>;
}

const PASSWORD_TRIES_A_MINUTE = 5;
const REPORTS_A_MINUTE = 60;
const MOST_PACKAGES = 20;

export function createDistrict(options: DistrictOptions): District {
  const { transactor, registry, clock, random, keys } = options;
  const listeners = new Set<Parameters<District['listen']>[0]>();
  const instant = (): string => new Date(clock()).toISOString();

  const judging = judgingOf(options, instant);
  const tell = (head: number, isForAll = false): void => {
    for (const listener of listeners) listener(head, isForAll);
  };
  const drain = createDrain<Submission, Outcome>(async (submissions) => {
    const given = judging();
    const { outcomes, head } = await transactor.transact(async (writing) => ({
      outcomes: await judge(writing, submissions, given),
      head: (await writing.head()).seq,
    }));
    if (outcomes.some((one) => one.kind === 'judged' && one.verdict.verdict === 'confirmed')) tell(head);
    return outcomes;
  });
  const change: Parts['change'] = async (work) => {
    const { changed, head } = await transactor.transact(async (writing) => {
      await writing.lockHead();
      const changed = await work(writing);
      if (changed.ok && changed.value.length > 0) await judgeAgain(writing, changed.value, judging());
      return { changed, head: (await writing.head()).seq };
    });
    if (!changed.ok) return changed;
    // Rights that came or went: what each computer may hear is looked up anew only after a while.
    if (changed.value.length > 0) tell(head, true);
    return ok(undefined);
  };
  const nonces = createNonces(clock);
  const authenticate = options.authenticate ?? createAuthenticate({ keys, nonces, clock });
  const parts: Parts = {
    transactor,
    registry,
    clock,
    instant,
    random,
    keys,
    address: options.address ?? '',
    speaks: (protocol) => protocol >= OLDEST_PROTOCOL && protocol <= PROTOCOL,
    authenticate,
    nonces,
    believed: new Set(),
    pagesKept: createPagesKept(),
    reports: createRateLimit(REPORTS_A_MINUTE, clock),
    tries: createRateLimit(PASSWORD_TRIES_A_MINUTE, clock),
    roomForFiles: options.roomForFiles ?? Infinity,
    judge: (submissions) => drain.push(submissions),
    submit: async (operations) =>
      (await drain.push(operations.map(submissionOf))).flatMap((outcome) =>
        outcome.kind === 'judged' ? [outcome.verdict] : [],
      ),
    change,
    bringBack: async (given) => {
      const done = await change(async (writing) =>
        (await bringBack(writing, given, judging())) ? ok([`record:${given.record}`]) : refuse('nothing'),
      );
      return done.ok;
    },
    ...(options.backup && { backup: options.backup }),
  };

  return {
    enrol: (request) => enrolByCode(parts, request),
    token: (asking, request) => token(parts, asking, request),
    handshake: (asking, request) => handshake(parts, asking, request),
    keys: (asking, request) => scopeKeys(parts, asking, request),
    left: (asking, request) => leftScopes(parts, asking, request),
    password: (asking, request) => accounts.changePassword(parts, asking, request),
    pull: (asking, request) => pull(parts, asking, request),
    pullPacked: (asking, request) => pullPacked(parts, asking, request),
    push: (asking, request) => push(parts, asking, request),
    history: (asking, record) => history(parts, asking, record),
    attachments: (asking, request) => heldAttachments(parts, asking, request),
    takePart: (asking, part) => takePart(parts, asking, part),
    sealedBytes: (asking, range) => sealedBytes(parts, asking, range),
    review: (asking, request) => review(parts, asking, request),
    reviewWords: (asking, request) => reviewWords(parts, asking, request),
    recovered: (asking, request) => takeRecovered(parts, asking, request),
    checkTrail: (asking, record) => checkRecord(parts, asking, record),
    anchor: () => anchorToday(parts),
    deviceIn: (access) => readAccessToken(access, keys.mac)?.device,
    mayListen: (asking) => mayListen(parts, asking),
    mayGoOn: (device) => mayGoOn(parts, device),
    moved: (after) =>
      transactor.read(async (reading) => ({
        epoch: (await reading.head()).epoch,
        scopes: await reading.moved(after),
      })),
    administer: async (asking, request) => {
      const caller = await personFor(transactor, asking, authenticate);
      if (!caller.ok) return caller;
      const { person } = caller.value;
      const areas = administeredAreas(person, registry.roles);
      if (areas.length === 0) return refuse({ error: 'forbidden' });
      return ok(await administer({ parts, areas, person: person.id }, request));
    },
    administerLocally: (request) =>
      administerLocally({ parts, areas: [EVERYWHERE], person: undefined }, request),
    importPackage: (source) => importPackage(parts, source),
    answerPackage: (device) => answerPackage(parts, device),
    packages: () => transactor.read((reading) => reading.packages(MOST_PACKAGES)),

    head: () => transactor.read((reading) => reading.head()),
    people: () => transactor.read((reading) => reading.allPersons()),
    addPerson: async (person) => void (await accounts.addPerson(parts, person)),
    changePerson: (id, given) => accounts.changePerson(parts, id, given),
    keepFile: (file, sealed) => keepFile(transactor, file, sealed),
    issueCode: async (person, device) => {
      const given = { now: clock(), random };
      return (await transactor.transact((writing) => issueCode(writing, { person, device }, given)))?.code;
    },
    submit: parts.submit,
    judgeWaiting: () => transactor.transact((writing) => judgeAgain(writing, [REGISTRY_KEY], judging())),

    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    idle: () => drain.idle(),
  };
}
