import { Input } from 'antd';
import { useState } from 'react';
import { parseTimeInput } from '../time-input.ts';

interface TypedTimeProps {
  readonly value: string;
  readonly onChange: (time: string) => void;
  readonly label: string;
  readonly isWrong: boolean;
  readonly disabled: boolean;
}

/** Always twenty-four hours, whatever the system's locale says. */
export function TypedTime({ value, onChange, label, isWrong, disabled }: TypedTimeProps) {
  const [typing, setTyping] = useState<string>();
  return (
    <Input
      aria-label={label}
      inputMode="numeric"
      placeholder="09:30"
      autoComplete="off"
      value={typing ?? value}
      disabled={disabled}
      {...(isWrong && { status: 'error' as const })}
      onChange={(event) => {
        setTyping(event.target.value);
        // A lone digit may still become another hour; what cannot be read stays for the check to mark.
        onChange(parseTimeInput(event.target.value) ?? event.target.value);
      }}
      onBlur={() => setTyping(undefined)}
    />
  );
}
