/** A dialog that is simply taken away gives the keyboard back to what opened it. Called by what stands only while it is open. */
import { useEffect, useState } from 'react';

export function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The dialog holds on to the keyboard until all of it is gone.
      setTimeout(() => {
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (isFree && opener instanceof HTMLElement) opener.focus();
      });
    },
    [opener],
  );
}
