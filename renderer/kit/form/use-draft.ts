/** The draft of a form as long as the form is open; leaving the page, hiding or locking the window keeps the last words too. */
import { useEffect, useMemo, useState } from 'react';
import { useDesk } from '../../core/hooks.ts';
import { openDraft, type DraftGiven, type DraftKeeper } from './draft-keeper.ts';

export interface KeptDraft extends Omit<DraftKeeper, 'write'> {
  readonly isKept: boolean;
}

export function useDraft(given: DraftGiven): KeptDraft {
  const desk = useDesk();
  const [isKept, setKept] = useState(false);
  // Opened once: a pull while the form is open must not move the basis.
  const [keeper] = useState(() => openDraft(desk, given, setKept));

  useEffect(() => {
    window.addEventListener('pagehide', keeper.write);
    document.addEventListener('visibilitychange', keeper.write);
    return () => {
      window.removeEventListener('pagehide', keeper.write);
      document.removeEventListener('visibilitychange', keeper.write);
      keeper.write();
    };
  }, [keeper]);

  return useMemo(() => {
    const { opened, restored, keep, drop } = keeper;
    return { opened, restored, isKept, keep, drop };
  }, [keeper, isKept]);
}
