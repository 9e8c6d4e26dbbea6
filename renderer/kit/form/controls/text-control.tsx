import { Button, Input } from 'antd';
import { lengthInCharacters, type TextField } from '../../../../shared/core/field/text.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

/** Characters are counted as people count them: a rare character beyond the basic plane is one. */
const count = (max: number) => ({ max, strategy: lengthInCharacters });

export function TextControl({
  field,
  value = '',
  onChange,
  id,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<TextField, string>) {
  const { t } = useWords();
  const shared = {
    id,
    value,
    'aria-describedby': describedBy,
    'aria-required': field.required,
    'aria-invalid': isWrong,
    disabled: disabled ?? false,
    ...(isWrong && { status: 'error' as const }),
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  };
  const isNearlyFull = lengthInCharacters(value) > field.max * 0.8;
  const counted = isNearlyFull ? { count: { ...count(field.max), show: true } } : {};
  return (
    <>
      {field.multiline ? (
        <Input.TextArea {...shared} {...counted} autoSize={{ minRows: 3, maxRows: 12 }} />
      ) : (
        <Input {...shared} {...counted} />
      )}
      {field.phrases && (
        <div className="kit-phrases" role="group" aria-label={t('form.phrases')}>
          {field.phrases.map((phrase) => (
            <Button
              key={phrase}
              size="small"
              onClick={() => onChange(joined(value, phrase, field.multiline))}
            >
              {phrase}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

const joined = (text: string, phrase: string, multiline: boolean): string =>
  multiline && text.trim() !== '' ? `${text.replace(/\s+$/u, '')}\n${phrase}` : phrase;
