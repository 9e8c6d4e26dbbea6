/** A masked input that can be shown, and that says when Caps Lock is on. */
import { useId, useState, type KeyboardEvent, type Ref } from 'react';
import { useTexts } from '../../texts/use-texts.ts';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly isNew?: boolean;
  readonly digits?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
  readonly focus?: boolean;
}

export function SecretField({
  label,
  value,
  onChange,
  hint,
  isNew = false,
  digits = false,
  ref,
  focus,
}: SecretFieldProps) {
  const { t } = useTexts();
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const [hasCapsLock, setHasCapsLock] = useState(false);
  const noteCapsLock = (event: KeyboardEvent): void => setHasCapsLock(event.getModifierState('CapsLock'));
  return (
    <div className="door-field">
      <label htmlFor={id}>{label}</label>
      <div className="door-input">
        <input
          id={id}
          ref={ref}
          type={isShown ? 'text' : 'password'}
          inputMode={digits ? 'numeric' : 'text'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          maxLength={200}
          autoFocus={focus}
          value={value}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={noteCapsLock}
          onKeyUp={noteCapsLock}
        />
        <button type="button" aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
          {t(isShown ? 'door.hidePassphrase' : 'door.showPassphrase')}
        </button>
      </div>
      <p className="door-hint" id={`${id}-hint`}>
        {hasCapsLock ? `⇪ ${t('door.capsLock')}` : hint}
      </p>
    </div>
  );
}
