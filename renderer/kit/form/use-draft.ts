/**
 * Keeps what is being written, at most 2 s after typing stops, and brings it back once. The draft carries `opened`: what the person saw
 * when the form was opened. A pull in between changes the record but not the draft, so a conflict is seen as one.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Draft, Opened } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';

const PAUSE = 1200;

interface DraftGiven {
  readonly key: string;
  readonly entity: string;
  readonly record?: string;
}

export interface KeptDraft {
  readonly opened: Opened;
  /** What was being written when the form was left; undefined where nothing was. */
  readonly restored: Draft | undefined;
  readonly isKept: boolean;
  readonly keep: (values: Values) => void;
  /** Saved or given up: the draft goes away. */
  readonly drop: () => Promise<void>;
}

export function useDraft({ key, entity, record }: DraftGiven): KeptDraft {
  const desk = useDesk();
  // Read once: a pull while the form is open must not move the basis.
  const [restored] = useState(() => desk.draft(key));
  const [opened] = useState(() => restored?.opened ?? desk.open(record));
  const [isKept, setKept] = useState(false);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; values: Values } | undefined>(undefined);

  const write = useCallback(() => {
    const found = waiting.current;
    if (!found) return;
    clearTimeout(found.timer);
    waiting.current = undefined;
    void desk.saveDraft({ key, entity, record, values: found.values, opened }).then(() => setKept(true));
  }, [desk, entity, key, opened, record]);

  const keep = useCallback(
    (values: Values) => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { values, timer: setTimeout(write, PAUSE) };
    },
    [write],
  );

  const drop = useCallback(() => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = undefined;
    setKept(false);
    return desk.dropDraft(key);
  }, [desk, key]);

  // Leaving the page keeps the last words too, and so does a window that is hidden or about to lock.
  useEffect(() => {
    window.addEventListener('pagehide', write);
    document.addEventListener('visibilitychange', write);
    return () => {
      window.removeEventListener('pagehide', write);
      document.removeEventListener('visibilitychange', write);
      write();
    };
  }, [write]);

  return useMemo(() => ({ opened, restored, isKept, keep, drop }), [opened, restored, isKept, keep, drop]);
}
