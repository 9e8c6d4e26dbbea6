/**
 * The order of locking: tell the page so that it seals its drafts, wait for it three seconds at most, forget the user key, replace the
 * page. The page answers by asking to lock, within milliseconds as a rule; three seconds, so that a slow computer in the middle of
 * something else loses no last words. A page that hangs delays nothing for longer.
 */
export interface LockingOptions {
  readonly isUnlocked: () => boolean;
  readonly tellPage: () => void;
  readonly forgetKey: () => void;
  readonly replacePage: () => void;
  readonly patienceMs?: number;
}

export interface Locking {
  /** The page asks to lock: it is ready. */
  readonly asked: () => void;
  /** Idle, suspended, Ctrl+L. */
  readonly soon: () => Promise<void>;
  /** The window closes: as above, without a new page. */
  readonly beforeClose: () => Promise<void>;
}

export function createLocking(options: LockingOptions): Locking {
  const { isUnlocked, tellPage, forgetKey, replacePage, patienceMs = 3000 } = options;
  let waiting: { readonly pageIsReady: () => void; readonly done: Promise<void> } | undefined;

  function waitForPage(): Promise<void> {
    if (waiting) return waiting.done;
    let pageIsReady = () => {};
    const done = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      pageIsReady = () => {
        clearTimeout(timer);
        resolve();
      };
    }).finally(() => {
      waiting = undefined;
    });
    waiting = { pageIsReady, done };
    tellPage();
    return done;
  }

  return {
    asked() {
      if (waiting) return waiting.pageIsReady();
      forgetKey();
      // After the answer has left, because the page that asked is about to go.
      setImmediate(replacePage);
    },
    async soon() {
      if (!isUnlocked() || waiting) return;
      await waitForPage();
      // The window may have been closed meanwhile, which forgets the key too.
      if (!isUnlocked()) return;
      forgetKey();
      setImmediate(replacePage);
    },
    async beforeClose() {
      if (!isUnlocked()) return;
      await waitForPage();
      forgetKey();
    },
  };
}
