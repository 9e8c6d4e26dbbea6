import { beforeEach, describe, expect, it } from 'vitest';
import { enrollingDistrict, type EnrollingDistrict } from '../testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { comeIn, quickComputer, type QuickComputer } from '../testing/quick-keys.ts';
import type { Keys, Unlocked } from './key-types.ts';
import { isLeaseOver, looked } from './lease.ts';

const DAY = 86_400_000;
const TEN_YEARS = 3652 * DAY;
const passphrase = '弄堂口的梧桐树下有三张椅子';
const casework = '310104007001/casework';
const matter = 'readers/caseNote_01J00000000000000000000001';
const ringKey = (scope: string, id: string, leaseDays: number) => ({
  scope,
  id,
  key: new Uint8Array(32).fill(7),
  leaseDays,
  escrowed: true,
});

describe('the time that a lease counts', () => {
  const at = { used: 5 * DAY, wall: Date.parse('2026-03-02T01:00:00Z') };

  it('never goes back, whatever the clock shows', () => {
    for (const years of [-10, -1]) {
      const after = looked(at, at.wall + years * 365 * DAY, 0);
      expect(after).toEqual(at);
      expect(looked(after, at.wall + years * 365 * DAY + DAY, 1000).used).toBe(at.used + 1000);
    }
  });

  it('counts a jump forward as a day at most, and the way back and forth again not at all', () => {
    const jumped = looked(at, at.wall + TEN_YEARS, 1000);
    expect(jumped.used).toBe(at.used + DAY);
    let flapping = jumped;
    for (let time = 0; time < 100; time++)
      for (const wall of [at.wall, at.wall + TEN_YEARS]) flapping = looked(flapping, wall, 1000);
    expect(flapping.used).toBe(jumped.used + 200 * 1000);
  });

  it('counts what runs by the clock that nobody sets, and a night by the wall', () => {
    expect(looked(at, at.wall, 3 * DAY).used).toBe(at.used + 3 * DAY);
    expect(looked(at, at.wall + DAY / 2, 0).used).toBe(at.used + DAY / 2);
    expect(looked(at, at.wall + DAY / 2, DAY / 2).used).toBe(at.used + DAY / 2);
  });

  it('is over after the last day, not on it', () => {
    expect(isLeaseOver({ used: 30 * DAY - 1, wall: 0 }, 0, 30)).toBe(false);
    expect(isLeaseOver({ used: 30 * DAY, wall: 0 }, 0, 30)).toBe(true);
  });
});

describe('an offline lease', () => {
  let computer: QuickComputer;
  let district: EnrollingDistrict;
  let keys: Keys;
  let zhou: Unlocked;
  const enter = async (): Promise<Unlocked> => {
    keys = await computer.open();
    const result = await keys.unlock({ person: zhouMin.id, passphrase });
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  const readable = (unlocked: Unlocked) => unlocked.ring.keys().open.map(({ scope }) => scope);
  /** A working day: started, used for a while, closed. */
  const day = async (hours = 24): Promise<Unlocked> => {
    computer.clocks.wall += hours * 3_600_000;
    return enter();
  };

  beforeEach(async () => {
    computer = await quickComputer();
    keys = await computer.open();
    district = await enrollingDistrict();
    zhou = await comeIn(keys, district, zhouMin, passphrase);
    await zhou.ring.admit([
      ringKey(casework, 'k_0000000000000000', 30),
      ringKey(matter, 'k_1111111111111111', 14),
    ]);
  });

  it('ends reading after 14 days for named readers, after 30 for areas; the keys stay, and contact renews it', async () => {
    const days: (readonly string[])[] = [];
    for (let count = 1; count <= 30; count++) {
      zhou = await day();
      days.push(readable(zhou));
    }
    expect(days.filter((scopes) => scopes.includes(matter))).toHaveLength(13);
    expect(days.filter((scopes) => scopes.includes(casework))).toHaveLength(29);
    expect(zhou.ring.keys()).toEqual({ open: [], over: [casework, matter] });
    await keys.renewed({ ...zhouMin, grants: [] });
    expect(readable(zhou)).toEqual([casework, matter]);
    expect(readable(await day())).toEqual([casework, matter]);
  });

  it('ends in a program that is never closed, too', async () => {
    computer.clocks.running += 29 * DAY;
    computer.clocks.wall -= TEN_YEARS;
    expect(readable(zhou)).toEqual([casework]);
    computer.clocks.running += DAY;
    expect(readable(zhou)).toEqual([]);
  });

  it('counts what passes while something else is written down', async () => {
    const written = keys.note('journal-damaged');
    // The disk has begun, and has not answered.
    await new Promise(setImmediate);
    computer.clocks.running += 20 * DAY;
    expect(readable(zhou)).toEqual([casework]);
    await written;
    expect(readable(zhou)).toEqual([casework]);
    await keys.note('journal-damaged');
    zhou = await enter();
    expect(readable(zhou)).toEqual([casework]);
  });

  it('goes on signing and beginning what is registered after it is over', async () => {
    for (let count = 1; count <= 31; count++) zhou = await day();
    expect(zhou.signing.sign('a link')).toMatch(/^[\w-]{86}$/);
    await zhou.ring.admit([{ ...ringKey(matter, 'k_2222222222222222', 14), escrowed: false }]);
    expect(zhou.ring.unescrowed().map(({ id }) => id)).toEqual(['k_2222222222222222']);
  });

  it('is not ended by a clock ten years ahead, nor prolonged by one ten years behind', async () => {
    computer.clocks.wall += TEN_YEARS;
    expect(readable(await enter())).toEqual([casework, matter]);
    computer.clocks.wall -= 2 * TEN_YEARS;
    expect(readable(await enter())).toEqual([casework, matter]);
    // What the jump forward cost, a day, is counted; from now on only what runs is.
    zhou = await enter();
    computer.clocks.running += 13 * DAY;
    expect(readable(zhou)).toEqual([casework]);
  });

  it('takes the clock as it is at a contact, so that one that was ahead does not count for ever', async () => {
    computer.clocks.wall += TEN_YEARS;
    zhou = await enter();
    computer.clocks.wall -= TEN_YEARS;
    await keys.renewed({ ...zhouMin, grants: [] });
    for (let count = 1; count <= 14; count++) zhou = await day();
    expect(readable(zhou)).toEqual([casework]);
  });

  it('is each person’s own: a colleague’s contact renews nothing of his', async () => {
    await comeIn(keys, district, chenGuodong, passphrase, 'CHEN234567');
    for (let count = 1; count <= 14; count++) {
      zhou = await day();
      await keys.renewed({ ...chenGuodong, grants: [] });
    }
    expect(readable(zhou)).toEqual([casework]);
  });
});
