/** A token that the district itself has made lets nobody in who does not use that computer; `routes/matrix.test.ts` has everybody else. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createCast, type Cast } from '../testing/cast.ts';
import type { Desk } from '../testing/desk.ts';
import { villagers } from '../testing/village.ts';
import { ASKING, partsFor } from '../packages/asking-by-file.ts';
import type { Parts } from '../parts.ts';
import { accessToken } from './access-token.ts';
import { createAuthenticate, type Asking } from './authenticate.ts';
import { createNonces } from './nonces.ts';
import { personAgain, personFor } from './permit.ts';

const { zhouMin, chenGuodong } = villagers;

let cast: Cast;
let desk: Desk;
let serials = 0;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
});

/** With everything right, whoever it names. */
const askingAs = (person: string): Promise<Asking> => {
  const claims = { device: desk.device, person, key: cast.keys.hash(desk.deviceKey.point) };
  const serial = `token-${(serials += 1)}`;
  return desk.prove(accessToken({ ...claims, serial, issuedAt: cast.clock.now + 1 }, cast.keys.mac));
};
const answers = async (asking: Asking) => {
  const clock = () => cast.clock.now;
  const authenticate = createAuthenticate({ keys: cast.keys, nonces: createNonces(clock), clock });
  const caller = await personFor(cast.transactor, asking, authenticate);
  return caller.ok ? caller.value.person.id : caller.error.error;
};
const byFile = async (person: string) => {
  const { authenticate } = partsFor({} as Parts, { device: desk.device, person });
  const caller = await personFor(cast.transactor, ASKING, authenticate);
  return caller.ok ? caller.value.person.id : caller.error.error;
};

describe('who asks', () => {
  it('is who the token names, where that person uses this computer', async () => {
    expect(await answers(await askingAs(zhouMin.id))).toBe(zhouMin.id);
    expect(await answers(await askingAs(chenGuodong.id))).toBe('unauthorised');
    expect(await answers(await askingAs('person_nobody'))).toBe('unauthorised');
    await desk.join(chenGuodong);
    expect(await answers(await askingAs(chenGuodong.id))).toBe(chenGuodong.id);
  });

  it('is who a file names, by the same rule', async () => {
    expect([await byFile(zhouMin.id), await byFile(chenGuodong.id)]).toEqual([zhouMin.id, 'unauthorised']);
    await desk.join(chenGuodong);
    expect(await byFile(chenGuodong.id)).toBe(chenGuodong.id);
  });

  it('learns of a proof that is not right before anything of the person counts', async () => {
    const asking = await askingAs(chenGuodong.id);
    expect(await answers({ ...asking, path: '/another' })).toBe('bad-proof');
    cast.clock.now += 10 * 60_000;
    expect(await answers(await askingAs(zhouMin.id))).toBe(zhouMin.id);
    expect(await answers(asking)).toBe('expired');
  });

  it('is asked about again with what has changed since', async () => {
    const device = (await cast.transactor.caller(desk.device))?.device;
    const [person] = await cast.transactor.read((reading) => reading.persons([zhouMin.id]));
    if (!device || !person) throw new Error('both were enrolled');
    const again = async (id = device.id, who = person.id) => {
      const now = await personAgain(cast.transactor, {
        device: { ...device, id },
        person: { ...person, id: who },
      });
      return now.ok ? now.value.person.grants : now.error.error;
    };
    expect(await again()).toEqual(person.grants);
    expect([await again('device_nobody'), await again(device.id, 'person_nobody')]).toEqual([
      'unauthorised',
      'unauthorised',
    ]);
    await cast.district.changePerson(zhouMin.id, { grants: [] });
    expect(await again()).toEqual([]);
    await cast.district.changePerson(zhouMin.id, { disabled: true });
    expect(await again()).toBe('forbidden');
    await cast.transactor.transact((writing) => writing.saveDevice({ ...device, revoked: true }));
    expect(await again()).toBe('revoked');
    await cast.transactor.transact((writing) => writing.saveDevice({ ...device, quarantined: true }));
    expect(await again()).toBe('quarantined');
  });
});
