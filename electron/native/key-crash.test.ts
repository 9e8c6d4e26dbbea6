/** The power goes off between any two things that the disk is asked for; the next start finds one state or the other, never a third. */
import type * as files from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { enrollingDistrict, type EnrollingDistrict } from '../testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { comeIn, keyStoreOf, noKeyStore, quickComputer, type QuickComputer } from '../testing/quick-keys.ts';
import type { Keys, Unlocked } from './key-types.ts';

/** What the disk may still be asked for; then the power is off. */
const power = vi.hoisted(() => ({ left: Infinity }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  const asked = <A extends unknown[], R>(ask: (...given: A) => Promise<R>) =>
    async function (this: unknown, ...given: A): Promise<R> {
      power.left -= 1;
      if (power.left < 0) throw new Error('the power is off');
      return ask.apply(this, given);
    };
  const open = async (...given: Parameters<typeof real.open>) => {
    const handle = await asked(real.open)(...given);
    // Each on its own: a file may be there and empty, or written and not renamed.
    handle.writeFile = asked(handle.writeFile);
    handle.sync = asked(handle.sync);
    return handle;
  };
  const { rename, copyFile, unlink, rm, mkdir } = real;
  return {
    ...real,
    open,
    rename: asked(rename),
    copyFile: asked(copyFile),
    unlink: asked(unlink),
    rm: asked(rm),
    mkdir: asked(mkdir),
  };
});

const passphrase = '弄堂口的梧桐树下有三张椅子';
const another = '后来另外想了一句比较好记的';
const ringKey = {
  scope: '310104007001/casework',
  id: 'k_0000000000000000',
  key: new Uint8Array(32).fill(7),
  leaseDays: 30,
  escrowed: true,
};
let computer: QuickComputer;
let district: EnrollingDistrict;

beforeEach(() => {
  power.left = Infinity;
});

/** A computer where 周敏 has been for long. @returns her own key, as it must stay */
async function settled(keyStore = noKeyStore): Promise<string> {
  power.left = Infinity;
  [computer, district] = [await quickComputer(), await enrollingDistrict()];
  const keys = await computer.open(keyStore);
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  const device = keys.enrolled()?.device.id ?? '';
  await district.keys(device, zhouMin.id, { offers: [], userKey: zhou.userKeyBox() ?? '' });
  await zhou.userKeyEscrowed();
  return Buffer.from(zhou.ownKey).toString('hex');
}
const ownKey = (unlocked: Unlocked): string => Buffer.from(unlocked.ownKey).toString('hex');

async function zhouWith(keys: Keys, ...phrases: readonly string[]): Promise<Unlocked | undefined> {
  for (const phrase of phrases) {
    computer.clocks.wall += 1_000_000;
    const opened = await keys.unlock({ person: zhouMin.id, passphrase: phrase });
    if (opened.ok) return opened.value;
  }
  return undefined;
}

/** @returns after how many askings the work was done; `after` looks at what the next start finds each time before */
async function atEveryAsking(
  begin: () => Promise<() => Promise<unknown>>,
  after: () => Promise<void>,
): Promise<number> {
  for (let count = 0; count < 500; count++) {
    const work = await begin();
    power.left = count;
    const isDone = await work().then(
      () => power.left >= 0,
      () => false,
    );
    power.left = Infinity;
    await after();
    if (isDone) return count;
  }
  throw new Error('It never ends');
}

describe('S4: the power goes off', () => {
  let before: string;

  it('while a colleague comes in: who was there stays, and the colleague can come in', async () => {
    const count = await atEveryAsking(
      async () => {
        before = await settled();
        const keys = await computer.open();
        return () => comeIn(keys, district, chenGuodong, another, 'CHEN234567');
      },
      async () => {
        const keys = await computer.open();
        expect(ownKey((await zhouWith(keys, passphrase))!)).toBe(before);
        const isIn = keys.enrolled()?.people.some(({ id }) => id === chenGuodong.id);
        if (!isIn) await comeIn(keys, district, chenGuodong, another, 'CHEN234567');
        expect(await keys.unlock({ person: chenGuodong.id, passphrase: another })).toMatchObject({
          ok: true,
        });
      },
    );
    expect(count).toBeGreaterThan(15);
  });

  it('while a PIN is changed: the old one or the new one opens', async () => {
    const count = await atEveryAsking(
      async () => {
        before = await settled();
        const keys = await computer.open();
        return () => keys.changePassphrase({ person: zhouMin.id, old: passphrase, passphrase: another });
      },
      async () => {
        const zhou = await zhouWith(await computer.open(), passphrase, another);
        expect(ownKey(zhou!)).toBe(before);
      },
    );
    expect(count).toBeGreaterThan(10);
  });

  it('while a scope’s key is left: it is there, or gone and on the way to be told', async () => {
    await atEveryAsking(
      async () => {
        await settled();
        const zhou = await zhouWith(await computer.open(), passphrase);
        await zhou!.ring.admit([ringKey]);
        return () => zhou!.ring.leave([ringKey.scope]);
      },
      async () => {
        const { ring } = (await zhouWith(await computer.open(), passphrase))!;
        expect([ring.keys().open.length, ring.left()]).toEqual(
          ring.keys().open.length === 1 ? [1, []] : [0, [ringKey.scope]],
        );
      },
    );
  });

  it('while somebody comes back whose key store has lost the secret: the same keys, then or with the next try', async () => {
    const count = await atEveryAsking(
      async () => {
        before = await settled(keyStoreOf('zhou'));
        const keys = await computer.open(noKeyStore);
        return () => comeIn(keys, district, zhouMin, another, 'BACK234567');
      },
      async () => {
        const keys = await computer.open(noKeyStore);
        expect(keys.damaged()).toBe(false);
        if (keys.secretLost()) await comeIn(keys, district, zhouMin, another, 'BACK234567');
        expect(ownKey((await zhouWith(keys, another))!)).toBe(before);
        expect((await computer.open(noKeyStore)).enrolled()?.people).toMatchObject([zhouMin]);
      },
    );
    expect(count).toBeGreaterThan(25);
  });

  it('while a revoked computer destroys its keys: it is itself and goes on, or has never been one', async () => {
    const found = new Set<boolean>();
    await atEveryAsking(
      async () => {
        await settled();
        const keys = await computer.open();
        return () => keys.destroyAll();
      },
      async () => {
        const keys = await computer.open();
        expect([keys.secretLost(), keys.damaged()]).toEqual([false, false]);
        found.add(keys.enrolled() !== undefined);
        expect(keys.known() === undefined).toBe(keys.enrolled() === undefined);
        await keys.destroyAll();
        expect((await computer.open()).enrolled()).toBeUndefined();
      },
    );
    expect([...found]).toEqual([true, false]);
  });
});
