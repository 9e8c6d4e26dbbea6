import { beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../../shared/modules/index.ts';
import type { AdministrationName, AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { administration } from '../../../shared/protocol/administer.ts';
import { createCast, type Cast } from '../../testing/cast.ts';
import { enrolRequestOf, newPersonKeys, valueOf, type Desk } from '../../testing/desk.ts';
import { newSigner } from '../../testing/desk-keys.ts';
import { createMemoryLedger } from '../../testing/memory-ledger.ts';
import { JIANGNAN, RIHUI, villagers, XUHUI } from '../../testing/village.ts';

const { zhouMin, chenGuodong, liXiulan, guAdmin } = villagers;
const XIETU = JIANGNAN.slice(0, 9);
const admin = (area: string) => ({ role: 'administrator', area });
const worker = (area: string) => ({ role: 'socialWorker', area });

let cast: Cast;
/** 顾卫平 administers the district; 周敏 her own committee besides her work. */
let district: Desk;
let committee: Desk;
beforeEach(async () => {
  const head = { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' };
  cast = await createCast(createMemoryLedger(head, registry.roles), 1, undefined, registry);
  await cast.district.changePerson(zhouMin.id, { grants: [worker(JIANGNAN), admin(JIANGNAN)] });
  await cast.district.changePerson(chenGuodong.id, { grants: [worker(JIANGNAN)] });
  await cast.district.changePerson(liXiulan.id, { grants: [worker(RIHUI)] });
  [district, committee] = [await cast.desk(guAdmin), await cast.desk(zhouMin)];
});

async function ask<N extends AdministrationName>(
  desk: Desk,
  name: N,
  input: object = {},
): Promise<AdministrationOutput<N> | string> {
  const carried = valueOf(await cast.district.administer(await desk.asking(), { name, input }));
  // What goes out is what the protocol declares.
  return carried.ok
    ? (administration[name].output.parse(carried.value) as AdministrationOutput<N>)
    : carried.error;
}
const person = async (id: string) => (await cast.district.people()).find((one) => one.id === id);
const DONE = { done: true };

describe('accounts', () => {
  it('an administrator makes an account with its entry in the directory, in her own name', async () => {
    const made = await ask(district, 'person.add', { name: '新同事', grants: [worker(RIHUI)] });
    const id = typeof made === 'string' ? made : made.person;
    expect(await person(id)).toMatchObject({ name: '新同事', grants: [worker(RIHUI)], disabled: false });
    expect(await cast.record(id)).toMatchObject({
      entity: 'person',
      values: { name: '新同事', active: true },
      created: { by: guAdmin.id },
    });
    expect(await ask(district, 'person.add', { name: '又一位', grants: [worker(RIHUI)], id })).toBe(
      'malformed',
    );
  });

  it('nobody chooses the id of a new account from afar, nor takes over one that is made at the same time', async () => {
    const account = { name: '新同事', grants: [worker(JIANGNAN)], id: committee.pen.id('person') };
    expect(await ask(committee, 'person.add', account)).toBe('malformed');
    const admins = { ...account, name: '别人', grants: [admin(XUHUI)] };
    const made = await Promise.all(
      [account, admins].map((input) => cast.district.administerLocally({ name: 'person.add', input })),
    );
    expect(made.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await person(account.id)).toMatchObject({ name: account.name, grants: account.grants });
  });

  it('gives and takes rights, shuts out and lets in, each from the next request on', async () => {
    const lis = await cast.desk(liXiulan);
    const hello = async () => {
      const shaken = await cast.district.handshake(await lis.asking(), { protocol: 2 });
      return shaken.ok ? shaken.value.person.grants : shaken.error.error;
    };
    expect(await ask(district, 'person.grants', { person: liXiulan.id, grants: [worker(JIANGNAN)] })).toEqual(
      DONE,
    );
    expect(await hello()).toEqual([worker(JIANGNAN)]);
    expect(await ask(district, 'person.disable', { person: liXiulan.id })).toEqual(DONE);
    expect(await hello()).toBe('forbidden');
    expect(await ask(district, 'code.issue', { person: liXiulan.id })).toBe('unknown-person');
    expect(await ask(district, 'person.enable', { person: liXiulan.id })).toEqual(DONE);
    expect(await hello()).toEqual([worker(JIANGNAN)]);
  });

  it('nobody reaches beyond the own area: no right, no account, no code, no list', async () => {
    const beyond = [worker(JIANGNAN), worker(RIHUI)];
    expect(await ask(committee, 'person.add', { name: '某人', grants: beyond })).toBe('outside-area');
    expect(await ask(committee, 'person.add', { name: '某人', grants: [admin(XIETU)] })).toBe('outside-area');
    expect(await ask(committee, 'person.grants', { person: chenGuodong.id, grants: beyond })).toBe(
      'outside-area',
    );
    for (const name of ['person.disable', 'person.enable', 'person.clearPassword', 'code.issue'] as const) {
      expect(await ask(committee, name, { person: liXiulan.id })).toBe('outside-area');
      expect(await ask(committee, name, { person: guAdmin.id })).toBe('outside-area');
    }
    expect(await ask(committee, 'person.grants', { person: guAdmin.id, grants: [worker(JIANGNAN)] })).toBe(
      'outside-area',
    );
    const { people } = (await ask(committee, 'people.list')) as AdministrationOutput<'people.list'>;
    expect(people.map(({ id }) => id)).toEqual([zhouMin.id, chenGuodong.id]);
    expect((await person(liXiulan.id))?.disabled).toBe(false);
  });

  it('an account whose rights were all taken away is reached by whoever reached them', async () => {
    await cast.district.changePerson(liXiulan.id, { grants: [] });
    expect(await ask(committee, 'code.issue', { person: liXiulan.id })).toBe('outside-area');
    expect(await ask(district, 'code.issue', { person: liXiulan.id })).toMatchObject({
      code: expect.any(String),
    });
  });

  it('knows no role that is not declared, and no area that is none', async () => {
    const grant = (role: string, area: string) => ({ name: '某人', grants: [{ role, area }] });
    expect(await ask(district, 'person.add', grant('king', RIHUI))).toBe('unknown-role');
    expect(await ask(district, 'person.add', grant('__proto__', RIHUI))).toBe('unknown-role');
    expect(await ask(district, 'person.add', grant('socialWorker', '3101040'))).toBe('malformed');
    expect(await ask(district, 'person.add', grant('socialWorker', '310101'))).toBe('outside-area');
    expect(await ask(district, 'person.add', { name: '', grants: [] })).toBe('malformed');
  });

  it('the last administrator stays, also when two shut each other out at the same time', async () => {
    expect(await ask(district, 'person.disable', { person: guAdmin.id })).toBe('last-administrator');
    const other = { person: guAdmin.id, grants: [worker(RIHUI)] };
    expect(await ask(district, 'person.grants', other)).toBe('last-administrator');
    await cast.district.changePerson(liXiulan.id, { grants: [admin(XUHUI)] });
    const second = await cast.desk(liXiulan);
    const askings = [await district.asking(), await second.asking()];
    const outcomes = await Promise.all(
      [liXiulan.id, guAdmin.id].map((id, index) =>
        cast.district.administer(askings[index]!, { name: 'person.disable', input: { person: id } }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.ok)).toHaveLength(1);
    const left = (await cast.district.people()).filter(
      ({ disabled, grants }) =>
        !disabled && grants.some(({ role, area }) => role === 'administrator' && area === XUHUI),
    );
    expect(left).toHaveLength(1);
    // Whose area somebody above covers may go.
    expect(
      await ask(left[0]!.id === guAdmin.id ? district : second, 'person.disable', { person: zhouMin.id }),
    ).toEqual(DONE);
  });
});

describe('computers', () => {
  it('are listed with what they last said, within reach', async () => {
    await committee.join(chenGuodong);
    valueOf(await committee.token(committee.enrolled.device.refresh, { app: '0.3.0', pending: 4, as: null }));
    const { devices } = (await ask(district, 'devices.list')) as AdministrationOutput<'devices.list'>;
    expect(devices.map(({ label }) => label)).toEqual(['D1', 'D2']);
    expect(devices[1]).toEqual({
      id: committee.device,
      label: 'D2',
      people: [
        { id: zhouMin.id, name: '周敏' },
        { id: chenGuodong.id, name: '陈国栋' },
      ],
      seenAt: '2026-11-23T04:00:00.000Z',
      app: '0.3.0',
      pending: 4,
      revoked: false,
      quarantined: false,
    });
    const seen = (await ask(committee, 'devices.list')) as AdministrationOutput<'devices.list'>;
    expect(seen.devices.map(({ id }) => id)).toEqual([committee.device]);
    // A colleague from elsewhere uses it, too: it is no longer this committee's alone.
    await committee.join(liXiulan);
    expect(await ask(committee, 'devices.list')).toEqual({ devices: [] });
    expect(await ask(committee, 'device.revoke', { device: committee.device })).toBe('outside-area');
  });

  it('revoking works at the next request, releasing ends a quarantine, and neither reaches beyond', async () => {
    expect(await ask(committee, 'device.revoke', { device: district.device })).toBe('outside-area');
    expect(await ask(district, 'device.revoke', { device: 'device_unknown' })).toBe('unknown-device');
    expect(await ask(district, 'device.revoke', { device: committee.device })).toEqual(DONE);
    const pulled = await cast.district.handshake(await committee.asking(), { protocol: 2 });
    expect(pulled).toEqual({ ok: false, error: { error: 'revoked' } });
    await cast.transactor.transact(async (writing) => {
      const device = await writing.device(district.device);
      if (device) await writing.saveDevice({ ...device, quarantined: true });
    });
    const second = await cast.desk(guAdmin);
    expect(await ask(second, 'device.release', { device: district.device })).toEqual(DONE);
    expect((await cast.transactor.read((reading) => reading.device(district.device)))?.quarantined).toBe(
      false,
    );
  });

  it('a code for a device is bound to it, and given out only where both are within reach', async () => {
    const { device } = await cast.desk(chenGuodong);
    expect(await ask(committee, 'code.issue', { person: chenGuodong.id, device: district.device })).toBe(
      'outside-area',
    );
    expect(await ask(committee, 'code.issue', { person: chenGuodong.id, device })).toEqual({
      code: expect.stringMatching(/^[2-9A-Z]{10}$/),
      expiresAt: '2026-11-23T04:15:00.000Z',
    });
  });

  it('answers an enrolment file within reach only', async () => {
    const request = await enrolRequestOf('', { key: await newSigner(), person: await newPersonKeys() });
    const file = { kind: 'linli-enrolment-request', v: 1, at: '2026-11-23T04:00:00.000Z', request };
    const answer = (id: string) => ask(committee, 'enrolment.answer', { person: id, request: file });
    expect(await answer(liXiulan.id)).toBe('outside-area');
    expect(await answer(chenGuodong.id)).toMatchObject({ file: { deviceKey: request.device.key } });
    const torn = { ...file, request: { ...request, nonce: 'A'.repeat(22) } };
    expect(await ask(committee, 'enrolment.answer', { person: chenGuodong.id, request: torn })).toBe(
      'malformed',
    );
  });
});

describe('what waits and what happened', () => {
  it('tells who, where, what kind and why of what is held, and nothing of what was written', async () => {
    const secret = '王阿姨家的事';
    const held = committee.pen.change(
      committee.pen.id('mediation'),
      { subject: secret },
      { entity: 'mediation' },
    );
    await committee.push(held);
    const listed = (await ask(district, 'held.list')) as AdministrationOutput<'held.list'>;
    expect(listed.held).toEqual([
      {
        operation: held.id,
        author: { id: zhouMin.id, name: '周敏' },
        device: committee.device,
        entity: 'mediation',
        code: 'unknownRecord',
        rule: null,
        receivedAt: '2026-11-23T04:00:00.000Z',
      },
    ]);
    expect(JSON.stringify(listed)).not.toContain(secret);
    expect(await ask(committee, 'held.list')).toEqual(listed);
    await cast.district.changePerson(liXiulan.id, { grants: [admin(RIHUI)] });
    expect(await ask(await cast.desk(liXiulan), 'held.list')).toEqual({ held: [] });
  });

  it('tells notices of computers within reach, newest first, and the age of the backup', async () => {
    const report = async (code: 'keys-damaged' | 'journal-damaged') =>
      valueOf(
        await committee.token(committee.enrolled.device.refresh, {
          as: null,
          notices: [{ code, at: '' }],
        }),
      );
    await report('keys-damaged');
    cast.clock.now += 60_000;
    await report('journal-damaged');
    const notices = await ask(district, 'notices.list');
    expect(notices).toMatchObject({ notices: [{ code: 'journal-damaged' }, { code: 'keys-damaged' }] });
    expect(await ask(committee, 'notices.list')).toEqual(notices);
    await cast.district.changePerson(liXiulan.id, { grants: [admin(RIHUI)] });
    expect(await ask(await cast.desk(liXiulan), 'notices.list')).toEqual({ notices: [] });
    expect(await ask(district, 'backup.state')).toEqual({ head: 0, durable: 0, at: null });
  });
});

it('whoever does not administer is refused before anything is read', async () => {
  const chens = await cast.desk(chenGuodong);
  for (const name of Object.keys(administration) as AdministrationName[]) {
    expect(await cast.district.administer(await chens.asking(), { name, input: {} })).toEqual({
      ok: false,
      error: { error: 'forbidden' },
    });
  }
});
