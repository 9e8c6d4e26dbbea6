import { useId } from 'react';

interface TextInputProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly kind: 'url' | 'code' | 'words';
  readonly focus?: boolean;
}

const LONGEST = { url: 300, code: 40, words: 200 } as const;

export function TextInput({ label, hint, value, onChange, kind, focus = false }: TextInputProps) {
  const id = useId();
  return (
    <div className="door-field">
      <label htmlFor={id}>{label}</label>
      <div className="door-input">
        <input
          id={id}
          type="text"
          inputMode={kind === 'url' ? 'url' : 'text'}
          autoComplete="off"
          autoCapitalize={kind === 'url' ? 'none' : 'characters'}
          spellCheck={false}
          maxLength={LONGEST[kind]}
          autoFocus={focus}
          value={value}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <p className="door-hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
