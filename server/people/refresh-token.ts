/**
 * Refresh tokens: `<device>.<generation>.<mac>`, the MAC over both and the device's key. The same generation is the same token, so an
 * answer that got lost is simply given again.
 *
 * Good are: the newest that was used, the next one, and for `GRACE_SECONDS` the one before. Beyond the next one is good, too: the district
 * came back from a backup and has forgotten (sync.md S8). Whatever is older was copied: an alarm.
 */
import type { Device } from '../ledger/transactor.ts';
import { isSame } from './access-token.ts';

const GRACE_SECONDS = 60;

type Mac = (text: string) => string;
type Bound = Pick<Device, 'id' | 'key' | 'refresh'>;

const macOf = ({ id, key }: Bound, generation: number, mac: Mac): string =>
  mac(`linli/refresh/1|${id}|${key}|${generation}`);

/** The one that follows after the newest that was used. */
export const nextRefresh = (device: Bound, mac: Mac): string => {
  const generation = device.refresh + 1;
  return `${device.id}.${generation}.${macOf(device, generation, mac)}`;
};

/** Whose it says that it is; nothing is known of it yet. */
export const deviceOfRefresh = (token: string): string => token.split('.', 1)[0] ?? '';

/** @returns the generation; undefined for what this district has not made for this key of the device */
export function readRefresh(token: string, device: Device, mac: Mac): number | undefined {
  const [id = '', written = '', given = '', more] = token.split('.');
  if (more !== undefined || id !== device.id || !/^[1-9]\d{0,9}$/.test(written)) return undefined;
  const generation = Number(written);
  return isSame(given, macOf(device, generation, mac)) ? generation : undefined;
}

/** @returns the device after this use; undefined where the token was used and replaced long ago */
export function rotated(device: Device, generation: number, now: number): Device | undefined {
  if (generation > device.refresh) {
    return {
      ...device,
      refresh: generation,
      graceUntil: new Date(now + GRACE_SECONDS * 1000).toISOString(),
    };
  }
  if (generation === device.refresh) return device;
  const isFormer = generation === device.refresh - 1 && device.graceUntil !== null;
  return isFormer && now <= Date.parse(device.graceUntil ?? '') ? device : undefined;
}
