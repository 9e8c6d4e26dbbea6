import { describe, expect, test } from 'vitest';
import type { Grant } from '../../../shared/core/access.ts';
import type { BridgeOutput } from '../../../shared/bridge.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Desk } from '../desk.ts';
import { AREA, OTHER_AREA } from '../testing/small-registry.ts';
import { createWorld, WORKER, type WorldDesk } from '../testing/small-world.ts';
import { change, CHEN, registerMatter, twoDesks, valuesOf, ZHOU } from '../testing/two-desks.ts';

const ELSEWHERE: readonly Grant[] = [{ role: 'worker', area: OTHER_AREA }];
const CARER: readonly Grant[] = [{ role: 'carer', area: AREA }];
const LI = { id: 'person_00000000000000000000000004', name: '李秀兰', grants: ELSEWHERE };
const HE = { id: 'person_00000000000000000000000005', name: '何静', grants: CARER };

async function create(desk: Desk, entity: string, values: Values, area = AREA): Promise<string> {
  const record = desk.newId(entity);
  const saved = await desk.run({ kind: 'create', entity, record, area, values });
  if (!saved.ok) throw new Error(saved.error.code);
  return record;
}

/** Rows on disk that belong to no key that anybody holds, or hold the text in a table of records. */
const rowsWith = ({ disk }: WorldDesk, text: string): readonly string[] =>
  ['blocks', 'changes', 'history'].flatMap((table) =>
    [...(disk.tables.get(table as 'blocks')?.entries() ?? [])].flatMap(([key, { bytes }]) =>
      new TextDecoder().decode(bytes).includes(text) ? [`${table}/${key}`] : [],
    ),
  );

