import { ClockCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { daysBetween, shanghaiDay } from '../../../shared/core/calendar/day.ts';
import { duesOf, type Due } from '../../../shared/core/deadline.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { useDesk } from '../../core/hooks.ts';
import { dayWords } from '../value/time-words.ts';
import { useWords } from '../words.ts';

/** The running clocks: how long is left, and on hover or focus by which law. */
export function DueChips({ entity, values }: { readonly entity: AnyEntity; readonly values: Values }) {
  const desk = useDesk();
  const today = shanghaiDay(desk.now());
  const dues = duesOf(entity, values);
  if (dues.length === 0) return null;
  return (
    <div className="kit-row">
      {dues.map((due, index) => (
        <DueChip key={`${due.deadline.id} ${due.from} ${index}`} due={due} today={today} />
      ))}
    </div>
  );
}

function DueChip({ due, today }: { readonly due: Due; readonly today: string }) {
  const { language, say, t } = useWords();
  const left = daysBetween(today, due.on);
  const level = left < 0 ? 'kit-due-over' : today >= due.warnOn || left <= 7 ? 'kit-due-soon' : '';
  const told =
    left < 0
      ? t('due.overdue', { n: -left })
      : left === 0
        ? t('due.today')
        : left === 1
          ? t('due.tomorrow')
          : t('due.in', { n: left });
  return (
    <Tooltip
      title={
        <>
          <div>{t('due.on', { day: dayWords(due.on, language) })}</div>
          <div>{t('due.from', { day: dayWords(due.from, language) })}</div>
          <div>{t('due.basis', { basis: due.deadline.basis })}</div>
          {due.deadline.soft && <div>{t('due.soft')}</div>}
          {due.provisional && <div>{t('due.provisional')}</div>}
        </>
      }
    >
      <span className={`kit-due ${level}`.trim()} tabIndex={0}>
        <ClockCircleOutlined aria-hidden />
        {say(due.deadline.label)} · {told}
      </span>
    </Tooltip>
  );
}
