import { describe, expect, it } from 'vitest';
import { createGate } from './gate.ts';

describe('the gate for pushes', () => {
  it('lets in as many bytes as it has room for, the others in the order of their arrival', async () => {
    const gate = createGate(100);
    const inside: string[] = [];
    const come = async (name: string, bytes: number): Promise<() => void> => {
      const leave = await gate.enter(bytes);
      inside.push(name);
      return leave;
    };
    const first = come('sixty', 60);
    const second = come('another sixty', 60);
    const third = come('one', 1);
    const leaveFirst = await first;
    await Promise.resolve();
    expect(inside).toEqual(['sixty']);
    leaveFirst();
    await Promise.all([second, third]);
    expect(inside).toEqual(['sixty', 'another sixty', 'one']);
  });

  it('lets what is larger than its room in alone, and gives room back once only', async () => {
    const gate = createGate(100);
    const leave = await gate.enter(500);
    let isIn = false;
    const next = gate.enter(60).then((out) => {
      isIn = true;
      return out;
    });
    await Promise.resolve();
    expect(isIn).toBe(false);
    leave();
    leave();
    const leaveNext = await next;
    let isSecondIn = false;
    const second = gate.enter(60).then(() => (isSecondIn = true));
    await Promise.resolve();
    expect(isSecondIn).toBe(false);
    leaveNext();
    await second;
    expect(isSecondIn).toBe(true);
  });
});