describe('gaining and losing scopes on a running desk', () => {
  test('a gained scope gets its key and is pulled from zero, and colleagues’ unsent work in it opens', async () => {
    const { world, zhou, chen } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await chen.join(LI);
    const unsent = await registerMatter(chen.desk, '楼道堆物');
    await chen.switchTo(LI.id);
    expect(chen.desk.list({ entity: 'matter' })).toEqual([]);
    await world.district.changePerson(LI.id, [...ELSEWHERE, ...WORKER]);
    await chen.turn();
    expect([chen.desk.get(record)?.pending, chen.desk.get(unsent)?.pending]).toEqual([0, 1]);
  });

  test('of a record that was lost, a draft keeps its author’s own words and nothing else', async () => {
    const { world, zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    const opened = zhou.desk.open(record);
    const values = { ...opened.seen?.values, place: '301室' };
    await zhou.desk.saveDraft({ key: 'edit', entity: 'matter', record, values, opened });
    await zhou.turn();
    expect(zhou.desk.draft('edit')?.opened.seen).toBeDefined();
    await world.district.changePerson(ZHOU.id, ELSEWHERE);
    await zhou.turn();
    expect(zhou.desk.draft('edit')).toMatchObject({
      values: { place: '301室' },
      opened: { seen: undefined },
    });
    await zhou.open();
    expect(zhou.desk.draft('edit')?.values).toEqual({ place: '301室' });
  });

  test('a lost scope takes its key, its rows and what memory knew, after own work has its verdict', async () => {
    const { world, zhou } = await twoDesks();
    const [scope] = [`${AREA}/casework`];
    const record = await registerMatter(zhou.desk, '楼上漏水');
    const party = await create(zhou.desk, 'neighbour', { name: '樊晓燕' });
    await zhou.sync();
    await zhou.desk.history(record);
    await change(zhou.desk, record, { place: '301室' });
    await world.district.changePerson(ZHOU.id, ELSEWHERE);
    await zhou.turn();
    expect([zhou.desk.get(record)?.pending, zhou.desk.get(party)]).toEqual([1, undefined]);
    expect([rowsWith(zhou, '樊晓燕'), rowsWith(zhou, '楼上漏水').length > 0]).toEqual([[], true]);
    await zhou.main.carry();
    await zhou.turn();
    expect(zhou.desk.tray()).toMatchObject([
      { kind: 'held', reason: { code: 'access' }, record: undefined, operation: { record } },
    ]);
    expect(zhou.desk.get(record)).toBeUndefined();
    expect(rowsWith(zhou, '楼上漏水')).toEqual([]);
    expect(zhou.desk.sync().left).toEqual([scope, `${AREA}/residents`]);
    expect(zhou.desk.sync().left).toContain(scope);
    expect(
      zhou
        .ringOf(ZHOU.id)
        .session()
        .scopeKeys.map((key) => key.scope),
    ).not.toContain(scope);
    await zhou.desk.close();
    await zhou.open();
    expect(zhou.desk.get(record)).toBeUndefined();
    // One's own words stay one's own.
    expect(zhou.desk.tray()).toMatchObject([{ operation: { set: { place: '301室' } } }]);
  });

  test('what a colleague at the same computer still reads stays on its disk, and comes back with the scope', async () => {
    const { world, zhou } = await twoDesks();
    await zhou.join(CHEN);
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await zhou.switchTo(CHEN.id);
    const his = await registerMatter(zhou.desk, '楼道堆物');
    await zhou.switchTo(ZHOU.id);
    expect(zhou.desk.get(his)).toMatchObject({ pending: 1 });
    await world.district.changePerson(ZHOU.id, ELSEWHERE);
    await zhou.turn();
    expect([zhou.desk.get(record), zhou.desk.get(his)]).toEqual([undefined, undefined]);
    expect(zhou.desk.inside.engine.operations.all()).toEqual([]);
    expect(rowsWith(zhou, '楼上漏水')).not.toEqual([]);
    await zhou.switchTo(CHEN.id);
    expect([record, his].map((one) => zhou.desk.get(one)?.pending)).toEqual([0, 1]);
    await world.district.changePerson(ZHOU.id, WORKER);
    await zhou.switchTo(ZHOU.id);
    await zhou.turn();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0 });
    expect(zhou.desk.sync().left).not.toContain(`${AREA}/casework`);
  });

  test('keys that cannot be had are asked for again, and their scopes are not pulled without them', async () => {
    let isReached = false;
    const world = createWorld();
    const chen = await world.addDesk(CHEN);
    const record = await registerMatter(chen.desk, '楼上漏水');
    await chen.sync();
    const zhou = await world.addDesk(ZHOU, { isReached: () => isReached });
    expect(zhou.desk.sync()).toMatchObject({ connection: 'problem', problem: 'access' });
    isReached = true;
    await zhou.turn();
    expect(zhou.desk.sync()).toMatchObject({ connection: 'online' });
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0 });
  });

  test('own work in a scope whose key cannot be had stays in sight, also when the district has it', async () => {
    const world = createWorld();
    const zhou = await world.addDesk(ZHOU, {
      bridge: (bridge) => ({
        ...bridge,
        ask: async (name, ...input) => {
          const answer = await bridge.ask(name, ...input);
          if (name !== 'scopes.open') return answer;
          const { keys } = answer as BridgeOutput<'scopes.open'>;
          return { keys: keys.filter(({ scope }) => !scope.endsWith('/casework')) } as typeof answer;
        },
      }),
    });
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await zhou.sync();
    expect(zhou.desk.sync()).toMatchObject({ connection: 'online', pending: 0 });
    expect(valuesOf(zhou.desk, record)).toMatchObject({ subject: '楼上漏水' });
    expect(Object.keys(zhou.desk.inside.engine.state.cursors)).not.toContain(`${AREA}/casework`);
  });

  test('an answer without scopes is trouble and takes nothing away', async () => {
    const world = createWorld();
    let isEmpty = false;
    const zhou = await world.addDesk(ZHOU, {
      fetch: (ask) => async (path, init) => {
        const response = await ask(path, init);
        if (!isEmpty || path !== '/api/handshake') return response;
        return new Response(JSON.stringify({ ...(JSON.parse(await response.text()) as object), scopes: [] }));
      },
    });
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    isEmpty = true;
    await zhou.turn();
    expect(zhou.desk.sync()).toMatchObject({ problem: 'access' });
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0 });
  });
});

