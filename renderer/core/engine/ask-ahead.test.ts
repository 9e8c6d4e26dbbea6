import { describe, expect, test } from 'vitest';
import { OTHER_AREA } from '../testing/small-registry.ts';
import { createWorld } from '../testing/small-world.ts';
import { CHEN, change, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

/** A desk whose answers are noted, and whose handshake waits where a test holds it. */
async function watchedDesk() {
  const steps: string[] = [];
  let held: Promise<void> = Promise.resolve();
  let isCut = false;
  const world = createWorld();
  const zhou = await world.addDesk(ZHOU);
  const chen = await world.addDesk(CHEN, {
    fetch: (ask) => async (path, init) => {
      steps.push(`asked ${path}`);
      if (path === '/api/handshake') await held;
      if (path === '/api/pull' && isCut) throw new TypeError('failed');
      const answer = await ask(path, init);
      steps.push(`answered ${path}`);
      return answer;
    },
  });
  const matter = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.sync();
  await chen.turn();
  await change(zhou.desk, matter, { subject: '楼道堆物已清' });
  await zhou.sync();
  steps.length = 0;
  return {
    ...{ world, chen, matter, steps },
    hold: (until: Promise<void>): void => {
      held = until;
    },
    cut: (now: boolean): void => {
      isCut = now;
    },
  };
}

describe('a page asked beside the handshake', () => {
  test('brings the news with one journey', async () => {
    const { chen, matter, steps, hold } = await watchedDesk();
    hold(new Promise((resolve) => setTimeout(resolve, 20)));
    await chen.turn();
    expect(steps.filter((step) => step.endsWith('pull'))).toEqual(['asked /api/pull', 'answered /api/pull']);
    expect(steps.indexOf('answered /api/pull')).toBeLessThan(steps.indexOf('answered /api/handshake'));
    expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物已清' });
  });

  test('is not asked on a line that is not known to be well', async () => {
    const { chen, steps, cut } = await watchedDesk();
    cut(true);
    await chen.turn();
    expect(chen.desk.sync().connection).toBe('offline');
    steps.length = 0;
    cut(false);
    await chen.turn();
    expect(steps.slice(0, 2)).toEqual(['asked /api/handshake', 'answered /api/handshake']);
    expect(chen.desk.sync().connection).toBe('online');
  });

  test('is let go unread where the handshake says of other scopes', async () => {
    const { world, chen, matter, steps, hold } = await watchedDesk();
    // Its rights end after the page was answered and before the handshake is.
    const changing = new Promise((resolve) => setTimeout(resolve, 20));
    hold(
      changing
        .then(() => world.district.changePerson(CHEN.id, [{ role: 'worker', area: OTHER_AREA }]))
        .then(() => undefined),
    );
    await chen.turn();
    expect(steps.filter((step) => step.endsWith('pull'))).toEqual([
      ...['asked /api/pull', 'answered /api/pull', 'asked /api/pull', 'answered /api/pull'],
    ]);
    expect(valuesOf(chen.desk, matter)).toBeUndefined();
  });
});
