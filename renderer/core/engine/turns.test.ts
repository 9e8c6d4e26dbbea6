import { describe, expect, test } from 'vitest';
import type { BridgeEvent } from '../../../shared/bridge.ts';
import type { Poke } from '../../../shared/protocol/poke.ts';
import { createWorld } from '../testing/small-world.ts';
import { CHEN, change, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

/** A desk that is up to date, what it asks, and a way to poke it. */
async function listeningDesk() {
  const asked: string[] = [];
  let emit = (_: BridgeEvent): void => undefined;
  let beforeHandshake = async (): Promise<void> => undefined;
  let onHandshake = async (): Promise<void> => undefined;
  let isCut = false;
  const world = createWorld();
  const zhou = await world.addDesk(ZHOU);
  const matter = await registerMatter(zhou.desk, '楼道堆物');
  await zhou.sync();
  const chen = await world.addDesk(CHEN, {
    bridge: (bridge) => ({
      ...bridge,
      listen: (listener) => {
        emit = listener;
        return bridge.listen(listener);
      },
    }),
    fetch: (ask) => async (path, init) => {
      asked.push(path);
      if (isCut) throw new TypeError('failed');
      if (path === '/api/handshake') await beforeHandshake();
      const answer = await ask(path, init);
      if (path === '/api/handshake') await onHandshake();
      return answer;
    },
  });
  await chen.turn();
  asked.length = 0;
  const head = async (): Promise<Required<Poke>> => {
    const { seq, epoch } = await world.district.district.head();
    return { head: seq, epoch };
  };
  return {
    ...{ zhou, chen, matter, head },
    handshakes: (): number => asked.filter((path) => path === '/api/handshake').length,
    poke: async (news?: Poke): Promise<void> => {
      emit({ kind: 'poke', ...(news && { news }) });
      await chen.desk.inside.turns.settled();
    },
    during: (work: () => Promise<void>): void => {
      onHandshake = async () => {
        onHandshake = async () => undefined;
        await work();
      };
    },
    /** The page that is asked beside it is answered by then. */
    beforeHandshake: (work: () => Promise<void>): void => {
      beforeHandshake = async () => {
        beforeHandshake = async () => undefined;
        await new Promise((resolve) => setTimeout(resolve, 20));
        await work();
      };
    },
    say: (news: Poke): void => emit({ kind: 'poke', news }),
    cut: (now: boolean): void => {
      isCut = now;
    },
  };
}

describe('a poke', () => {
  test('about what the last turn has reached makes none', async () => {
    const { poke, head, handshakes } = await listeningDesk();
    await poke(await head());
    expect(handshakes()).toBe(0);
  });

  test('about something newer, of another epoch or without news makes one', async () => {
    const { poke, head, handshakes, zhou, chen, matter } = await listeningDesk();
    await change(zhou.desk, matter, { subject: '楼道堆物已清' });
    await zhou.sync();
    await poke(await head());
    expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物已清' });
    expect(handshakes()).toBe(1);
    const reached = await head();
    await poke({ ...reached, epoch: 'epoch_2' });
    await poke({ head: reached.head });
    await poke();
    expect(handshakes()).toBe(4);
  });

  test('during a turn makes one more only for what this one has not reached', async () => {
    const { poke, head, handshakes, during, say, zhou, chen, matter } = await listeningDesk();
    const known = await head();
    during(async () => say(known));
    await poke();
    expect(handshakes()).toBe(1);
    // It is written when the handshake was answered and its page asked.
    during(async () => {
      await change(zhou.desk, matter, { subject: '楼道堆物已清' });
      await zhou.sync();
      say(await head());
      say(known);
    });
    await poke();
    expect(handshakes()).toBe(3);
    expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物已清' });
  });

  test('about what came between a page and the handshake that was asked with it makes one', async () => {
    const { poke, head, handshakes, beforeHandshake, zhou, chen, matter } = await listeningDesk();
    beforeHandshake(async () => {
      await change(zhou.desk, matter, { subject: '楼道堆物已清' });
      await zhou.sync();
    });
    await poke();
    expect(valuesOf(chen.desk, matter)).not.toMatchObject({ subject: '楼道堆物已清' });
    await poke(await head());
    expect(handshakes()).toBe(2);
    expect(valuesOf(chen.desk, matter)).toMatchObject({ subject: '楼道堆物已清' });
  });

  test('is heard as long as the last turn did not reach its end', async () => {
    const { poke, head, handshakes, cut } = await listeningDesk();
    cut(true);
    await poke();
    cut(false);
    const before = handshakes();
    await poke(await head());
    expect(handshakes() - before).toBe(1);
    await poke(await head());
    expect(handshakes() - before).toBe(1);
  });
});
