import { Radio, Select } from 'antd';
import type { ChoiceField } from '../../../../shared/core/field/choice.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

/** Up to so many choices lie open; more would hide the form. */
export const OPEN_CHOICES = 5;

export function ChoiceControl({
  field,
  value,
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<ChoiceField, string>) {
  const { say, t } = useWords();
  const options = Object.entries(field.options).map(([code, label]) => ({ value: code, label: say(label) }));
  if (options.length <= OPEN_CHOICES) {
    return (
      <Radio.Group
        id={id}
        aria-label={name}
        aria-describedby={describedBy}
        value={value ?? null}
        disabled={disabled ?? false}
        options={options}
        onChange={(event) => onChange(String(event.target.value))}
      />
    );
  }
  return (
    <Select
      id={id}
      aria-label={name}
      aria-describedby={describedBy}
      value={value ?? null}
      disabled={disabled ?? false}
      options={options}
      allowClear={!field.required}
      placeholder={t('form.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      {...(isWrong && { status: 'error' as const })}
      onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
    />
  );
}
