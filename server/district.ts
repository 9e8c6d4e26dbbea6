/**
 * The district without HTTP: what a desk may ask, each with the caller's tokens. Routes are thin over it, and the simulation calls
 * it in the same process. Everything is authorised before anything is looked up (law 9).
 */
import type { Grant } from '../shared/core/access.ts';
import { newId, type RandomBytes } from '../shared/core/id.ts';
import { mayRead, parseScope } from '../shared/core/access.ts';
import type { Operation } from '../shared/core/operation.ts';
import type { Registry } from '../shared/core/registry.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import {
  type EnrolRequest,
  type EnrolResponse,
  type HandshakeResponse,
  type HistoryResponse,
  type PullRequest,
  type PushRequest,
  type PushResponse,
  type Verdict,
} from '../shared/protocol/messages.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../shared/protocol/version.ts';
import type { DistrictError } from './district-error.ts';
import type { Judging } from './judge/bench.ts';
import { judge, judgeAgain } from './judge/judge.ts';
import { REGISTRY_KEY } from './judge/judge-one.ts';
import { openSubmission, type OpenEnvelope } from './judge/open-envelope.ts';
import { submissionOf, type Submission } from './judge/submission.ts';
import { createDrain } from './ledger/drain.ts';
import { newLife } from './ledger/new-life.ts';
import type { Head, Person, Transactor, Writing } from './ledger/transactor.ts';
import { enrol, issueCode } from './people/enrol.ts';
import { withGrants } from './people/grants.ts';
import { deviceOf, principalOf, type Credentials } from './people/principal.ts';
import { readableScopes } from './people/scopes.ts';
import { pageText } from './projector/page-text.ts';

export interface DistrictKeys {
  /** Raw uncompressed P-256 point, base64. */
  readonly publicKey: string;
  readonly open: OpenEnvelope;
}

export interface DistrictOptions {
  readonly transactor: Transactor;
  readonly registry: Registry;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: RandomBytes;
  readonly keys: DistrictKeys;
  /** Where official numbers find the areas' short names: an entity and two of its fields. */
  readonly areas?: { readonly entity: string; readonly code: string; readonly shortName: string };
  readonly onFailure?: Judging['onFailure'];
}

type Asked<T> = Promise<Result<T, DistrictError>>;

export interface District {
  readonly enrol: (credentials: Credentials, request: EnrolRequest) => Asked<EnrolResponse>;
  readonly handshake: (
    credentials: Credentials,
    request: { readonly protocol: number },
  ) => Asked<HandshakeResponse>;
  /** The answer's JSON, as text. */
  readonly pull: (credentials: Credentials, request: PullRequest) => Asked<string>;
  readonly push: (credentials: Credentials, request: PushRequest) => Asked<PushResponse>;
  readonly history: (credentials: Credentials, record: string) => Asked<HistoryResponse>;
  /** Whether the device may listen for pokes. */
  readonly mayListen: (credentials: Credentials) => Asked<{ readonly head: number }>;
  readonly head: () => Promise<Head>;

