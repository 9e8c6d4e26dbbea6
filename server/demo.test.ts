import { describe, expect, it } from 'vitest';
import { registry } from '../shared/modules/index.ts';
import { areas } from '../shared/testing/town.ts';
import { seedDemo } from './demo.ts';
import { createDistrict } from './district.ts';
import { keysOf, newPrivateKey } from './keys.ts';
import { createMemoryLedger } from './testing/memory-ledger.ts';
import { countedBytes, NOON } from './testing/village.ts';

describe('the demo district', () => {
  it('is confirmed to the last operation, by the same judge as everybody’s', async () => {
    const transactor = createMemoryLedger(
      { district: 'district-demo', name: '徐汇区', epoch: 'epoch-1' },
      registry.roles,
    );
    const district = createDistrict({
      transactor,
      registry,
      clock: () => NOON,
      random: countedBytes(),
      keys: keysOf({ exchange: newPrivateKey(), signing: newPrivateKey() }),
    });
    const seeded = await seedDemo(district, NOON, { residents: 200, mediations: 30, trainingEvents: 6 });
    expect(seeded).toEqual({ operations: (await district.head()).seq, failed: [] });
    const count = async (entity: string) =>
      transactor.read(async (reading) => (await reading.recordsOf(entity)).length);
    expect({
      residents: await count('resident'),
      mediations: await count('mediation'),
      trainingEvents: await count('trainingEvent'),
      areas: await count('area'),
    }).toEqual({
      residents: 200,
      mediations: 30,
      trainingEvents: 6,
      areas: Object.keys(areas).length,
    });
    const numbers = await transactor.read(async (reading) =>
      (await reading.recordsOf('mediation')).map(({ text }) => {
        const { values } = JSON.parse(text) as { values: Record<string, { official?: string }> };
        return Object.values(values).find((value) => value?.official !== undefined)?.official;
      }),
    );
    expect(new Set(numbers).size).toBe(30);
    expect(numbers).not.toContain(undefined);
  });
});