describe('a record in several scopes', () => {
  test('shared with a colleague elsewhere it arrives, and goes again when the share is taken back', async () => {
    const { world, zhou } = await twoDesks();
    const li = await world.addDesk(LI);
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.desk.run({ kind: 'share', entity: 'matter', record, with: { person: LI.id } });
    await zhou.sync();
    await li.sync();
    expect(li.desk.get(record)?.record.shares).toEqual([`person/${LI.id}`]);
    await change(li.desk, record, { place: '301室' });
    await li.sync();
    await zhou.sync();
    expect(valuesOf(zhou.desk, record)).toMatchObject({ place: '301室' });
    await zhou.desk.run({ kind: 'unshare', entity: 'matter', record, with: { person: LI.id } });
    await zhou.sync();
    await li.sync();
    expect([li.desk.get(record), rowsWith(li, '楼上漏水')]).toEqual([undefined, []]);
    expect(li.desk.sync()).toMatchObject({ pending: 0, attention: 0 });
    expect(zhou.desk.get(record)?.record.shares).toBeUndefined();
  });

  test('moved to another committee it leaves the old one, whose author reads it no longer', async () => {
    const { world, zhou, chen } = await twoDesks();
    const li = await world.addDesk(LI);
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await chen.sync();
    await zhou.desk.run({ kind: 'move', entity: 'matter', record, area: OTHER_AREA });
    // Until the district has it, the person sees where it goes.
    expect(zhou.desk.get(record)).toMatchObject({ pending: 1, record: { area: OTHER_AREA } });
    await zhou.sync();
    await chen.sync();
    await li.sync();
    expect([zhou, chen].map(({ desk }) => desk.get(record))).toEqual([undefined, undefined]);
    expect([zhou, chen].map((desk) => rowsWith(desk, '楼上漏水'))).toEqual([[], []]);
    expect(zhou.desk.inside.engine.operations.all()).toEqual([]);
    expect(li.desk.get(record)).toMatchObject({ pending: 0, record: { area: OTHER_AREA } });
  });

  test('reclassified it stays with those who need to know, and its creator who does not reads it no longer, even unpulled', async () => {
    const { world, zhou, chen } = await twoDesks();
    const he = await world.addDesk(HE);
    const party = await create(zhou.desk, 'neighbour', { name: '樊晓燕' });
    await zhou.main.carry();
    await he.sync();
    await he.desk.run({ kind: 'change', entity: 'neighbour', record: party, values: { care: 'close' } });
    await he.sync();
    await zhou.sync();
    await chen.sync();
    expect([zhou, chen].map(({ desk }) => desk.get(party))).toEqual([undefined, undefined]);
    expect(zhou.desk.inside.engine.operations.all()).toEqual([]);
    expect(he.desk.get(party)?.record.scope).toBe(`${AREA}/restricted`);
    await he.desk.run({ kind: 'change', entity: 'neighbour', record: party, values: { care: 'open' } });
    await he.sync();
    await zhou.sync();
    expect(zhou.desk.get(party)).toMatchObject({ pending: 0 });
  });

  test('S14 what was reclassified while somebody else moved the record away is held, and stays in its author’s tray', async () => {
    const { world, zhou } = await twoDesks();
    const he = await world.addDesk(HE);
    const party = await create(zhou.desk, 'neighbour', { name: '樊晓燕' });
    await zhou.sync();
    await he.sync();
    await he.desk.run({ kind: 'change', entity: 'neighbour', record: party, values: { care: 'close' } });
    await zhou.desk.run({ kind: 'move', entity: 'neighbour', record: party, area: OTHER_AREA });
    await zhou.sync();
    await he.sync();
    expect(he.desk.tray()).toMatchObject([
      { kind: 'held', reason: { code: 'access' }, record: undefined, operation: { set: { care: 'close' } } },
    ]);
    expect(he.desk.get(party)).toBeUndefined();
  });

  test('S14 what was written before a share was taken back is held, and its author keeps the words', async () => {
    const { world, zhou } = await twoDesks();
    const li = await world.addDesk(LI);
    const record = await registerMatter(zhou.desk, '楼上漏水');
    const share = { entity: 'matter', record, with: { person: LI.id } } as const;
    await zhou.desk.run({ kind: 'share', ...share });
    await zhou.sync();
    await li.sync();
    await change(li.desk, record, { place: '301室' });
    await zhou.desk.run({ kind: 'unshare', ...share });
    await zhou.sync();
    await li.turn();
    expect([li.desk.get(record), li.desk.sync().pending]).toEqual([undefined, 1]);
    await li.sync();
    expect(li.desk.tray()).toMatchObject([
      { kind: 'held', reason: { code: 'access' }, record: undefined, operation: { set: { place: '301室' } } },
    ]);
    await li.desk.close();
    await li.open();
    expect(li.desk.tray()).toHaveLength(1);
  });

  test('here through two scopes it is let go only with the second one', async () => {
    const { world, zhou } = await twoDesks();
    const he = await world.addDesk({ ...HE, grants: [...WORKER, ...ELSEWHERE] });
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.desk.run({ kind: 'share', entity: 'matter', record, with: { area: OTHER_AREA } });
    await zhou.sync();
    await he.sync();
    expect(he.desk.inside.engine.records.viasOf(record)).toHaveLength(2);
    await world.district.changePerson(HE.id, ELSEWHERE);
    await he.turn();
    expect(he.desk.get(record)).toMatchObject({ pending: 0 });
    await he.desk.close();
    await he.open();
    expect(he.desk.inside.engine.records.viasOf(record)).toEqual([`${OTHER_AREA}/casework`]);
    await zhou.desk.run({ kind: 'unshare', entity: 'matter', record, with: { area: OTHER_AREA } });
    await zhou.sync();
    await he.turn();
    expect([he.desk.get(record), rowsWith(he, '楼上漏水')]).toEqual([undefined, []]);
  });

  test('a removal that comes late takes nothing that has come back', async () => {
    const world = createWorld();
    const stale: unknown[] = [];
    const zhou = await world.addDesk(ZHOU, {
      fetch: (ask) => async (path, init) => {
        const response = await ask(path, init);
        if (path !== '/api/pull' || stale.length === 0) return response;
        return new Response(
          JSON.stringify({ ...(JSON.parse(await response.text()) as object), removed: stale }),
        );
      },
    });
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await change(zhou.desk, record, { place: '301室' });
    await zhou.sync();
    stale.push({ scope: `${AREA}/casework`, id: record, seq: 1 });
    await zhou.turn();
    expect(zhou.desk.get(record)).toMatchObject({ pending: 0 });
  });
});

