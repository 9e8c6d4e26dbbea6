import { expect, test } from 'vitest';
import { AREA } from '../testing/small-registry.ts';
import { createWorld } from '../testing/small-world.ts';
import { CHEN, registerMatter, valuesOf, ZHOU } from '../testing/two-desks.ts';

const MB = 1024 ** 2;

test('S1-6 on a disk that is nearly full reading goes on and registering waits; with room again everything comes, once', async () => {
  const world = createWorld();
  let pulls = 0;
  const zhou = await world.addDesk(ZHOU, {
    fetch: (ask) => async (path, init) => {
      if (path === '/api/pull') pulls += 1;
      return ask(path, init);
    },
  });
  const chen = await world.addDesk(CHEN);
  const before = await registerMatter(zhou.desk, '楼上漏水');
  const { desk } = zhou;
  const saw = desk.sync();
  expect(saw).not.toHaveProperty('roomLeft');

  zhou.main.emit({ kind: 'room', room: 'low', free: 900 * MB });
  expect(desk.sync()).toMatchObject({ roomLeft: 900 });
  const low = await registerMatter(desk, '楼道堆物');

  zhou.main.emit({ kind: 'room', room: 'none', free: 150.5 * MB });
  const news = await registerMatter(chen.desk, '电梯故障');
  await chen.sync();
  const asked = pulls;
  await zhou.sync();
  expect(desk.sync()).toMatchObject({ roomLeft: 150, connection: 'problem', problem: 'no-room' });
  const create = { kind: 'create', entity: 'matter', area: AREA, values: { subject: '噪声' } } as const;
  expect(await desk.run({ ...create, record: desk.newId('matter') })).toEqual({
    ok: false,
    error: { code: 'noRoom' },
  });
  expect([pulls, desk.get(news)]).toEqual([asked, undefined]);
  // What was registered before went its way, and what is here can be read; a form's words are kept.
  expect([desk.sync().pending, zhou.main.pendingIds()]).toEqual([0, []]);
  expect([before, low].map((record) => valuesOf(desk, record)?.['subject'])).toEqual([
    '楼上漏水',
    '楼道堆物',
  ]);
  await desk.saveDraft({
    key: 'new/matter',
    entity: 'matter',
    values: { subject: '噪声' },
    opened: desk.open(undefined),
  });
  expect(desk.draft('new/matter')?.values).toEqual({ subject: '噪声' });

  zhou.main.emit({ kind: 'room', room: 'enough', free: 5000 * MB });
  await desk.inside.turns.settled();
  expect(desk.sync()).toMatchObject({ connection: 'online' });
  expect(valuesOf(desk, news)).toMatchObject({ subject: '电梯故障' });
  const after = await registerMatter(desk, '噪声');
  await zhou.sync();
  await chen.turn();
  const subjects = (one: typeof desk) =>
    one.list({ entity: 'matter' }).map(({ values }) => values['subject']);
  expect(subjects(chen.desk).sort()).toEqual(['噪声', '楼上漏水', '楼道堆物', '电梯故障']);
  expect(desk.get(after)).toMatchObject({ pending: 0 });
});

test('the main process has the last word where the disk filled up since the window heard of it', async () => {
  const world = createWorld();
  let isFull = true;
  const zhou = await world.addDesk(ZHOU, {
    bridge: (bridge) => ({
      ...bridge,
      ask: (name, ...input) =>
        isFull && name === 'journal.append'
          ? Promise.reject(new Error('no-room'))
          : bridge.ask(name, ...input),
    }),
  });
  await expect(registerMatter(zhou.desk, '楼上漏水')).rejects.toThrow('noRoom');
  expect([zhou.desk.sync().pending, zhou.desk.list({ entity: 'matter' })]).toEqual([0, []]);
  isFull = false;
  await registerMatter(zhou.desk, '楼上漏水');
  expect(zhou.desk.sync().pending).toBe(1);
});