  /** The administrator's and the demo's way in: judged like everything else. */
  readonly submit: (operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  readonly people: () => Promise<readonly Person[]>;
  readonly addPerson: (person: {
    readonly id: string;
    readonly name: string;
    readonly grants: readonly Grant[];
  }) => Promise<void>;
  /** Changes rights and judges again what waited for them; false for somebody unknown. */
  readonly changePerson: (
    id: string,
    change: { readonly grants?: readonly Grant[]; readonly disabled?: boolean },
  ) => Promise<boolean>;
  readonly revokeDevice: (id: string) => Promise<boolean>;
  readonly issueCode: (person: string) => Promise<string | undefined>;
  /** Judges again what waited for a newer build. */
  readonly judgeWaiting: () => Promise<number>;

  /** Tells the head after every commit that moved it. */
  readonly listen: (listener: (head: number) => void) => () => void;
  /** Resolves when no push is under way. */
  readonly idle: () => Promise<void>;
}

const PAGE = 1000;

export function createDistrict(options: DistrictOptions): District {
  const { transactor, registry, clock, random, keys } = options;
  const areas = options.areas ?? { entity: 'area', code: 'code', shortName: 'shortName' };
  const listeners = new Set<(head: number) => void>();
  const instant = (): string => new Date(clock()).toISOString();

  const judging = (): Judging => ({
    registry,
    now: instant(),
    areaName: async (writing, code) => {
      const values = (await writing.recordsOf(areas.entity)).map(
        ({ text }) => (JSON.parse(text) as { values: Record<string, unknown> }).values,
      );
      return String(values.find((area) => area[areas.code] === code)?.[areas.shortName] ?? code);
    },
    ...(options.onFailure && { onFailure: options.onFailure }),
  });

  const tell = (head: number): void => {
    for (const listener of listeners) listener(head);
  };
  const drain = createDrain<Submission>(async (submissions) => {
    const given = judging();
    const { verdicts, head } = await transactor.transact(async (writing) => ({
      verdicts: await judge(writing, submissions, given),
      head: (await writing.head()).seq,
    }));
    if (verdicts.some(({ verdict }) => verdict === 'confirmed')) tell(head);
    return verdicts;
  });
  const change = async (
    work: (writing: Writing) => Promise<readonly string[] | undefined>,
  ): Promise<boolean> => {
    const { woken, head } = await transactor.transact(async (writing) => {
      await writing.lockHead();
      const woken = await work(writing);
      if (woken && woken.length > 0) await judgeAgain(writing, woken, judging());
      return { woken, head: (await writing.head()).seq };
    });
    if (woken && woken.length > 0) tell(head);
    return woken !== undefined;
  };
  /** A desk has seen more than there is: the disk under the ledger went back without a word (sync.md S8). */
  const beginAnew = (epoch: string, reached: number): Promise<void> =>
    transactor.transact(async (writing) => {
      const head = await writing.lockHead();
      if (head.epoch !== epoch || head.seq >= reached) return;
      await writing.saveHead(newLife(head, newId('epoch', clock(), random)));
    });
  const speaks = (protocol: number): boolean => protocol >= OLDEST_PROTOCOL && protocol <= PROTOCOL;

  return {
    enrol: async (credentials, request) => {
      if (!speaks(request.protocol)) return refuse({ error: 'unsupported-protocol' });
      const enrolled = await transactor.transact((writing) =>
        enrol(writing, request, { now: clock(), random, deviceToken: credentials.device }),
      );
      if (!enrolled.ok) return enrolled;
      const { head, person, personToken, device, deviceToken } = enrolled.value;
      return ok({
        device: { id: device.id, label: `D${device.number}`, token: deviceToken },
        person: { id: person.id, name: person.name, token: personToken },
        district: { id: head.district, name: head.name, epoch: head.epoch, publicKey: keys.publicKey },
      });
    },

    handshake: (credentials, { protocol }) =>
      transactor.read(async (reading) => {
        const principal = await principalOf(reading, credentials);
        if (!principal.ok) return principal;
        if (!speaks(protocol)) return refuse({ error: 'unsupported-protocol' });
        const { id, name, grants } = principal.value.person;
        const { district, epoch, restoredHead, seq, durable } = await reading.head();
        const scopes = readableScopes({ id, grants }, registry.roles, await reading.scopes());
        return ok({
          protocol: PROTOCOL,
          district,
          epoch,
          restoredHead,
          head: seq,
          durable,
          serverTime: instant(),
          scopes: [...scopes],
          person: { id, name, grants: grants.map(({ role, area }) => ({ role, area })) },
        });
      }),

    pull: async (credentials, { epoch, cursors, limit = PAGE }) => {
      const reached = Math.max(0, ...cursors.map(({ cursor }) => cursor));
      const answer = await transactor.read(async (reading) => {
        const principal = await principalOf(reading, credentials);
        if (!principal.ok) return principal;
        const { person } = principal.value;
        // Refused whole, not thinned out: a page without a scope's rows would still move its cursor.
        if (!cursors.every(({ scope }) => mayRead(person, parseScope(scope), registry.roles))) {
          return refuse({ error: 'forbidden' as const });
        }
        const head = await reading.head();
        if (head.epoch !== epoch) return refuse({ error: 'wrong-epoch' as const });
        if (head.seq < reached) return ok('ahead' as const);
        const asked = [...new Map(cursors.map((cursor) => [cursor.scope, cursor])).values()];
        return ok(await reading.page(asked, limit));
      });
      if (!answer.ok) return answer;
      if (answer.value !== 'ahead') return ok(pageText(answer.value));
      await beginAnew(epoch, reached);
      return refuse({ error: 'wrong-epoch' });
    },

    push: async (credentials, { protocol, entries }) => {
      const carrier = await transactor.read(async (reading) => {
        const device = await deviceOf(reading, credentials);
        if (!device.ok) return device;
        const { epoch, restoredHead } = await reading.head();
        return ok({
          id: device.value.id,
          epoch,
          restoredHead,
          members: await reading.members(device.value.id),
        });
      });
      if (!carrier.ok) return carrier;
      if (!speaks(protocol)) return refuse({ error: 'unsupported-protocol' });
      const { id, epoch, restoredHead, members } = carrier.value;
      const people = new Set(members.map(({ person }) => person));
      const opened = await Promise.all(
        entries.map((envelope) => openSubmission(envelope, { open: keys.open, device: id, people })),
      );
      const submissions = opened.flatMap((one) => (one.ok ? [one.value] : []));
      const judged = submissions.length > 0 ? await drain.push(submissions) : [];
      let next = 0;
      const verdicts = opened.map((one, index): Verdict => {
        if (one.ok) return judged[next++] as Verdict;
        // An author whom this device is not enrolled for, perhaps not yet or not any more: asked about again, and no trace is kept.
        const verdict = one.error.code === 'access' ? 'held' : 'refused';
        return { id: entries[index]?.id ?? '', verdict, reason: one.error };
      });
      return ok({ epoch, restoredHead, verdicts });
    },

    history: (credentials, record) =>
      transactor.read(async (reading) => {
        const principal = await principalOf(reading, credentials);
        if (!principal.ok) return principal;
        const [found] = await reading.records([record]);
        // The same answer for what is not there and for what is not for this person.
        if (!found || !mayRead(principal.value.person, parseScope(found.scope), registry.roles)) {
          return refuse({ error: 'not-found' });
        }
        const operations = (await reading.history(record)).map(({ seq, receivedAt, text }) => ({
          seq: seq ?? 0,
          receivedAt,
          operation: JSON.parse(text) as Operation,
        }));
        return ok({ operations });
      }),

    mayListen: (credentials) =>
      transactor.read(async (reading) => {
        const device = await deviceOf(reading, credentials);
        return device.ok ? ok({ head: (await reading.head()).seq }) : device;
      }),
    head: () => transactor.read((reading) => reading.head()),

    submit: (operations) => drain.push(operations.map(submissionOf)),
    people: () => transactor.read((reading) => reading.allPersons()),
    addPerson: ({ id, name, grants }) =>
      transactor.transact((writing) => writing.savePerson({ id, name, grants, former: [], disabled: false })),
    changePerson: (id, { grants, disabled }) =>
      change(async (writing) => {
        const [person] = await writing.persons([id]);
        if (!person) return undefined;
        const changed = grants ? withGrants(person, grants) : person;
        await writing.savePerson({ ...changed, disabled: disabled ?? person.disabled });
        return [`person:${id}`];
      }),
    revokeDevice: (id) =>
      change(async (writing) => {
        const device = await writing.device(id);
        if (!device) return undefined;
        await writing.saveDevice({ ...device, revoked: true });
        return [];
      }),
    issueCode: (person) =>
      transactor.transact((writing) => issueCode(writing, person, { now: clock(), random })),
    judgeWaiting: () => transactor.transact((writing) => judgeAgain(writing, [REGISTRY_KEY], judging())),

    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    idle: () => drain.idle(),
  };
}
