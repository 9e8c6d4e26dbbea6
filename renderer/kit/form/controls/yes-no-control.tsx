import { Radio } from 'antd';
import type { YesNoField } from '../../../../shared/core/field/yes-no.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

/** Two open choices rather than a switch: not asked yet is neither yes nor no. */
export function YesNoControl({
  value,
  onChange,
  id,
  name,
  describedBy,
  disabled,
}: ControlProps<YesNoField, boolean>) {
  const { t } = useWords();
  return (
    <Radio.Group
      id={id}
      aria-label={name}
      aria-describedby={describedBy}
      value={value ?? null}
      disabled={disabled ?? false}
      options={[
        { value: true, label: t('common.yes') },
        { value: false, label: t('common.no') },
      ]}
      onChange={(event) => onChange(event.target.value as boolean)}
    />
  );
}
