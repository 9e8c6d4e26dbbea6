import { Input } from 'antd';
import { useState } from 'react';
import type { MoneyField } from '../../../../shared/core/field/number.ts';
import { useWords } from '../../words.ts';
import { fenOf, yuanOf } from '../yuan.ts';
import type { ControlProps } from './control.ts';

/** People type yuan, the record holds fen; nothing in between is a float. */
export function MoneyControl({
  value,
  onChange,
  id,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<MoneyField, number>) {
  const { t } = useWords();
  const [typing, setTyping] = useState<string>();
  return (
    <Input
      id={id}
      aria-describedby={describedBy}
      inputMode="decimal"
      value={typing ?? yuanOf(value)}
      suffix={t('form.yuan')}
      disabled={disabled ?? false}
      {...(isWrong && { status: 'error' as const })}
      onChange={(event) => {
        setTyping(event.target.value);
        onChange(fenOf(event.target.value));
      }}
      onBlur={() => setTyping(undefined)}
    />
  );
}
