/**
 * Who asks: a computer, and with it perhaps a person. One statement, so it needs no snapshot around it and may be asked on its own. Whoever
 * needs a second answer that agrees with it asks both within one `read`.
 */
import type { Device, Person } from './transactor.ts';

export interface DeviceAndPerson {
  readonly device: Device;
  /** Undefined where nobody is asked for, and for somebody unknown. */
  readonly person: Person | undefined;
  /** Whether this person uses this device. */
  readonly isMember: boolean;
}

export interface WhoAsks {
  /** Undefined for a device that the district does not know. */
  readonly caller: (device: string, person?: string) => Promise<DeviceAndPerson | undefined>;
}
