import { useId, type ReactNode } from 'react';

interface HomeCardProps {
  readonly title: string;
  readonly count?: number;
  readonly hint?: string;
  readonly tone?: 'care';
  readonly children: ReactNode;
}

export function HomeCard({ title, count, hint, tone, children }: HomeCardProps) {
  const id = useId();
  return (
    <section className="home-card" aria-labelledby={id} data-tone-card={tone}>
      <header>
        <h2 id={id}>
          {title}
          {count !== undefined && count > 0 && <span className="home-count">{count}</span>}
        </h2>
        {hint !== undefined && <p>{hint}</p>}
      </header>
      {children}
    </section>
  );
}

export const Quiet = ({ children }: { readonly children: ReactNode }) => (
  <p className="home-quiet">{children}</p>
);