describe('a confidential matter', () => {
  const readers = [{ id: ZHOU.id, title: ZHOU.name }];

  test('begins a scope of its own: key first, then saved, for its named readers alone', async () => {
    const { zhou, chen } = await twoDesks();
    await zhou.join(CHEN);
    const talk = await create(zhou.desk, 'talk', { subject: '反映的情况', readers });
    const said = await create(zhou.desk, 'said', { talk: { id: talk, title: '谈话' }, what: '他说的话' });
    expect(zhou.desk.inside.engine.vault.keyOf(`readers/${talk}`)).toMatch(/^k_/);
    await zhou.switchTo(CHEN.id);
    expect([talk, said].map((record) => zhou.desk.get(record))).toEqual([undefined, undefined]);
    const meddling = { talk: { id: talk, title: '谈话' }, what: '插话' };
    await expect(create(zhou.desk, 'said', meddling)).rejects.toThrow('access');
    await zhou.sync();
    await chen.sync();
    expect([talk, said].map((record) => chen.desk.get(record))).toEqual([undefined, undefined]);
    await zhou.switchTo(ZHOU.id);
    await zhou.sync();
    expect([talk, said].map((record) => zhou.desk.get(record)?.pending)).toEqual([0, 0]);
    // A further reader is named, and then no longer.
    const both = [...readers, { id: CHEN.id, title: CHEN.name }];
    await zhou.desk.run({ kind: 'change', entity: 'talk', record: talk, values: { readers: both } });
    await zhou.sync();
    await chen.sync();
    expect([talk, said].map((record) => chen.desk.get(record)?.pending)).toEqual([0, 0]);
    await zhou.desk.run({ kind: 'change', entity: 'talk', record: talk, values: { readers } });
    await zhou.sync();
    await chen.sync();
    expect([talk, said].map((record) => chen.desk.get(record))).toEqual([undefined, undefined]);
    expect([rowsWith(chen, '反映的情况'), rowsWith(chen, '他说的话')]).toEqual([[], []]);
  });

  test('whoever takes themselves out of it writes nothing more into it, also before the district has heard', async () => {
    const { zhou } = await twoDesks();
    const both = [...readers, { id: CHEN.id, title: CHEN.name }];
    const talk = await create(zhou.desk, 'talk', { subject: '反映的情况', readers: both });
    await zhou.sync();
    const others = both.slice(1);
    await zhou.desk.run({ kind: 'change', entity: 'talk', record: talk, values: { readers: others } });
    const said = { talk: { id: talk, title: '谈话' }, what: '他说的话' };
    await expect(create(zhou.desk, 'said', said)).rejects.toThrow('access');
  });

  test('both in one saving, and nothing is saved where no key can be made', async () => {
    const world = createWorld();
    let isBroken = false;
    const zhou = await world.addDesk(ZHOU, {
      bridge: (bridge) => ({
        ...bridge,
        ask: async (name, ...input) => {
          if (isBroken && name === 'scopes.begin') throw new Error('disk-full');
          return bridge.ask(name, ...input);
        },
      }),
    });
    const commands = () => {
      const record = zhou.desk.newId('talk');
      const talk = { id: record, title: '谈话' };
      return [
        { kind: 'create', entity: 'talk', record, area: AREA, values: { subject: '反映的情况', readers } },
        {
          kind: 'create',
          entity: 'said',
          record: zhou.desk.newId('said'),
          area: AREA,
          values: { talk, what: '话' },
        },
      ] as const;
    };
    isBroken = true;
    expect(await zhou.desk.runAll(commands())).toEqual({ ok: false, error: { code: 'storage' } });
    expect(zhou.main.lines).toEqual([]);
    isBroken = false;
    expect(await zhou.desk.runAll(commands())).toMatchObject({ ok: true });
    await zhou.sync();
    expect(zhou.desk.list({ entity: 'said' })).toHaveLength(1);
    expect(zhou.desk.sync().pending).toBe(0);
  });
});

