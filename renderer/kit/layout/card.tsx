import type { ReactNode } from 'react';

interface CardProps {
  readonly title?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A quiet group: heading, content, no frame within a frame. */
export function Card({ title, extra, children, className = '' }: CardProps) {
  return (
    <section className={`kit-card ${className}`.trim()}>
      {title !== undefined && (
        <header className="kit-card-head">
          <h2>{title}</h2>
          {extra}
        </header>
      )}
      {children}
    </section>
  );
}
