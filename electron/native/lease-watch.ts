/** The lease's time on this computer, kept with its other secrets: looked at whenever it matters, written down once an hour. */
import type { KeyHome } from './key-home.ts';
import { isLeaseOver, looked } from './lease.ts';

const HOUR = 3_600_000;

export interface LeaseWatch {
  readonly isOver: (person: string, leaseDays: number) => boolean;
  readonly renewed: (person: string) => void;
  /** Whether what is on disk is an hour behind. */
  readonly isDue: () => boolean;
  /** It is on disk now. */
  readonly kept: () => void;
}

/** @param running milliseconds that the program has been running */
export function watchLease(home: KeyHome, now: () => number, running: () => number): LeaseWatch {
  let lastLook = running();
  let onDisk = home.current()?.belonging.lease;

  function look() {
    const belonging = home.current()?.belonging;
    if (!belonging) return undefined;
    const ran = running();
    const lease = { ...belonging.lease, ...looked(belonging.lease, now(), ran - lastLook) };
    lastLook = ran;
    home.note(lease);
    return lease;
  }

  return {
    isOver(person, leaseDays) {
      const lease = look();
      return !lease || isLeaseOver(lease, lease.renewed[person] ?? 0, leaseDays);
    },
    renewed(person) {
      const lease = look();
      if (!lease) return;
      const renewed = { ...lease.renewed, [person]: lease.used };
      home.note({ used: lease.used, wall: now(), renewed });
    },
    isDue() {
      const lease = look();
      if (!lease) return false;
      if (!onDisk || lease.used - onDisk.used >= HOUR) return true;
      return Object.entries(lease.renewed).some(
        ([person, at]) => at - (onDisk?.renewed[person] ?? -HOUR) >= HOUR,
      );
    },
    kept() {
      onDisk = home.current()?.belonging.lease;
    },
  };
}
