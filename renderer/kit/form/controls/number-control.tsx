import { InputNumber } from 'antd';
import type { NumberField } from '../../../../shared/core/field/number.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

export function NumberControl({
  field,
  value,
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<NumberField, number>) {
  const { say } = useWords();
  return (
    <InputNumber
      id={id}
      aria-label={name}
      aria-describedby={describedBy}
      value={value ?? null}
      disabled={disabled ?? false}
      style={{ width: '100%' }}
      {...(isWrong && { status: 'error' as const })}
      {...(field.unit && { suffix: say(field.unit) })}
      step={10 ** -field.decimals}
      changeOnWheel={false}
      onChange={(entered) => onChange(entered ?? undefined)}
    />
  );
}
