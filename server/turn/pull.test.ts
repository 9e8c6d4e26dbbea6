/** What a person may pull, in the three forms of scopes, over the memory ledger; `database/wall.test.ts` shows the second wall. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import { pullResponse } from '../../shared/protocol/messages.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { chen, courtRegistry, li, zhou } from '../testing/court.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { JIANGNAN, RIHUI } from '../testing/village.ts';

let cast: Cast;
let hers: Desk;
let lis: Desk;
let chens: Desk;
beforeEach(async () => {
  const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };
  cast = await createCast(createMemoryLedger(head, courtRegistry.roles), 1, undefined, courtRegistry);
  for (const { id, grants } of [zhou, li, chen]) await cast.district.changePerson(id, { grants });
  [hers, lis, chens] = [await cast.desk(zhou), await cast.desk(li), await cast.desk(chen)];
});

const confirmedBy = async (desk: Desk, ...operations: readonly Operation[]) => {
  const verdicts = await desk.push(...operations);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(operations.map(() => 'confirmed'));
};
const placed = (
  kind: 'share' | 'unshare' | 'move',
  { record, entity }: Operation,
  rest: Partial<Operation>,
) => ({
  ...hers.pen.change(record, {}, { entity, ...rest }),
  kind,
  set: undefined,
});
const scopesOf = async (desk: Desk) =>
  valueOf(await cast.district.handshake(await desk.asking(), { protocol: 2 })).scopes;
const pull = async (desk: Desk, scope: string, cursor = 0) => {
  const asked = { epoch: 'epoch-1', cursors: [{ scope, cursor }] };
  const pulled = await cast.district.pull(await desk.asking(), asked);
  if (!pulled.ok) return pulled.error.error;
  const { records, removed } = pullResponse.parse(JSON.parse(pulled.value));
  return { records: records.map(({ id }) => id), removed: removed.map(({ id }) => id) };
};
const history = async (desk: Desk, record: string) => {
  const read = await cast.district.history(await desk.asking(), record);
  return read.ok ? read.value.operations.length : read.error.error;
};
const own = (person: { readonly id: string }) => `person/${person.id}`;

describe('the scopes of a person', () => {
  it('a matter shared with one person is in that person’s own scope, and leaves it as a removal', async () => {
    const matter = hers.pen.create('漏水');
    await confirmedBy(hers, matter, placed('share', matter, { with: { person: li.id } }));
    expect(await scopesOf(lis)).toContain(own(li));
    expect(await pull(lis, own(li))).toEqual({ records: [matter.record], removed: [] });
    expect(await history(lis, matter.record)).toBe(2);
    // Nobody pulls another person's scope, the colleague who reads the matter at home included.
    expect(await pull(chens, own(li))).toBe('forbidden');
    await confirmedBy(hers, placed('unshare', matter, { with: { person: li.id } }));
    expect(await pull(lis, own(li), 2)).toEqual({ records: [], removed: [matter.record] });
    expect(await history(lis, matter.record)).toBe('not-found');
  });

  it('a matter shared into another area lies there for everybody who reads its class', async () => {
    const matter = hers.pen.create('两边的楼道');
    await confirmedBy(hers, matter, placed('share', matter, { with: { area: RIHUI } }));
    expect(await pull(lis, `${RIHUI}/casework`)).toEqual({ records: [matter.record], removed: [] });
    expect(await pull(lis, `${JIANGNAN}/casework`)).toBe('forbidden');
    expect(await history(lis, matter.record)).toBe(2);
  });

  it('a confidential matter is in the scope of those whom it names, from the next request on, and of nobody else', async () => {
    const record = hers.pen.id('secret');
    const secret = hers.pen.create('', {
      entity: 'secret',
      record,
      set: { subject: '反映' },
      add: { readers: [zhou, li].map(({ id, name }) => ({ id, title: name })) },
    });
    await confirmedBy(hers, secret);
    const scope = `readers/${record}`;
    expect(
      [await scopesOf(hers), await scopesOf(lis), await scopesOf(chens)].map((all) => all.includes(scope)),
    ).toEqual([true, true, false]);
    expect(await pull(lis, scope)).toEqual({ records: [record], removed: [] });
    expect(await pull(chens, scope)).toBe('forbidden');
    // Beside a scope that both of them read, in either order.
    const both = [scope, `${JIANGNAN}/casework`].map((name) => ({ scope: name, cursor: 0 }));
    for (const cursors of [both, [...both].reverse()]) {
      const asked = { epoch: 'epoch-1', cursors };
      expect((await cast.district.pull(await hers.asking(), asked)).ok).toBe(true);
      expect(await cast.district.pull(await chens.asking(), asked)).toEqual({
        ok: false,
        error: { error: 'forbidden' },
      });
    }
    expect(await history(chens, record)).toBe('not-found');
    expect(await history(lis, record)).toBe(1);

    const remove = { readers: [{ id: li.id, title: li.name }] };
    await confirmedBy(hers, { ...hers.pen.change(record, {}, { entity: 'secret' }), remove, set: undefined });
    expect(await scopesOf(lis)).not.toContain(scope);
    expect(await pull(lis, scope)).toBe('forbidden');
    expect(await history(lis, record)).toBe('not-found');
  });

  it('no name that is no scope’s is a scope', async () => {
    for (const name of [
      '',
      'person/',
      `person/${li.id}`,
      'readers/x',
      '310104/',
      '__proto__',
      `${RIHUI}/casework`,
    ])
      expect(await pull(hers, name)).toBe('forbidden');
  });
});

describe('S8 a desk that has seen more than there is', () => {
  const casework = `${JIANGNAN}/casework`;
  const ahead = async (desk: Desk) => {
    const { epoch } = await cast.district.head();
    return cast.district.pull(await desk.asking(), { epoch, cursors: [{ scope: casework, cursor: 1e15 }] });
  };

  it('is believed once, and named to the administrator: nobody makes all desks begin again and again', async () => {
    expect(await ahead(hers)).toMatchObject({ error: { error: 'wrong-epoch' } });
    const { epoch } = await cast.district.head();
    expect(epoch).not.toBe('epoch-1');
    for (const _ of [1, 2]) expect(await ahead(hers)).toMatchObject({ error: { error: 'forbidden' } });
    expect((await cast.district.head()).epoch).toBe(epoch);
    const alarms = await cast.transactor.read((reading) => reading.alarms(10));
    expect(alarms).toEqual([
      expect.objectContaining({ code: 'ledgerBehind', device: hers.device, person: zhou.id }),
    ]);
    // A second loss is noticed by everybody else's desk.
    expect(await ahead(chens)).toMatchObject({ error: { error: 'wrong-epoch' } });
  });
});
