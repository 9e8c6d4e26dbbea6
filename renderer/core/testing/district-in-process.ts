/** The real district over a ledger in memory, and a line to it that speaks HTTP's shapes; what a line can do to them comes in. */
import type { Grant } from '../../../shared/core/access.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { PushRequest, PushResponse } from '../../../shared/protocol/messages.ts';
import { pullRequest } from '../../../shared/protocol/messages.ts';
import { createDistrict, type District } from '../../../server/district.ts';
import { newLife } from '../../../server/ledger/new-life.ts';
import type { Transactor } from '../../../server/ledger/transactor.ts';
import { createMemoryLedger } from '../../../server/testing/memory-ledger.ts';
import type { Fetch } from '../ports.ts';
import { plainContent } from './plain-vault.ts';
import type { Random } from './random.ts';

export interface Enrolled {
  readonly device: { readonly id: string; readonly label: string };
  readonly credentials: { readonly device: string; readonly person: string };
}

export interface DistrictInProcess {
  readonly district: District;
  readonly ledger: Transactor;
  readonly id: string;
  readonly addPerson: (person: { id: string; name: string; grants: readonly Grant[] }) => Promise<void>;
  readonly enrol: (person: string) => Promise<Enrolled>;
  /** A backup of now; calling it brings the district back as it is now, in a new life unless it does not notice (sync.md S8). */
  readonly backup: (how?: 'unnoticed') => Promise<() => Promise<void>>;
  /** What `app://desk/api/…` answers. */
  readonly fetchAs: (credentials: Enrolled['credentials']) => Fetch;
  readonly pushAs: (
    credentials: Enrolled['credentials'],
  ) => (request: PushRequest) => Promise<PushResponse | undefined>;
}

interface Options {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: Random;
  readonly wrap?: (ledger: Transactor) => Transactor;
}

export function createDistrictInProcess({ registry, clock, random, wrap }: Options): DistrictInProcess {
  const id = 'district_00000000000000000000000001';
  const memory = createMemoryLedger({ district: id, name: '徐汇区', epoch: 'epoch_1' });
  const ledger = wrap?.(memory) ?? memory;
  let lives = 1;
  const district = createDistrict({
    transactor: ledger,
    registry,
    clock,
    random: random.bytes,
    keys: { publicKey: '', open: async (envelope) => plainContent(envelope) },
  });
  return {
    district,
    ledger,
    id,
    addPerson: (person) => district.addPerson(person),
    enrol: async (person) => {
      const code = (await district.issueCode(person)) ?? '';
      const enrolled = await district.enrol(
        { device: undefined, person: undefined },
        { protocol: 1, app: '0', code },
      );
      if (!enrolled.ok) throw new Error(enrolled.error.error);
      const { device, person: one } = enrolled.value;
      return { device, credentials: { device: device.token, person: one.token } };
    },
    backup: async (how) => {
      const then = await memory.snapshot();
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
    fetchAs: (credentials) => async (path, init) => {
      const body = init?.body === undefined ? undefined : (JSON.parse(init.body as string) as never);
      if (path === '/api/handshake') return answer(await district.handshake(credentials, body as never));
      if (path === '/api/pull') {
        const pulled = await district.pull(credentials, pullRequest.parse(body));
        return pulled.ok ? new Response(pulled.value) : answer(pulled);
      }
      if (path.startsWith('/api/history/')) {
        return answer(await district.history(credentials, decodeURIComponent(path.slice(13))));
      }
      return new Response('not found', { status: 404 });
    },
    pushAs: (credentials) => async (request) => {
      const pushed = await district.push(credentials, request);
      return pushed.ok ? pushed.value : undefined;
    },
  };
}

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { readonly error: string } };

const answer = (outcome: Outcome): Response =>
  outcome.ok
    ? new Response(JSON.stringify(outcome.value))
    : new Response(JSON.stringify({ error: outcome.error.error, retry: false }), { status: 400 });
