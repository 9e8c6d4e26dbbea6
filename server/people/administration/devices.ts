/** Computers: what they last said of themselves, and shutting one out or letting it go on. */
import { ok, refuse } from '../../../shared/core/result.ts';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import type { Device } from '../../ledger/transactor.ts';
import { DONE, reachesDevice, type Carried, type Done, type Office } from './office.ts';

type Listed = AdministrationOutput<'devices.list'>['devices'][number];

export async function listDevices(office: Office): Carried<AdministrationOutput<'devices.list'>> {
  const devices = await office.parts.transactor.read(async (reading) => {
    const listed: Listed[] = [];
    for (const device of await reading.allDevices()) {
      if (!(await reachesDevice(office, reading, device))) continue;
      const { id, number, seenAt, app, pending, revoked, quarantined } = device;
      const people = (await reading.peopleAt(id)).map(({ id: person, name }) => ({ id: person, name }));
      listed.push({ id, label: `D${number}`, people, seenAt, app, pending, revoked, quarantined });
    }
    return listed;
  });
  return ok({ devices });
}

/** From the next request on it may only deliver what it holds. */
export const revoke = (office: Office, device: string): Carried<Done> =>
  changeDevice(office, device, (one) => ({ ...one, revoked: true }));

/** The chain goes on from the end that the district knows. */
export const release = (office: Office, device: string): Carried<Done> =>
  changeDevice(office, device, (one) => ({ ...one, quarantined: false }));

async function changeDevice(office: Office, id: string, alter: (device: Device) => Device): Carried<Done> {
  const changed = await office.parts.change(async (writing) => {
    const device = await writing.lockDevice(id);
    if (!device) return refuse('unknown-device' as const);
    if (!(await reachesDevice(office, writing, device))) return refuse('outside-area' as const);
    await writing.saveDevice(alter(device));
    return ok([]);
  });
  return changed.ok ? ok(DONE) : changed;
}
