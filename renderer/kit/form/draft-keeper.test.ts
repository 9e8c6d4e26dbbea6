import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft, Opened } from '../../core/desk.ts';
import { newKey, prefillOfKey } from './draft-key.ts';
import { openDraft } from './draft-keeper.ts';

/** A small desk in memory: one record that pulls can move on, and a drawer of drafts. */
function smallDesk() {
  const drafts = new Map<string, Draft>();
  let seq = 7;
  const opened = (): Opened => ({ seen: { seq } as Opened['seen'], basis: { epoch: 'e1', seq }, after: [] });
  return {
    drafts,
    pull: () => {
      seq += 1;
    },
    draft: (key: string) => drafts.get(key),
    open: opened,
    saveDraft: async (draft: Omit<Draft, 'savedAt'>) => {
      drafts.set(draft.key, { ...draft, savedAt: '2026-11-23T01:00:00.000Z' });
    },
    dropDraft: async (key: string) => {
      drafts.delete(key);
    },
  };
}
const given = { key: 'edit/resident_1', entity: 'resident', record: 'resident_1' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a pull while the form is open, and another before it is opened again, move neither basis nor what was seen', async () => {
  const desk = smallDesk();
  const form = openDraft(desk, given, () => undefined);
  desk.pull();
  form.keep({ name: '王伟' });
  await vi.advanceTimersByTimeAsync(2000);
  desk.pull();
  const again = openDraft(desk, given, () => undefined);
  expect(again.opened).toEqual({ seen: { seq: 7 }, basis: { epoch: 'e1', seq: 7 }, after: [] });
  expect(again.restored?.values).toEqual({ name: '王伟' });
});

test('the last words are durable at most two seconds after typing stops, and only once for a burst', async () => {
  const desk = smallDesk();
  const kept = vi.fn();
  const form = openDraft(desk, given, kept);
  for (const name of ['王', '王大', '王大伟']) {
    form.keep({ name });
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(desk.drafts.size).toBe(0);
  await vi.advanceTimersByTimeAsync(2000);
  expect(desk.drafts.get(given.key)?.values).toEqual({ name: '王大伟' });
  expect(kept).toHaveBeenCalledTimes(1);
});

test('a disk that takes no more is no draft: the form hears it, and hears when it works again', async () => {
  const desk = smallDesk();
  let isFull = true;
  const told: boolean[] = [];
  const form = openDraft(
    {
      ...desk,
      saveDraft: async (draft) => {
        if (isFull) throw new Error('full');
        await desk.saveDraft(draft);
      },
    },
    given,
    (isKept) => told.push(isKept),
  );
  form.keep({ name: '王' });
  await vi.advanceTimersByTimeAsync(2000);
  isFull = false;
  form.keep({ name: '王大' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual([false, true]);
  expect(desk.drafts.get(given.key)?.values).toEqual({ name: '王大' });
});

test('leaving writes at once; a dropped draft does not come back', async () => {
  const desk = smallDesk();
  const form = openDraft(desk, given, () => undefined);
  form.keep({ name: '王' });
  form.write();
  expect(desk.drafts.get(given.key)?.values).toEqual({ name: '王' });
  form.keep({ name: '王大' });
  await form.drop();
  await vi.advanceTimersByTimeAsync(5000);
  form.write();
  expect(desk.drafts.size).toBe(0);
});

test('the draft of a record that belongs to another one leads back to the same form', () => {
  const prefill = { field: 'resident', to: 'resident_1' };
  expect(prefillOfKey(newKey('careTag', prefill))).toEqual(prefill);
  expect([prefillOfKey(newKey('careTag')), prefillOfKey('edit/resident_1')]).toEqual([undefined, undefined]);
});
