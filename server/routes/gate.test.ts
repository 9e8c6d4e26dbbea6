import { describe, expect, it } from 'vitest';
import { createGate, type Gate } from './gate.ts';
import { LINES } from './lines.ts';

let now = 0;
const gateOf = (given: { most?: number; patience?: number } = {}): Gate =>
  createGate({ ticks: () => now, random: () => 0.5, ...LINES.pushes, most: 100, ...given });

/** One that came: who lets others in knows by `letIn` when its turn was. */
function comeTo(gate: Gate) {
  const inside: string[] = [];
  return {
    inside,
    come: (name: string, bytes: number, who: string | undefined = name) => {
      const admission = gate.come(who, bytes);
      if (!('letIn' in admission)) return admission.comeAgain;
      void admission.letIn.then(() => inside.push(name));
      return admission.leave;
    },
  };
}
const leaveOf = (come: number | (() => void)): (() => void) => {
  if (typeof come === 'number') throw new Error(`told to come again after ${come} ms`);
  return come;
};
const settle = () => new Promise((resolve) => setImmediate(resolve));
/** Shows the gate that a push of so many bytes takes so long while others wait. */
async function show(gate: Gate, bytes: number, milliseconds: number): Promise<void> {
  const { come } = comeTo(gate);
  const first = leaveOf(come('shown', bytes));
  const second = leaveOf(come('waits', bytes));
  now += milliseconds;
  first();
  second();
  await settle();
}

describe('the gate for pushes', () => {
  it('lets in as many bytes as it has room for, the others in the order of their arrival', async () => {
    const { come, inside } = comeTo(gateOf());
    const leaveFirst = leaveOf(come('sixty', 60));
    come('another sixty', 60);
    come('one', 1);
    await settle();
    expect(inside).toEqual(['sixty']);
    leaveFirst();
    await settle();
    expect(inside).toEqual(['sixty', 'another sixty', 'one']);
  });

  it('lets what is larger than its room in alone, and gives room back once only', async () => {
    const { come, inside } = comeTo(gateOf());
    const leave = leaveOf(come('large', 500));
    const leaveNext = leaveOf(come('next', 60));
    await settle();
    expect(inside).toEqual(['large']);
    leave();
    leave();
    come('second', 60);
    await settle();
    expect(inside).toEqual(['large', 'next']);
    leaveNext();
    await settle();
    expect(inside).toEqual(['large', 'next', 'second']);
  });

  it('keeps no place for whoever has hung up while waiting', async () => {
    const { come, inside } = comeTo(gateOf());
    const leave = leaveOf(come('first', 100));
    leaveOf(come('impatient', 100))();
    come('patient', 100);
    leave();
    await settle();
    expect(inside).toEqual(['first', 'patient']);
  });
});

describe('a gate whose line is as long as desks wait', () => {
  /** A byte takes 10 ms: 15 s are 1 500 bytes. */
  const slow = async (): Promise<Gate> => {
    const gate = gateOf({ patience: 15_000 });
    await show(gate, 30_000, 300_000);
    return gate;
  };

  it('tells whoever comes then when to come again: when what came before is through, a little early', async () => {
    const { come } = comeTo(await slow());
    leaveOf(come('inside', 1_000));
    leaveOf(come('waits', 1_000));
    const third = come('third', 1_000);
    const fourth = come('fourth', 1_000);
    expect(third).toBeGreaterThan(10_000);
    expect(third).toBeLessThan(15_000);
    expect(Number(fourth) - Number(third)).toBeGreaterThan(9_000);
  });

  it('is open to everybody as long as there is room and nobody waits, however slow it was', async () => {
    const { come } = comeTo(await slow());
    const leave = leaveOf(come('inside', 90));
    leaveOf(come('small', 10));
    leave();
  });

  it('lets who was sent away in before whoever came later, and sends it away no further back', async () => {
    const { come, inside } = comeTo(await slow());
    const leaveFirst = leaveOf(come('first', 1_000));
    const leaveSecond = leaveOf(come('second', 1_000));
    const told = come('sent away', 1_000);
    expect(come('stranger', 1_000, undefined)).toBeTypeOf('number');
    now += 10_000;
    leaveFirst();
    await settle();
    // Two that never asked before: they come behind the one that is on its way, though it is not here.
    expect(come('new', 1_000)).toBeGreaterThan(Number(told) - 5_000);
    const leaveAgain = leaveOf(come('sent away', 1_000));
    now += 10_000;
    leaveSecond();
    await settle();
    expect(inside).toEqual(['first', 'second', 'sent away']);
    leaveAgain();
  });

  it('forgets whoever does not come', async () => {
    const { come } = comeTo(await slow());
    const leaves = ['first', 'second'].map((name) => leaveOf(come(name, 1_000)));
    for (let count = 0; count < 20; count++) come(`away ${count}`, 1_000);
    for (const leave of leaves) leave();
    const leave = leaveOf(come('third', 1_000));
    // As late as anybody is told.
    expect(come('late', 1_000)).toBe(60_000);
    now += 20 * 60_000;
    leaveOf(come('at once', 1_000));
    leave();
  });
});

describe('a whole district that asks for tokens at once', () => {
  // The first guess of the pace is of the first of them.
  it.each([
    { desks: 3_000, perSecond: 100, within: 45_000 },
    { desks: 750, perSecond: 15, within: 75_000 },
  ])('$perSecond a second: all $desks get one, and none waits as long as a desk does', async (given) => {
    const { desks, perSecond, within } = given;
    const gate = createGate({ ticks: () => now, random: () => 0.5, ...LINES.tokens });
    const started = now;
    const step = 1000 / perSecond;
    const coming = Array.from({ length: desks }, (_, index) => ({ who: `token ${index}`, at: started }));
    const inside: { readonly leave: () => void; readonly until: number }[] = [];
    let longest = 0;
    let answered = 0;
    for (; answered < desks && now < started + 300_000; now += step) {
      const next = inside.findIndex(({ until }) => until <= now);
      if (next >= 0) {
        inside.splice(next, 1).forEach(({ leave }) => leave());
        answered += 1;
      }
      for (const one of coming.splice(0)) {
        const asked = now;
        const admission = one.at > now ? undefined : gate.come(one.who, 1);
        if (admission === undefined) coming.push(one);
        else if ('comeAgain' in admission) coming.push({ ...one, at: now + admission.comeAgain });
        else
          void admission.letIn.then((again) => {
            longest = Math.max(longest, now - asked);
            if (again) coming.push({ ...one, at: now + again.comeAgain });
            else inside.push({ leave: admission.leave, until: now + step });
          });
      }
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(answered).toBe(desks);
    expect(longest).toBeLessThan(25_000);
    expect(now - started).toBeLessThan(within);
  });
});
