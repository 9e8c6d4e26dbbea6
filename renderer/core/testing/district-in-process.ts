/** The real district over a ledger in memory, and a line to it that speaks HTTP's shapes; what a line can do to them comes in. */
import type { Grant } from '../../../shared/core/access.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { ScopeKey } from '../../../shared/bridge.ts';
import type { PushRequest } from '../../../shared/protocol/messages.ts';
import { pullRequest } from '../../../shared/protocol/messages.ts';
import { deliveryOf, escrowOf } from '../../../shared/protocol/sealed-box.ts';
import { markDurable } from '../../../server/backup/make.ts';
import { createDistrict, type District } from '../../../server/district.ts';
import { newLife } from '../../../server/ledger/new-life.ts';
import type { Transactor } from '../../../server/ledger/transactor.ts';
import type { Asking, Authenticate } from '../../../server/people/authenticate.ts';
import { createMemoryLedger } from '../../../server/testing/memory-ledger.ts';
import type { MemoryTables } from '../../../server/testing/memory-tables.ts';
import type { Answer, Fetch } from '../ports.ts';
import { signingPoint } from './links.ts';
import {
  openPlainBox,
  plainDistrictKeys,
  plainKeyId,
  plainPoint,
  sealPlainBox,
  sha256,
} from './plain-keys.ts';
import type { Random } from './random.ts';

/** Who sits where. */
export interface Place {
  readonly device: string;
  readonly person: string;
}

export interface DistrictInProcess {
  readonly district: District;
  readonly ledger: Transactor;
  /** What the ledger holds, for whoever looks from outside. */
  readonly tables: () => MemoryTables;
  readonly id: string;
  readonly addPerson: (person: { id: string; name: string; grants: readonly Grant[] }) => Promise<void>;
  readonly changePerson: (id: string, grants: readonly Grant[]) => Promise<unknown>;
  readonly grantsOf: (id: string) => Promise<readonly Grant[]>;
  readonly addDevice: () => Promise<{ readonly id: string; readonly label: string }>;
  readonly enrol: (place: Place) => Promise<void>;
  /** A backup of now, and the durable mark with it; calling it brings the district back as it is now, in a new life unless it does not notice (sync.md S8). */
  readonly backup: (how?: 'unnoticed') => Promise<() => Promise<void>>;
  /** What `app://desk/api/…` answers. */
  readonly fetchAs: (place: Place) => Fetch;
  readonly pushAs: (device: string) => (request: PushRequest) => Promise<Answer>;
  /** Offers keys for scopes; the answer holds those that count on this device. */
  readonly offerAs: (place: Place) => (candidates: readonly ScopeKey[]) => Promise<readonly ScopeKey[]>;
}

interface Options {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: Random;
  readonly wrap?: (ledger: Transactor) => Transactor;
}

export function createDistrictInProcess({ registry, clock, random, wrap }: Options): DistrictInProcess {
  const id = 'district_00000000000000000000000001';
  const memory = createMemoryLedger({ district: id, name: '徐汇区', epoch: 'epoch_1' }, registry.roles);
  const ledger = wrap?.(memory) ?? memory;
  const keys = plainDistrictKeys;
  let lives = 1;
  const district = createDistrict({
    transactor: ledger,
    registry,
    clock,
    random: random.bytes,
    keys,
    authenticate: trusting,
  });
  return {
    district,
    ledger,
    tables: memory.tables,
    id,
    addPerson: (person) => district.addPerson(person),
    changePerson: (person, grants) => district.changePerson(person, { grants }),
    grantsOf: async (person) => (await district.people()).find((one) => one.id === person)?.grants ?? [],
    addDevice: () =>
      ledger.transact(async (writing) => {
        const number = await writing.nextDeviceNumber();
        const device = `device_${String(number).padStart(26, '0')}`;
        const key = plainPoint(`device|${device}`);
        await writing.saveDevice({ id: device, number, key, ...NEW });
        return { id: device, label: `D${number}` };
      }),
    enrol: ({ device, person }) =>
      ledger.transact(async (writing) => {
        const key = signingPoint(device, person);
        await writing.saveMember({
          device,
          person,
          exchangeKey: exchangePoint(device, person),
          userKey: null,
        });
        await writing.saveSigningKey({ id: plainKeyId(key), device, person, key });
      }),
    backup: async (how) => {
      const then = await memory.snapshot();
      const { epoch, seq } = memory.tables().head;
      await markDurable(memory, { epoch, seq, at: new Date(clock()).toISOString() });
      return async () => {
        await memory.restore(then);
        if (how === 'unnoticed') return;
        await memory.transact(async (writing) => {
          const head = await writing.lockHead();
          lives += 1;
          await writing.saveHead(newLife(head, `epoch_${lives}`));
        });
      };
    },
    fetchAs: (place) => async (path, init) => {
      const body = init?.body === undefined ? undefined : (JSON.parse(init.body as string) as never);
      const asking = askingAs(path, place);
      if (path === '/api/handshake') return answer(await district.handshake(asking, body as never));
      if (path === '/api/pull') {
        const pulled = await district.pull(asking, pullRequest.parse(body));
        return pulled.ok ? answerOf(200, pulled.value) : answer(pulled);
      }
      if (path === '/api/recovered') return answer(await district.recovered(asking, body as never));
      if (path === '/api/review') return answer(await district.review(asking, body as never));
      if (path === '/api/review/words') return answer(await district.reviewWords(asking, body as never));
      if (path.startsWith('/api/history/'))
        return answer(await district.history(asking, decodeURIComponent(path.slice(13))));
      return answerOf(404, 'not found');
    },
    pushAs: (device) => async (request) =>
      answer(await district.push(askingAs('/api/push', { device }, JSON.stringify(request)), request)),
    offerAs: (place) => async (candidates) => {
      const { device, person } = place;
      const offers = candidates.map(({ scope, id: key, key: content }) => ({
        scope,
        id: key,
        sealed: sealPlainBox(content, escrowOf(device, scope, key)),
      }));
      const answered = await district.keys(askingAs('/api/keys', place), { offers });
      return (answered.ok ? answered.value.keys : []).flatMap(({ scope, id: key, wrapped }) => {
        const content = openPlainBox(wrapped, deliveryOf(device, person, scope, key));
        return content ? [{ scope, id: key, key: content }] : [];
      });
    },
  };
}

const NEW = {
  refresh: 0,
  graceUntil: null,
  revoked: false,
  quarantined: false,
  seenAt: null,
  app: null,
  pending: null,
} as const;

const exchangePoint = (device: string, person: string): string => plainPoint(`exchange|${device}|${person}`);

const OF_NOTHING = sha256('');

const askingAs = (
  path: string,
  { device, person = '' }: { device: string; person?: string },
  body = '',
): Asking => ({
  access: `${device}|${person}`,
  method: 'POST',
  path,
  bodyHash: body === '' ? OF_NOTHING : sha256(body),
});

/** Believes who somebody says to be; tokens and proofs have tests of their own. */
const trusting: Authenticate = async (reading, { access = '' }) => {
  const [id = '', who = ''] = access.split('|');
  const found = await reading.caller(id, who);
  if (!found) return { ok: false, error: { error: 'unauthorised' } };
  return { ok: true, value: { device: found.device, person: found.person } };
};

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly error: string } };

/** A whole `Response` costs more than everything that a district does for it. */
export const answerOf = (status: number, text: string): Answer => ({ status, text: async () => text });

const answer = (outcome: Outcome): Answer =>
  outcome.ok
    ? answerOf(200, JSON.stringify(outcome.value))
    : answerOf(400, JSON.stringify({ error: outcome.error.error, retry: false }));
