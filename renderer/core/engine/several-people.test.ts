import { describe, expect, test } from 'vitest';
import { createWorld, type World, type WorldDesk } from '../testing/small-world.ts';
import { change, CHEN, registerMatter, twoDesks, valuesOf, ZHOU } from '../testing/two-desks.ts';
import { OTHER_AREA } from '../testing/small-registry.ts';

const MA = { id: 'person_00000000000000000000000003', name: '马丽' };
const LI = {
  id: 'person_00000000000000000000000004',
  name: '李秀兰',
  grants: [{ role: 'worker', area: OTHER_AREA }],
};

/** 周敏 and 陈国栋 at one computer of their committee, which both have used before. */
async function oneComputer(): Promise<{ readonly world: World; readonly shared: WorldDesk }> {
  const world = createWorld();
  const shared = await world.addDesk(ZHOU);
  await shared.join(CHEN);
  await shared.switchTo(CHEN.id);
  await shared.switchTo(ZHOU.id);
  return { world, shared };
}

describe('several people at one computer', () => {
  test('S13 what somebody saved and did not send is seen by the next one, stays their own, and arrives in their name', async () => {
    const { world, shared } = await oneComputer();
    const record = await registerMatter(shared.desk, '楼上漏水');
    await shared.switchTo(CHEN.id);
    expect(shared.desk.get(record)).toMatchObject({ pending: 1, record: { created: { by: ZHOU.id } } });
    expect(shared.desk.sync()).toMatchObject({ pending: 1 });
    expect([shared.desk.unconfirmed(), shared.desk.tray()]).toEqual([[], []]);
    // Built on what only this computer knows.
    await change(shared.desk, record, { place: '301室' });
    await shared.sync();
    expect(shared.desk.get(record)).toMatchObject({ pending: 0, record: { created: { by: ZHOU.id } } });
    const history = await world.district.ledger.read((reading) => reading.history(record));
    expect(history.map(({ author }) => author)).toEqual([ZHOU.id, CHEN.id]);
    await shared.switchTo(ZHOU.id);
    expect(valuesOf(shared.desk, record)).toMatchObject({ place: '301室' });
    expect(shared.desk.sync()).toMatchObject({ pending: 0, attention: 0 });
    // What the district’s record contains is nobody’s to play any more.
    expect(shared.desk.inside.engine.operations.all()).toEqual([]);
    expect([shared.disk.tables.get('journal')?.size, shared.disk.tables.get('archive')?.size]).toEqual([
      0, 2,
    ]);
  });

  test('S10-1 a refusal stands in its author’s tray and nowhere else, and only the author corrects it or sets it aside', async () => {
    const { zhou, chen } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await zhou.desk.run({ kind: 'advance', entity: 'matter', record, to: 'rejected' });
    await chen.join(MA);
    await chen.switchTo(MA.id);
    await chen.switchTo(CHEN.id);
    await chen.desk.run({ kind: 'advance', entity: 'matter', record, to: 'accepted' });
    await zhou.sync();
    await chen.sync();
    const [item] = chen.desk.tray();
    if (item?.kind !== 'refused') throw new Error('nothing was refused');
    await chen.switchTo(MA.id);
    expect([chen.desk.tray(), chen.desk.unconfirmed(), chen.desk.sync().attention]).toEqual([[], [], 0]);
    const notHers = { ok: false, error: { code: 'unknownRecord' } };
    expect(await chen.desk.correct(item.operation.id, {})).toEqual(notHers);
    expect(await chen.desk.setAside(item.operation.id)).toEqual(notHers);
    await chen.switchTo(CHEN.id);
    expect(chen.desk.tray()).toHaveLength(1);
    expect(await chen.desk.setAside(item.operation.id)).toMatchObject({ ok: true });
    expect(chen.desk.tray()).toEqual([]);
  });

  test('the second one finds what the first has pulled, also without a network', async () => {
    const world = createWorld();
    let isCut = false;
    const shared = await world.addDesk(ZHOU, {
      isReached: () => !isCut,
      fetch: (ask) => (path, init) => (isCut ? Promise.reject(new TypeError('cut')) : ask(path, init)),
    });
    await shared.join(CHEN);
    await shared.switchTo(CHEN.id);
    await shared.switchTo(ZHOU.id);
    const record = await registerMatter(shared.desk, '楼上漏水');
    await shared.sync();
    isCut = true;
    await shared.switchTo(CHEN.id);
    expect(shared.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect(shared.desk.sync()).toMatchObject({ connection: 'offline' });
  });

  test('a colleague of another committee opens nothing of it: neither records, nor unsent work, nor history', async () => {
    const shared = await createWorld().addDesk(ZHOU);
    await shared.join(LI);
    const sent = await registerMatter(shared.desk, '楼上漏水');
    await shared.sync();
    const unsent = await registerMatter(shared.desk, '楼道堆物');
    await shared.switchTo(LI.id);
    expect([sent, unsent].map((record) => shared.desk.get(record))).toEqual([undefined, undefined]);
    expect(shared.desk.inside.engine.operations.all()).toEqual([]);
    expect(await shared.desk.history(sent)).toEqual([]);
    expect(shared.desk.search('漏水')).toEqual([]);
    await shared.sync();
    expect(shared.desk.sync().pending).toBe(0);
    await shared.switchTo(ZHOU.id);
    expect([sent, unsent].map((record) => shared.desk.get(record)?.pending)).toEqual([0, 0]);
  });

  test('S12 one engine for the whole computer: the next person waits until the one before has let go', async () => {
    const held: string[] = [];
    const world = createWorld();
    const shared = await world.addDesk(ZHOU, {
      hold: async (name) => {
        if (held.includes(name)) throw new Error('still held');
        held.push(name);
        return () => void held.splice(held.indexOf(name), 1);
      },
    });
    await shared.join(CHEN);
    await expect(shared.open(CHEN.id)).rejects.toThrow('still held');
    await shared.switchTo(CHEN.id);
    expect(held).toEqual(['linli-engine']);
  });

  test('what a colleague’s turn has brought leaves the mirror when its author comes back, and is not played twice', async () => {
    const world = createWorld();
    let isCut = false;
    const shared = await world.addDesk(ZHOU, {
      fetch: (ask) => (path, init) =>
        isCut && path === '/api/pull' ? Promise.reject(new TypeError('cut')) : ask(path, init),
    });
    await shared.join(CHEN);
    await shared.switchTo(CHEN.id);
    await shared.switchTo(ZHOU.id);
    const record = await registerMatter(shared.desk, '楼上漏水');
    isCut = true;
    await shared.sync();
    expect(shared.desk.inside.engine.operations.all()).toHaveLength(1);
    isCut = false;
    await shared.switchTo(CHEN.id);
    isCut = true;
    await shared.switchTo(ZHOU.id);
    expect(shared.desk.get(record)).toMatchObject({ pending: 0, record: { seq: 1 } });
    expect(shared.desk.inside.engine.operations.all()).toEqual([]);
    expect(shared.disk.tables.get('journal')?.size).toBe(0);
  });

  test('a line that was written again in another place of the chain counts there', async () => {
    const { zhou } = await twoDesks();
    await registerMatter(zhou.desk, '楼上漏水');
    const [line] = zhou.main.lines;
    if (line?.kind !== 'operation') throw new Error('nothing was appended');
    await zhou.desk.close();
    const link = { ...line.link, number: 7 };
    zhou.main.lines.push({ ...line, number: line.number + 1, link });
    await zhou.open();
    expect(zhou.desk.inside.engine.operations.get(line.envelope.id)?.link).toEqual(link);
    zhou.main.lines.pop();
    await zhou.desk.close();
    zhou.disk.tables.get('meta')?.clear();
    await zhou.open();
    expect(zhou.desk.inside.engine.operations.get(line.envelope.id)?.link).toEqual(line.link);
  });

  test('S1 a colleague’s lost line that the journal does not take back keeps nobody out, and stays in the store', async () => {
    const world = createWorld();
    let isTaken = false;
    const shared = await world.addDesk(ZHOU, {
      bridge: (bridge) => ({
        ...bridge,
        ask: async (name, ...input) => {
          if (isTaken && name === 'journal.append') throw new Error('place-taken');
          return bridge.ask(name, ...input);
        },
      }),
    });
    await shared.join(CHEN);
    await shared.switchTo(CHEN.id);
    await shared.switchTo(ZHOU.id);
    const record = await registerMatter(shared.desk, '楼上漏水');
    await shared.switchTo(CHEN.id);
    await shared.desk.close();
    shared.main.loseEnd(1);
    isTaken = true;
    await shared.open();
    expect(shared.desk.get(record)).toMatchObject({ pending: 1 });
    isTaken = false;
    await shared.switchTo(ZHOU.id);
    await shared.sync();
    expect(shared.desk.get(record)).toMatchObject({ pending: 0 });
  });

  test('S1-3 a journal that lost its end gets back what the store holds of everybody, in its old place of the chain', async () => {
    const { shared } = await oneComputer();
    const record = await registerMatter(shared.desk, '楼上漏水');
    const [link] = shared.main.lines.flatMap((line) => (line.kind === 'operation' ? [line.link] : []));
    await shared.switchTo(CHEN.id);
    await shared.desk.close();
    shared.main.loseEnd(1);
    await shared.open();
    expect(shared.main.lines).toMatchObject([{ kind: 'operation', link }]);
    await shared.sync();
    expect(shared.desk.get(record)).toMatchObject({ pending: 0, record: { created: { by: ZHOU.id } } });
  });
});
