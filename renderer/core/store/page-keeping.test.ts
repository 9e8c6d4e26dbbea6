import { expect, test } from 'vitest';
import { emptyDisk, openMemoryDatabase } from '../testing/memory-database.ts';
import type { Vault } from '../vault/vault.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK } from './store.ts';
import { bases, CASEWORK, state, zhou } from './testing/one-disk.ts';

/** A page of four blocks, kept while `seal` seals; what happened in which order. */
async function keptPage(seal: (vault: Vault) => Vault['seal'] = ({ seal: own }) => own) {
  const happened: string[] = [];
  const vault = zhou();
  const database = openMemoryDatabase(emptyDisk());
  const store = createStore({
    database,
    vault: {
      ...vault,
      seal: (content, place) => {
        if (place.kind === 'blocks') happened.push('block');
        return seal(vault)(content, place);
      },
    },
    pause: async () => {
      happened.push('turn');
      await new Promise((resolve) => setTimeout(resolve));
    },
  });
  await store.load({ take: () => undefined });
  happened.length = 0;
  const keeping = store.keepPage({
    bases: bases(1, 4 * BLOCK, CASEWORK),
    state: state(4 * BLOCK, CASEWORK),
    contained: [],
  });
  return { happened, keeping, database };
}

test('the screen has its turn before every block that is packed', async () => {
  const { happened, keeping, database } = await keptPage();
  await keeping;
  expect(happened).toEqual(Array.from({ length: 4 }, () => ['turn', 'block']).flat());
  expect((await database.all('blocks')).length).toBe(4);
});

test('a block that cannot be sealed fails its page, and nothing of it is written', async () => {
  const { keeping, database } = await keptPage(({ seal }) => async (content, place) => {
    if (place.kind === 'blocks') throw new Error('no memory');
    return seal(content, place);
  });
  await expect(keeping).rejects.toThrow('no memory');
  expect((await database.all('blocks')).length).toBe(0);
});
