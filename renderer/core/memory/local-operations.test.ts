import { expect, test } from 'vitest';
import type { Kept } from '../store/kept-operation.ts';
import { createLinks } from '../testing/links.ts';
import { createPlainVault } from '../testing/plain-vault.ts';
import { createLocalOperations } from './local-operations.ts';

const DEVICE = 'device_00000000000000000000000001';
const RECORD = 'matter_00000000000000000000000001';

async function kept(count: number): Promise<readonly Kept[]> {
  const vault = createPlainVault({ person: 'person_1', device: DEVICE, scopeKeys: [] });
  const links = createLinks();
  const made: Kept[] = [];
  for (let number = 1; number <= count; number++) {
    const operation = {
      v: 1 as const,
      id: `operation_${String(number).padStart(26, '0')}`,
      kind: number === 1 ? ('create' as const) : ('change' as const),
      entity: 'matter',
      version: 1,
      record: RECORD,
      author: 'person_1',
      device: DEVICE,
      at: '2026-11-23T01:00:00.000Z',
      basis: { epoch: 'epoch_1', seq: 0 },
      after: [],
    };
    const envelope = await vault.sealOperation(operation, undefined);
    made.push({ operation, envelope, link: links.next(envelope), number });
  }
  return made;
}

test('S8 a line that was written again after a restoration keeps its place in the device’s order', async () => {
  const [creation, change] = await kept(2);
  if (!creation || !change) throw new Error('nothing was made');
  const operations = createLocalOperations();
  operations.put(change);
  operations.put({ ...creation, number: 9 });
  const ids = [creation, change].map(({ operation }) => operation.id);
  expect(operations.of(RECORD).map(({ operation }) => operation.id)).toEqual(ids);
  expect(operations.all().map(({ operation }) => operation.id)).toEqual(ids);
});