describe('the lease', () => {
  test('over, the desk opens and registers, shows own work and nothing else, until the next contact', async () => {
    const world = createWorld();
    let isCut = false;
    const zhou = await world.addDesk(ZHOU, {
      isReached: () => !isCut,
      fetch: (ask) => (path, init) => (isCut ? Promise.reject(new TypeError('cut')) : ask(path, init)),
    });
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    const unsent = await registerMatter(zhou.desk, '楼道堆物');
    isCut = true;
    zhou.ringOf(ZHOU.id).lapse();
    await zhou.switchTo(ZHOU.id);
    expect(zhou.desk.sync()).toMatchObject({ leaseOver: true, pending: 1 });
    expect([zhou.desk.get(record), zhou.desk.get(unsent)?.pending]).toEqual([undefined, 1]);
    const young = await registerMatter(zhou.desk, '夜里太吵');
    expect(zhou.desk.get(young)).toMatchObject({ pending: 1 });
    isCut = false;
    await zhou.sync();
    expect(zhou.desk.sync()).not.toHaveProperty('leaseOver');
    expect([record, unsent, young].map((one) => zhou.desk.get(one)?.pending)).toEqual([0, 0, 0]);
  });

  test('of a scope that is lost meanwhile it ends with the scope', async () => {
    const { world, zhou } = await twoDesks();
    const record = await registerMatter(zhou.desk, '楼上漏水');
    await zhou.sync();
    await world.district.changePerson(ZHOU.id, ELSEWHERE);
    zhou.ringOf(ZHOU.id).lapse();
    await zhou.switchTo(ZHOU.id);
    expect(zhou.desk.sync()).not.toHaveProperty('leaseOver');
    expect([zhou.desk.get(record), rowsWith(zhou, '楼上漏水')]).toEqual([undefined, []]);
  });
});
