import { expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { isPassword, keptPassword } from './password.ts';

const cost = (N: number) => ({ N, r: 8, p: 1 }) as const;

it('one password is compared at a time: however many ask, the memory is that of one', async () => {
  const slow = await keptPassword('江南新村一号楼', randomBytes, cost(2 ** 15));
  const fast = await keptPassword('江南新村一号楼', randomBytes, cost(2 ** 4));
  const done: string[] = [];
  await Promise.all(
    [slow, fast, fast].map(async (kept, index) => {
      const isRight = await isPassword('江南新村一号楼', kept);
      done.push(`${index} ${isRight}`);
    }),
  );
  expect(done).toEqual(['0 true', '1 true', '2 true']);
});

it('what cannot be compared stops nobody behind it', async () => {
  const kept = await keptPassword('江南新村一号楼', randomBytes, cost(2 ** 4));
  await expect(isPassword('江南新村一号楼', 'scrypt$3$8$1$AAAA$AAAA')).rejects.toThrow();
  expect(await isPassword('江南新村二号楼', kept)).toBe(false);
  expect(await isPassword(undefined, kept)).toBe(false);
});
