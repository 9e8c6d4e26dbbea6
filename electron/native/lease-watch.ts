/** The lease's time on this computer, kept with its other secrets: looked at whenever it matters, written down once an hour. */
import type { KeyHome } from './key-home.ts';
import { isLeaseOver, looked } from './lease.ts';

const HOUR = 3_600_000;

export interface LeaseWatch {
  readonly isOver: (person: string, leaseDays: number) => boolean;
  /** @param since a moment of this very count; now without it. No lease goes back, or on into what has not been used yet */
  readonly renewed: (person: string, since?: number) => void;
  readonly used: () => number;
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
    renewed(person, since) {
      const lease = look();
      if (!lease) return;
      const { used, wall } = lease;
      const from = Math.max(lease.renewed[person] ?? 0, Math.min(since ?? used, used));
      // Only whoever is there now can say that the wall clock is right.
      const renewed = { ...lease.renewed, [person]: from };
      home.note({ used, wall: since === undefined ? now() : wall, renewed });
    },
    used: () => look()?.used ?? 0,
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
