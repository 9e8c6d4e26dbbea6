import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLine, type Line } from './line.ts';
import type { Keys, Unlocked } from './native/key-types.ts';
import { newPrivateKey, pointOf, signText } from './native/signing.ts';
import { deviceSeven, signerOf, signers, zhouMin } from './testing/envelopes.ts';
import { FIRST_REFRESH } from './testing/small-accounts.ts';
import { smallDistrict, xuhui, type SmallDistrict } from './testing/small-district.ts';

let district: SmallDistrict;
let line: Line;
beforeEach(async () => {
  district = await smallDistrict();
  const key = newPrivateKey();
  const points = Object.fromEntries(signers.map(({ person, point }) => [person.id, point]));
  district.accounts.register(pointOf(key), points);
  let refresh = FIRST_REFRESH;
  const { address } = district;
  const { signingPoint: signingKey } = district.accounts;
  const keys: Partial<Keys> = {
    enrolled: () =>
      ({ district: { id: xuhui.id, address, signingKey }, device: { id: deviceSeven } }) as ReturnType<
        Keys['enrolled']
      >,
    device: {
      sign: (text: string) => signText(key, text),
      refresh: () => refresh,
      keepRefresh: async (token: string) => {
        refresh = token;
      },
    } as Partial<Keys['device']> as Keys['device'],
    notices: () => [],
    toldNotices: async () => undefined,
  };
  const inside = signerOf(zhouMin.id) as Partial<Unlocked> as Unlocked;
  line = createLine({
    keys: keys as Keys,
    unlocked: () => inside,
    appVersion: '0.1.0',
    pending: () => 0,
    onRevoked: () => undefined,
  });
});
afterEach(() => district.stop());

it('has a token for whoever has come in before the window asks for anything, and no second one when it does', async () => {
  line.personCame();
  await vi.waitUntil(() => district.accounts.reports.length === 1, { timeout: 10_000 });
  expect(district.accounts.reports[0]?.person?.id).toBe(zhouMin.id);
  await line.ask({ method: 'POST', path: '/api/pull', as: 'person', body: Buffer.from('{}') });
  expect(district.accounts.reports).toHaveLength(1);
});

it('leaves a district that does not answer to the next question', async () => {
  await district.stop();
  line.personCame();
  expect(await line.ask({ method: 'POST', path: '/api/pull', as: 'person' })).toEqual({
    ok: false,
    error: 'network',
  });
});
