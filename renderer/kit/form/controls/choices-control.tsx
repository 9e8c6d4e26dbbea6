import { Checkbox, Select } from 'antd';
import type { ChoicesField } from '../../../../shared/core/field/choice.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

const OPEN = 8;

export function ChoicesControl({
  field,
  value = [],
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<ChoicesField, readonly string[]>) {
  const { say, t } = useWords();
  const options = Object.entries(field.options).map(([code, label]) => ({ value: code, label: say(label) }));
  if (options.length <= OPEN) {
    return (
      <div id={id} tabIndex={-1} role="group" aria-label={name} aria-describedby={describedBy}>
        <Checkbox.Group
          value={[...value]}
          disabled={disabled ?? false}
          options={options}
          onChange={(all) => onChange(all.map(String))}
        />
      </div>
    );
  }
  return (
    <Select
      id={id}
      mode="multiple"
      aria-label={name}
      aria-describedby={describedBy}
      value={[...value]}
      disabled={disabled ?? false}
      options={options}
      placeholder={t('form.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      {...(isWrong && { status: 'error' as const })}
      onChange={(all: string[]) => onChange(all)}
    />
  );
}
