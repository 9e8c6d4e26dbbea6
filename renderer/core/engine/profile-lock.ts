/** One engine per profile (sync.md S12): a page that is loaded again waits until the one before it has let go. */
export type HoldProfile = (name: string) => Promise<() => void>;

export const holdProfile: HoldProfile = (name) =>
  new Promise((held, failed) => {
    const locks = globalThis.navigator?.locks;
    if (!locks) {
      held(() => undefined);
      return;
    }
    locks.request(name, () => new Promise<void>((release) => held(release))).catch(failed);
  });
