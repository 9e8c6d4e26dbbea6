import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Reference, ReferencesField } from '../../../../shared/core/field/reference.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';
import { RecordPicker } from './record-picker.tsx';

/** The chosen ones in order, each with its own way out, and a search for the next. */
export function ReferencesControl({
  field,
  value = [],
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled = false,
}: ControlProps<ReferencesField, readonly Reference[]>) {
  const { t } = useWords();
  return (
    <>
      {value.length > 0 && (
        <div className="kit-members" role="list" aria-label={name}>
          {value.map((member) => (
            <span key={member.id} className="kit-member" role="listitem">
              {member.title}
              {!disabled && (
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('form.removeMember', { what: member.title })}
                  onClick={() => onChange(value.filter((one) => one.id !== member.id))}
                />
              )}
            </span>
          ))}
        </div>
      )}
      {value.length < field.max && (
        <RecordPicker
          entity={field.entity}
          id={id}
          name={name}
          describedBy={describedBy}
          isWrong={isWrong}
          disabled={disabled}
          without={new Set(value.map((one) => one.id))}
          onPick={(picked) => picked && onChange([...value, picked])}
        />
      )}
    </>
  );
}
