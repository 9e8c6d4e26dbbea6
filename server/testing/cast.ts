/** A district with the village's people, and desks on it that enrol, sign, push and pull like real ones, without HTTP. */
import type { RecordState } from '../../shared/core/record.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { createDistrict, type District } from '../district.ts';
import { keysOf, newPrivateKey, type DistrictKeys } from '../keys.ts';
import type { Transactor } from '../ledger/transactor.ts';
import { openDesk, type Desk } from './desk.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { countedBytes, NOON, village, villagers } from './village.ts';

/** Nobody listens there. Not a name: it would be looked up, which takes seconds where no name server answers. */
export const CAST_ADDRESS = 'https://127.0.0.1:9';

export interface Cast {
  readonly district: District;
  readonly transactor: Transactor;
  readonly keys: DistrictKeys;
  readonly clock: { now: number };
  readonly failures: string[];
  readonly desk: (person: { readonly id: string }) => Promise<Desk>;
  readonly record: (id: string) => Promise<RecordState | undefined>;
}

export async function createCast(
  transactor: Transactor = createMemoryLedger(
    {
      district: 'district-xuhui',
      name: '徐汇区',
      epoch: 'epoch-1',
    },
    village.roles,
  ),
  seed = 1,
  keys: DistrictKeys = keysOf({ exchange: newPrivateKey(), signing: newPrivateKey() }),
  registry: Registry = village,
): Promise<Cast> {
  const clock = { now: NOON };
  const failures: string[] = [];
  const district = createDistrict({
    transactor,
    registry,
    clock: () => clock.now,
    random: countedBytes(seed),
    keys,
    address: CAST_ADDRESS,
    onFailure: (operation) => void failures.push(operation),
  });
  for (const person of Object.values(villagers)) await district.addPerson(person);
  let desks = 0;
  return {
    district,
    transactor,
    keys,
    clock,
    failures,
    desk: ({ id }) => openDesk({ district, clock, person: id, seed: ++desks * 1000 + seed }),
    record: async (id) => {
      const [found] = await transactor.read((reading) => reading.records([id]));
      return found && (JSON.parse(found.text) as RecordState);
    },
  };
}
