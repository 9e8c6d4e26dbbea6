import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { base64url, sealBox } from '../testing/desk-keys.ts';
import { JIANGNAN, RIHUI, villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong } = villagers;
const casework = `${JIANGNAN}/casework`;

let cast: Cast;
let desk: Desk;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
});

interface Offered {
  readonly scope: string;
  readonly id: string;
  readonly key: Buffer;
  readonly sealed: string;
}
const offer = async (scope: string, of = desk, key: Buffer = randomBytes(32)): Promise<Offered> => {
  const id = `k_${base64url(randomBytes(12))}`;
  const content = new Uint8Array(key);
  const sealed = await sealBox(content, cast.keys.publicKey, 'linli/escrow/1', [of.device, scope, id]);
  return { scope, id, key, sealed };
};
const ask = async (offers: readonly Offered[], as: string = zhouMin.id, of = desk) =>
  valueOf(
    await cast.district.keys(await of.asking({ as }), {
      offers: offers.map(({ scope, id, sealed }) => ({ scope, id, sealed })),
    }),
  ).keys;
const opened = async (
  { scope, id, wrapped }: { readonly scope: string; readonly id: string; readonly wrapped: string },
  person: string,
  of = desk,
) => {
  const bound = [of.device, person, scope, id];
  const key = await of.people.get(person)?.exchange.open(wrapped, 'linli/scope-key/1', bound);
  return Buffer.from(key ?? []);
};

it('the first offer for a device and scope stays, and everybody entitled at the device gets that one', async () => {
  valueOf(await desk.join(chenGuodong));
  const hers = await offer(casework);
  const his = await offer(casework);
  const [first] = await ask([hers]);
  const [second] = await ask([his], chenGuodong.id);
  expect([first?.id, second?.id, first?.leaseDays]).toEqual([hers.id, hers.id, 30]);
  expect(await opened(first!, zhouMin.id)).toEqual(hers.key);
  expect(await opened(second!, chenGuodong.id)).toEqual(hers.key);
  await expect(opened(second!, zhouMin.id)).rejects.toThrow();
});

it('of offers that race, one stays for all', async () => {
  const answers = await Promise.all(
    (await Promise.all([offer(casework), offer(casework)])).map((one) => ask([one])),
  );
  expect(answers[0]?.[0]?.id).toBe(answers[1]?.[0]?.id);
});

it('another device has keys of its own', async () => {
  const other = await cast.desk(zhouMin);
  const [one] = await ask([await offer(casework)]);
  const [two] = await ask([await offer(casework, other)], zhouMin.id, other);
  expect(one?.id).not.toBe(two?.id);
});

it('leaves out what the person may not read: another committee, another person, a matter of others, no scope at all', async () => {
  const scopes = [
    casework,
    `${RIHUI}/casework`,
    `person/${zhouMin.id}`,
    `person/${chenGuodong.id}`,
    `readers/${desk.pen.id('matter')}`,
    'nonsense',
  ];
  const answer = await ask(await Promise.all(scopes.map((scope) => offer(scope))));
  expect(answer.map(({ scope }) => scope).sort()).toEqual([casework, `person/${zhouMin.id}`].sort());
});

it('gives no key any more to somebody who has lost the scope', async () => {
  const offered = await offer(casework);
  expect(await ask([offered])).toHaveLength(1);
  await cast.district.changePerson(zhouMin.id, { grants: [{ role: 'worker', area: RIHUI }] });
  expect(await ask([offered])).toEqual([]);
});

it('keeps no offer that is sealed for another device, scope, id or length', async () => {
  const good = await offer(casework);
  const other = await cast.desk(zhouMin);
  const bad = [
    { ...good, id: `k_${base64url(randomBytes(12))}` },
    { ...good, sealed: (await offer(casework, other)).sealed },
    { ...good, sealed: (await offer(`person/${zhouMin.id}`)).sealed },
    await offer(casework, desk, randomBytes(16)),
  ];
  for (const one of bad) expect(await ask([one])).toEqual([]);
  expect(await ask([good])).toHaveLength(1);
});

it('a key’s id names one scope of the device: nobody puts a key of another scope into its place', async () => {
  valueOf(await desk.join(chenGuodong));
  const [hers] = await ask([await offer(casework)]);
  const id = hers?.id ?? '';
  const own = `person/${chenGuodong.id}`;
  const bound = [desk.device, own, id];
  const sealed = await sealBox(new Uint8Array(randomBytes(32)), cast.keys.publicKey, 'linli/escrow/1', bound);
  expect(await ask([{ scope: own, id, key: Buffer.alloc(0), sealed }], chenGuodong.id)).toEqual([]);
  const [free] = await ask([await offer(own)], chenGuodong.id);
  expect(free?.scope).toBe(own);
});

it('notes for the administrator that the keys of a lost scope are destroyed, of scopes that the device had', async () => {
  await ask([await offer(casework)]);
  const left = async (scopes: readonly string[]) =>
    valueOf(await cast.district.left(await desk.asking(), { scopes })).noted;
  // The number says nothing of what a colleague's keys on this computer are for.
  expect(await left([casework, casework, `${RIHUI}/casework`])).toBe(2);
  expect(await cast.transactor.read((reading) => reading.alarms(100))).toEqual([
    expect.objectContaining({
      code: 'scopeLeft',
      operation: casework,
      device: desk.device,
      person: zhouMin.id,
    }),
  ]);
});
