import { expect, it, vi } from 'vitest';
import type { Poke } from '../shared/protocol/poke.ts';
import { smallDesk } from './testing/small-desk.ts';
import { smallDistrict } from './testing/small-district.ts';

it('a poke says how far the district is, and anything else that somebody has come', async () => {
  const district = await smallDistrict();
  const desk = smallDesk(() => district, { pending: () => 0 });
  desk.register();
  const pokes: (Poke | undefined)[] = [];
  const said = [
    ...['{"head":7,"epoch":"epoch-1"}', '{"head":8}', '{}', '{"head":-1}', '{"head":9,"epoch":9}'],
    ...['null', '{"head":', `{"head":9,"epoch":"${'e'.repeat(500)}"}`],
  ];
  const hangUp = desk.listen(desk.contact()!, {
    opened: () => undefined,
    poked: (news) => pokes.push(news),
    ended: () => undefined,
  });
  await vi.waitUntil(() => district.lines() === 1, { timeout: 10_000 });
  for (const [at, data] of said.entries()) {
    district.poke(data);
    await vi.waitUntil(() => pokes.length > at, { timeout: 10_000 });
  }
  hangUp();
  await district.stop();
  const nothing = Array.from({ length: 6 }, () => undefined);
  expect(pokes).toEqual([{ head: 7, epoch: 'epoch-1' }, { head: 8 }, ...nothing]);
});
