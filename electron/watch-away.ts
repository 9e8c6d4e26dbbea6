/** Whoever goes away is locked out of sight: idle minutes, a computer that sleeps, a screen that the system locks. */
import { powerMonitor } from 'electron';
import { watchIdle, type IdleWatch } from './idle-lock.ts';

export function watchAway(given: {
  readonly isUnlocked: () => boolean;
  readonly lockAfterMinutes: () => number;
  readonly lock: () => void;
  /** The computer woke up. */
  readonly onReturn: () => void;
}): IdleWatch {
  const { onReturn, ...rest } = given;
  const idle = watchIdle({ ...rest, systemIdleSeconds: () => powerMonitor.getSystemIdleTime() });
  setInterval(idle.look, 5_000).unref();
  powerMonitor.on('suspend', given.lock);
  powerMonitor.on('lock-screen', given.lock);
  powerMonitor.on('resume', onReturn);
  return idle;
}
