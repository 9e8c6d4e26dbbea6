import { Button } from 'antd';
import { shanghaiMinute } from '../../../../shared/core/calendar/day.ts';
import type { DateTimeField } from '../../../../shared/core/field/date.ts';
import { useDesk } from '../../../core/hooks.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';
import { TypedDate } from './typed-date.tsx';
import { TypedTime } from './typed-time.tsx';

/** A day and a minute; 现在 fills in both, since most visits are written down while they happen. */
export function DateTimeControl({
  field,
  value = '',
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled = false,
}: ControlProps<DateTimeField, string>) {
  const { t } = useWords();
  const desk = useDesk();
  const [day = '', time = ''] = value.split('T');
  const write = (newDay: string, newTime: string): void =>
    onChange(newDay === '' && newTime === '' ? undefined : newTime === '' ? newDay : `${newDay}T${newTime}`);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 5.5rem auto', gap: '0.5rem' }}>
      <TypedDate
        id={id}
        name={name}
        value={day}
        isWrong={isWrong}
        describedBy={describedBy}
        disabled={disabled}
        notAfterToday={field.notAfterToday}
        onChange={(chosen) => write(chosen ?? '', time)}
      />
      <TypedTime
        label={t('form.timePart', { what: name })}
        value={time}
        isWrong={isWrong}
        disabled={disabled}
        onChange={(typed) => write(day, typed)}
      />
      <Button disabled={disabled} onClick={() => onChange(shanghaiMinute(desk.now()))}>
        {t('form.now')}
      </Button>
    </div>
  );
}
