/** How much room a table or a paper has from where it begins down to the window's edge, and how large a rem is. */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
}

const MARGIN = 20;

export function useRoom(): { readonly ref: RefObject<HTMLDivElement | null>; readonly room: Room } {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Room>({ width: 1000, height: 480, rem: 16 });
  const measure = useCallback(() => {
    const box = ref.current?.getBoundingClientRect();
    if (!box) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const height = Math.max(260, Math.floor(window.innerHeight - box.top - MARGIN));
    const width = Math.floor(box.width);
    setRoom((known) =>
      known.width === width && known.height === height && known.rem === rem ? known : { width, height, rem },
    );
  }, []);
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.documentElement);
    if (ref.current?.parentElement) observer.observe(ref.current.parentElement);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [measure]);
  return { ref, room };
}
