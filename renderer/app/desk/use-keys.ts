/** The keys of the whole window. Each also has a button or a link; nothing is reachable by key alone. */
import { useEffect, useRef } from 'react';

interface Keys {
  /** In the navigation's order: Alt+1 … Alt+9. */
  readonly pages: readonly string[];
  readonly go: (to: string) => void;
  readonly lock: () => void;
}

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing) return;
      const { pages, go, lock } = latest.current;
      const isControl = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      const page =
        event.altKey && !isControl ? pages[Number(event.code.replace('Digit', '')) - 1] : undefined;
      const act = page !== undefined ? () => go(page) : keyAction(key, isControl, go, lock);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function keyAction(
  key: string,
  isControl: boolean,
  go: Keys['go'],
  lock: () => void,
): (() => void) | undefined {
  if (key === 'f1') return () => go('keys');
  if (isControl && key === 'k') return () => go('search');
  if (isControl && key === 'l') return lock;
  return undefined;
}
