import { useId, type ReactNode } from 'react';

export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="home-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
      </header>
      {children}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly note?: ReactNode;
  readonly children: (labelId: string) => ReactNode;
}

export function Choice({ label, note, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="settings-choice">
      <span id={id}>{label}</span>
      <div>
        {children(id)}
        {note}
      </div>
    </div>
  );
}
