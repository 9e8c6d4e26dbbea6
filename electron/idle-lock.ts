/**
 * Locks an unlocked desk that nobody uses: after the chosen minutes, on suspend and when the operating system locks its screen.
 * Somebody is there when the system saw input, or when the window itself did (remote and assistive input reaches only the window).
 */
export interface IdleOptions {
  readonly isUnlocked: () => boolean;
  readonly lockAfterMinutes: () => number;
  readonly systemIdleSeconds: () => number;
  readonly lock: () => void;
  readonly now?: () => number;
}

export interface IdleWatch {
  /** The window saw input. */
  readonly touch: () => void;
  /** Called every few seconds. */
  readonly look: () => void;
}

export function watchIdle({
  isUnlocked,
  lockAfterMinutes,
  systemIdleSeconds,
  lock,
  now = Date.now,
}: IdleOptions): IdleWatch {
  let touched = now();
  return {
    touch: () => {
      touched = now();
    },
    look: () => {
      if (!isUnlocked()) {
        touched = now();
        return;
      }
      const idle = Math.min(systemIdleSeconds(), (now() - touched) / 1000);
      if (idle >= lockAfterMinutes() * 60) lock();
    },
  };
}
