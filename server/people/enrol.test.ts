import { expect, it } from 'vitest';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { createCast, valueOf } from '../testing/cast.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong } = villagers;

it('S8 a computer that the backup does not know yet comes in again with a code, under its old id', async () => {
  const ledger = createMemoryLedger({ district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  const cast = await createCast(ledger);
  const backup = await ledger.snapshot();
  const desk = await cast.desk(zhouMin);
  const join = async (person: { readonly id: string }) =>
    cast.district.enrol(
      { device: desk.credentials.device },
      {
        protocol: PROTOCOL,
        app: '0',
        code: (await cast.district.issueCode(person.id)) ?? '',
        device: desk.device,
      },
    );
  const hers = desk.pen.create('她的');
  const his = desk.pen.create('他的', { author: chenGuodong.id });
  expect((await desk.push(his)).map(({ verdict }) => verdict)).toEqual(['held']);

  await ledger.restore(backup);
  const entries = [await desk.seal(hers)];
  const push = () => cast.district.push(desk.credentials, { protocol: PROTOCOL, entries });
  expect(await push()).toEqual({ ok: false, error: { error: 'unauthorised' } });
  // Without a code nobody comes in, and a code does not take over a device that is known.
  const other = await cast.desk(zhouMin);
  expect(
    await cast.district.enrol(
      { device: desk.credentials.device },
      {
        protocol: PROTOCOL,
        app: '0',
        code: (await cast.district.issueCode(zhouMin.id)) ?? '',
        device: other.device,
      },
    ),
  ).toEqual({ ok: false, error: { error: 'unauthorised' } });

  const again = valueOf(await join(zhouMin));
  expect([again.device.id, again.device.token]).toEqual([desk.device, desk.credentials.device]);
  // Her colleague has not come in again yet: his work waits, and is neither refused nor forgotten.
  expect((await desk.push(hers, his)).map(({ verdict }) => verdict)).toEqual(['confirmed', 'held']);
  valueOf(await join(chenGuodong));
  expect((await desk.push(hers, his)).map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed']);
});
