/**
 * Sealed files down to this computer, when somebody wants to see one: one at a time, from where it stopped, behind the records. As the
 * unlocked person, whose right to the record the district asks. What has arrived is kept for the next time.
 */
import { inOrder } from '../../shared/core/in-order.ts';
import { errorOf } from '../district.ts';
import type { SignedAsk } from '../signed-ask.ts';
import type { FileStore } from './file-store.ts';
import { createPartSize } from './part-size.ts';

/** `absent`: the district does not have it whole yet, or not for this person. */
export type Fetched = 'here' | 'absent' | 'unreachable';

export interface DownloadsGiven {
  readonly store: FileStore;
  readonly ask: SignedAsk;
  readonly isBusy: () => boolean;
  readonly now?: () => number;
}

const PATIENCE = 10_000;
const LOOK = 100;

export function createDownloads({ store, ask, isBusy, now = Date.now }: DownloadsGiven) {
  const turn = inOrder();
  const under = new Map<string, Promise<Fetched>>();
  const size = createPartSize();

  async function fetchFile(file: string, whole: number): Promise<Fetched> {
    let at = Math.min(await store.arrived(file), whole);
    while (at < whole) {
      // Whoever looks at the screen waits for it, so records go first for a moment only.
      for (const until = now() + PATIENCE; isBusy() && now() < until;)
        await new Promise((resolve) => setTimeout(resolve, LOOK));
      const length = Math.min(size.next(), whole - at);
      const began = now();
      const path = `/api/attachments/${file}/${at}/${length}`;
      const result = await ask({ method: 'GET', path, as: 'person', bytes: true });
      const answer = result.ok ? result.value : undefined;
      if (answer?.status !== 200) {
        size.failed();
        return answer && errorOf(answer)?.error === 'not-found' ? 'absent' : 'unreachable';
      }
      const { body } = answer;
      if (body.length === 0 || body.length > length) return 'unreachable';
      size.took(now() - began);
      await store.arrive(file, at, body);
      at += body.length;
    }
    return (await store.complete(file)) ? 'here' : 'unreachable';
  }

  return {
    /** @param whole bytes of the sealed file */
    fetch: (file: string, whole: number): Promise<Fetched> => {
      if (store.state(file) !== 'absent') return Promise.resolve('here');
      const known = under.get(file);
      if (known) return known;
      const fetching = turn(() => fetchFile(file, whole)).finally(() => under.delete(file));
      under.set(file, fetching);
      return fetching;
    },
  };
}

export type Downloads = ReturnType<typeof createDownloads>;
