/**
 * The ground of every screen and dialog of the kit, whose style sheet takes its colours from the theme's custom properties: what the
 * library derives from them for its own controls differs, in the dark above all.
 */
import type { ReactNode, Ref } from 'react';
import './kit.css';

interface SurfaceProps {
  readonly children: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLDivElement>;
}

export const Surface = ({ children, className = '', ref }: SurfaceProps) => (
  <div ref={ref} className={`kit ${className}`.trim()}>
    {children}
  </div>
);
