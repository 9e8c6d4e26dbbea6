import { expect, test } from 'vitest';
import type { Values } from '../../core/field/base.ts';
import { openOffice } from '../../testing/office.ts';
import { areas, people, type TownPerson } from '../../testing/town.ts';

const { zhouMin, zhangHuifen, wuGuifang, heJianping, guAdmin } = people;
const home = areas.jiangnan.code;
const named = (...who: readonly TownPerson[]): Values => ({
  readers: who.map(({ id, name }) => ({ id, title: name })),
});
const note: Values = {
  kind: 'accusation',
  subject: '反映停车位分配不公',
  heldOn: '2026-11-20',
  body: '反映小区停车位没有按公示的顺序分配。',
};

test('SCOPE-1 SCOPE-7 a confidential note is read by those whom it names, and its entries with it', () => {
  const office = openOffice('2026-11-23');
  const begun = office.done(heJianping, 'confidentialNote', {
    create: { ...note, ...named(heJianping, zhouMin) },
    area: home,
  });
  const entry: Values = { note: office.reference(begun), on: '2026-11-22', body: '已转街道纪检监察。' };
  const added = office.done(zhouMin, 'confidentialEntry', { create: entry, area: home });
  expect([begun.scope, added.scope]).toEqual([`readers/${begun.id}`, `readers/${begun.id}`]);
  expect(office.ask(zhouMin, 'confidentialNote', { change: { level: 'watch' }, of: begun.id }).ok).toBe(true);
  // Neither the committee's secretary nor who keeps the accounts.
  for (const who of [wuGuifang, guAdmin]) {
    const asked = [
      office.ask(who, 'confidentialEntry', { create: entry, area: home }),
      office.ask(who, 'confidentialEntry', { change: { body: '改' }, of: added.id }),
      office.ask(who, 'confidentialNote', { change: { subject: '改' }, of: begun.id }),
    ];
    expect(asked).toEqual(asked.map(() => ({ ok: false, error: { code: 'access' } })));
  }
});

test('SCOPE-7 SCOPE-8 nobody begins one without a name in it, and the last reader stays', () => {
  const office = openOffice('2026-11-23');
  const create = (who: TownPerson, ...readers: readonly TownPerson[]) =>
    office.ask(who, 'confidentialNote', { create: { ...note, ...named(...readers) }, area: home });
  expect(create(zhouMin, wuGuifang)).toMatchObject({
    error: { code: 'schema', problems: [{ code: 'notNamed', field: 'readers' }] },
  });
  // Whoever keeps accounts begins none; a volunteer does.
  expect(create(guAdmin, guAdmin)).toEqual({ ok: false, error: { code: 'access' } });
  const begun = office.done(zhangHuifen, 'confidentialNote', {
    create: { ...note, ...named(zhangHuifen) },
    area: home,
  });
  const change = (who: TownPerson, ...readers: readonly TownPerson[]) =>
    office.ask(who, 'confidentialNote', { change: named(...readers), of: begun.id });
  expect(change(zhangHuifen)).toMatchObject({
    error: { problems: [{ code: 'required', field: 'readers' }] },
  });
  expect(change(zhangHuifen, zhangHuifen, wuGuifang).ok).toBe(true);
  expect(change(wuGuifang, wuGuifang).ok).toBe(true);
  expect(change(zhangHuifen, wuGuifang, zhangHuifen)).toEqual({ ok: false, error: { code: 'access' } });
  expect(
    office.ask(wuGuifang, 'confidentialNote', { share: begun.id, with: { person: zhouMin.id } }),
  ).toMatchObject({ error: { problems: [{ code: 'confidential', field: '' }] } });
});
