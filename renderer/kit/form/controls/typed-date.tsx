/**
 * A day as people type it: 19900101, 1990-1-1, 1990年1月1日; the calendar beside it is for those who look. What cannot be read yet
 * stays as typed and is marked when the field is left.
 */
import { CalendarOutlined } from '@ant-design/icons';
import { Button, Calendar, Input, Popover } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { shanghaiDay } from '../../../../shared/core/calendar/day.ts';
import { parseDateInput } from '../../../../shared/core/date-input.ts';
import { useDesk } from '../../../core/hooks.ts';
import { useWords } from '../../words.ts';

interface TypedDateProps {
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
  readonly id: string;
  readonly name: string;
  readonly isWrong: boolean;
  readonly describedBy: string;
  readonly disabled?: boolean;
  readonly notAfterToday: boolean;
}

export function TypedDate({
  value,
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled = false,
  notAfterToday,
}: TypedDateProps) {
  const { t } = useWords();
  const desk = useDesk();
  const today = shanghaiDay(desk.now());
  const [typing, setTyping] = useState<string>();
  const [isOpen, setOpen] = useState(false);

  const type = (text: string): void => {
    setTyping(text);
    // A text that is no date yet is kept as it is: the check says so, and nothing typed is lost.
    onChange(text.trim() === '' ? undefined : (parseDateInput(text, today) ?? text));
  };
  const pick = (day: string): void => {
    setTyping(undefined);
    setOpen(false);
    onChange(day);
  };
  return (
    <Input
      id={id}
      aria-describedby={describedBy}
      aria-invalid={isWrong}
      {...(isWrong && { status: 'error' as const })}
      value={typing ?? value ?? ''}
      disabled={disabled}
      placeholder={t('form.date')}
      autoComplete="off"
      onChange={(event) => type(event.target.value)}
      onBlur={() => setTyping(undefined)}
      suffix={
        <Popover
          open={isOpen}
          onOpenChange={setOpen}
          trigger="click"
          placement="bottomRight"
          content={
            <div style={{ width: '19rem' }}>
              <Calendar
                fullscreen={false}
                value={dayjs(parseDateInput(value ?? '', today) ?? today)}
                disabledDate={(day) => notAfterToday && day.format('YYYY-MM-DD') > today}
                onSelect={(day, { source }) => {
                  if (source === 'date') pick(day.format('YYYY-MM-DD'));
                }}
              />
              <Button type="link" size="small" onClick={() => pick(today)}>
                {t('form.today')}
              </Button>
            </div>
          }
        >
          <Button
            type="text"
            size="small"
            disabled={disabled}
            icon={<CalendarOutlined />}
            aria-label={`${name} ${t('form.calendar')}`}
          />
        </Popover>
      }
    />
  );
}
