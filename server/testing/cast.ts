/** A district with the village's people, and desks on it that push and pull like real ones, without HTTP. */
import { generateKeyPairSync } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Result } from '../../shared/core/result.ts';
import { pullResponse, type PullResponse, type Verdict } from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { createDistrict, type District } from '../district.ts';
import { keysOf } from '../keys.ts';
import type { Transactor } from '../ledger/transactor.ts';
import type { Credentials } from '../people/principal.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { createSeal, type Seal } from './seal.ts';
import { countedBytes, createPen, NOON, village, villagers } from './village.ts';

export interface Desk {
  readonly device: string;
  readonly credentials: { readonly device: string; readonly person: string };
  readonly pen: ReturnType<typeof createPen>;
  readonly seal: Seal;
  readonly push: (...operations: readonly Operation[]) => Promise<readonly Verdict[]>;
  readonly pull: (scope: string, cursor?: number, limit?: number) => Promise<PullResponse>;
}

export interface Cast {
  readonly district: District;
  readonly transactor: Transactor;
  readonly clock: { now: number };
  readonly failures: string[];
  readonly desk: (person: { readonly id: string }) => Promise<Desk>;
  readonly record: (id: string) => Promise<RecordState | undefined>;
}

export const valueOf = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
};

export async function createCast(
  transactor: Transactor = createMemoryLedger({
    district: 'district-xuhui',
    name: '徐汇区',
    epoch: 'epoch-1',
  }),
  seed = 1,
): Promise<Cast> {
  const clock = { now: NOON };
  const failures: string[] = [];
  const district = createDistrict({
    transactor,
    registry: village,
    clock: () => clock.now,
    random: countedBytes(seed),
    keys: keysOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
    onFailure: (operation) => void failures.push(operation),
  });
  for (const person of Object.values(villagers)) await district.addPerson(person);
  let desks = 0;
  return {
    district,
    transactor,
    clock,
    failures,
    desk: async ({ id }) => {
      const code = (await district.issueCode(id)) ?? '';
      const enrolled = valueOf(await district.enrol({}, { protocol: PROTOCOL, app: '0.1.0', code }));
      const credentials: Credentials & { device: string; person: string } = {
        device: enrolled.device.token,
        person: enrolled.person.token,
      };
      const seal = await createSeal(enrolled.district.publicKey);
      return {
        device: enrolled.device.id,
        credentials,
        pen: createPen(enrolled.device.id, ++desks * 1000 + seed),
        seal,
        push: async (...operations) => {
          const entries = await Promise.all(operations.map((operation) => seal(operation)));
          return valueOf(await district.push(credentials, { protocol: PROTOCOL, entries })).verdicts;
        },
        pull: async (scope, cursor = 0, limit = 1000) => {
          const { epoch } = await district.head();
          const text = valueOf(
            await district.pull(credentials, { epoch, cursors: [{ scope, cursor }], limit }),
          );
          return pullResponse.parse(JSON.parse(text));
        },
      };
    },
    record: async (id) => {
      const [found] = await transactor.read((reading) => reading.records([id]));
      return found && (JSON.parse(found.text) as RecordState);
    },
  };
}
