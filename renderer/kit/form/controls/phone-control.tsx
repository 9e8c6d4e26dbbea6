import { Input } from 'antd';
import type { PhoneField } from '../../../../shared/core/field/phone.ts';
import type { ControlProps } from './control.ts';

export const PhoneControl = ({
  value = '',
  onChange,
  id,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<PhoneField, string>) => (
  <Input
    id={id}
    aria-describedby={describedBy}
    aria-invalid={isWrong}
    inputMode="tel"
    autoComplete="off"
    value={value}
    disabled={disabled ?? false}
    {...(isWrong && { status: 'error' as const })}
    onChange={(event) => onChange(event.target.value.normalize('NFKC').replace(/\s/gu, ''))}
  />
);
