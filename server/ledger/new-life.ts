import type { Head } from './transactor.ts';

/**
 * The head with which another life begins. `restoredHead` is the lowest that any restoration left: a desk may have slept through
 * several, and sequences beyond the lowest have been given more than once, so a basis of a former life counts as at most this one.
 */
export function newLife(head: Head, epoch: string): Head {
  const restoredHead = head.wasRestored ? Math.min(head.restoredHead, head.seq) : head.seq;
  return { ...head, epoch, restoredHead, wasRestored: true };
}
