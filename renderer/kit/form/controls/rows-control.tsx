import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Values } from '../../../../shared/core/field/base.ts';
import type { RowsField } from '../../../../shared/core/field/rows.ts';
import { initialValues } from '../form-values.ts';
import { fieldsWithin } from '../../../../shared/core/field/field.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

interface RowsControlProps extends ControlProps<RowsField, readonly Values[]> {
  /** Draws the fields of one row; handed in, because a row's fields are controls again. */
  readonly renderRow: (row: Values, index: number, onRow: (row: Values) => void) => ReactNode;
}

export function RowsControl({
  field,
  value = [],
  onChange,
  id,
  name,
  describedBy,
  disabled = false,
  renderRow,
}: RowsControlProps) {
  const { t } = useWords();
  const replace = (index: number, row: Values): void =>
    onChange(value.map((one, at) => (at === index ? row : one)));
  return (
    <div
      id={id}
      tabIndex={-1}
      role="group"
      aria-label={name}
      aria-describedby={describedBy}
      className="kit-stack"
    >
      {value.map((row, index) => (
        <div key={index} className="kit-row-editor">
          <div className="kit-spread">
            <span className="kit-muted kit-small">{t('form.rowOf', { n: index + 1 })}</span>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              disabled={disabled}
              aria-label={t('form.removeRow', { n: index + 1 })}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          </div>
          {renderRow(row, index, (next) => replace(index, next))}
        </div>
      ))}
      {value.length < field.max && !disabled && (
        <Button
          icon={<PlusOutlined />}
          type="dashed"
          aria-label={`${name} ${t('form.addRow')}`}
          onClick={() => onChange([...value, initialValues(fieldsWithin(field))])}
        >
          {t('form.addRow')}
        </Button>
      )}
    </div>
  );
}
