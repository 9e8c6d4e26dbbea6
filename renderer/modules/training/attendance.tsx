/** The attendance sheet of a course: add people by name, one click for each who came, one button for all of them. */
import { CheckOutlined, CloseOutlined, RedoOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { shanghaiDay, shanghaiMinute } from '../../../shared/core/calendar/day.ts';
import type { Command } from '../../../shared/core/command.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk, usePointing } from '../../core/hooks.ts';
import { rightsOn } from '../../kit/detail/rights.ts';
import { useTold } from '../../kit/feedback/use-told.tsx';
import { RecordPicker } from '../../kit/form/controls/record-picker.tsx';
import { homeAreas } from '../../kit/form/home-areas.ts';
import { Card } from '../../kit/layout/card.tsx';
import { recordPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { referenceTo } from '../../kit/value/record-title.ts';
import { StageTag } from '../../kit/value/stage-tag.tsx';
import { useWords } from '../../kit/words.ts';
import {
  absent,
  again,
  allPresent,
  counted,
  enrol,
  hoursChanged,
  PARTICIPATION,
  personOf,
  present,
} from './attendance-commands.ts';
import { HoursCell } from './hours-cell.tsx';

export function Attendance({ record }: { readonly record: RecordState }) {
  const { registry } = useDesk();
  const event = registry.entities.get(record.entity);
  const participation = registry.entities.get(PARTICIPATION);
  return event && participation ? (
    <Sheet event={event} participation={participation} record={record} />
  ) : null;
}

interface SheetProps {
  readonly event: AnyEntity;
  readonly participation: AnyEntity;
  readonly record: RecordState;
}

function Sheet({ event, participation, record }: SheetProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const tell = useTold();
  const { message, modal } = App.useApp();
  const found = usePointing(PARTICIPATION, 'event', record.id);
  const people = useMemo(
    () => [...found].sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'zh-CN')),
    [found],
  );
  const counts = counted(people);
  const capacity = record.values['capacity'] as number | undefined;
  const hours = record.values['hours'] as number | undefined;
  const isHere = record.withdrawn === undefined;
  const mayEnrol =
    isHere &&
    homeAreas(participation, {
      actor: desk.me,
      roles: desk.registry.roles,
      areas: [{ code: record.area, name: '' }, ...kit.areas()],
    }).includes(record.area);

  const run = async (command: Command, before: RecordState | undefined): Promise<void> => {
    const outcome = await desk.run(command);
    if (outcome.ok) tell(command, before);
    else void message.error(refusalSentence(outcome.error, language));
  };
  const checkIn = () => ({ hours, minute: minuteOf(record, desk.now()) });
  const add = (person: Reference | undefined): void => {
    if (!person) return;
    if (people.some((one) => personOf(one)?.id === person.id)) {
      void message.info(t('training.already', { who: person.title }));
      return;
    }
    const id = desk.newId(PARTICIPATION);
    void run(enrol({ record: id, area: record.area, event: referenceTo(event, record), person }), undefined);
  };
  const markAll = (): void => {
    void modal.confirm({
      title: t('training.allPresentAsk', { n: counts.open, hours: hours ?? '' }),
      okText: t('training.allPresent'),
      onOk: async () => {
        for (const batch of allPresent(people, checkIn())) {
          const outcome = await desk.runAll(batch);
          if (!outcome.ok) {
            void message.error(refusalSentence(outcome.error, language));
            return;
          }
        }
        void message.success(t('training.done', { n: counts.open }));
      },
    });
  };
  const signInAgain = async (one: RecordState): Promise<void> => {
    const outcome = await desk.runAll(again(one, desk.newId(PARTICIPATION)));
    if (outcome.ok) void message.success(t('training.againDone', { who: nameOf(one) }));
    else void message.error(refusalSentence(outcome.error, language));
  };
  const field = (participation.fields as Fields)['person'];
  return (
    <Card
      title={t('training.attendance')}
      extra={
        counts.open > 0 &&
        mayEnrol && (
          <Button icon={<CheckOutlined />} onClick={markAll}>
            {t('training.allPresent')}
          </Button>
        )
      }
    >
      <div className="kit-spread" style={{ marginBottom: '0.75rem' }}>
        <span role="status">
          {t('training.summary', { ...counts })}
          {capacity !== undefined && (
            <span className={counts.all > capacity ? 'kit-problem' : 'kit-muted'}>
              {' · '}
              {t('training.capacity', { n: capacity })}
              {counts.all > capacity && `，${t('training.over')}`}
            </span>
          )}
        </span>
        {mayEnrol && field?.kind === 'reference' && (
          <div style={{ flex: '0 1 20rem' }}>
            <RecordPicker
              entity={field.entity}
              id="attendance-add"
              name={t('training.add')}
              describedBy="attendance-add"
              isWrong={false}
              placeholder={t('training.addHint')}
              without={new Set(people.flatMap((one) => personOf(one)?.id ?? []))}
              mayRegister={false}
              onPick={add}
            />
          </div>
        )}
      </div>
      {people.length === 0 ? (
        <p className="kit-muted">
          {t('training.none')} {mayEnrol && t('training.noneHint')}
        </p>
      ) : (
        <table className="kit-rows kit-rows-middle">
          <thead>
            <tr>
              <th scope="col">{t('training.name')}</th>
              <th scope="col">{t('training.state')}</th>
              <th scope="col">{t('training.hours')}</th>
              {mayEnrol && <th scope="col">{t('training.action')}</th>}
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <Line
                key={one.id}
                entity={participation}
                record={one}
                mayWrite={mayEnrol}
                onPresent={() => void run(present(one, checkIn()), one)}
                onAbsent={() => void run(absent(one), one)}
                onAgain={() => void signInAgain(one)}
                onHours={(value) => void run(hoursChanged(one, value), one)}
              />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

interface LineProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly mayWrite: boolean;
  readonly onPresent: () => void;
  readonly onAbsent: () => void;
  readonly onAgain: () => void;
  readonly onHours: (hours: number) => void;
}

function Line({ entity, record, mayWrite, onPresent, onAbsent, onAgain, onHours }: LineProps) {
  const { t } = useWords();
  const desk = useDesk();
  const rights = rightsOn(entity, record, desk.me, desk.registry.roles);
  const stages = stagesOf(entity);
  const stage = String(record.values['stage']);
  const who = nameOf(record);
  return (
    <tr>
      <td>
        <Link to={recordPath(record.id)}>{who}</Link>
      </td>
      <td>{stages && <StageTag field={stages} stage={stage} />}</td>
      <td>
        {stage === 'attended' && (
          <HoursCell
            hours={record.values['hours'] as number | undefined}
            name={t('training.hoursOf', { who })}
            isFixed={!rights.change}
            onHours={onHours}
          />
        )}
      </td>
      {mayWrite && (
        <td>
          {stage === 'enrolled' && rights.advance && (
            <span className="kit-row">
              <Button
                size="small"
                type="primary"
                ghost
                icon={<CheckOutlined />}
                aria-label={t('training.presentOf', { who })}
                onClick={onPresent}
              >
                {t('training.present')}
              </Button>
              <Button
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('training.absentOf', { who })}
                onClick={onAbsent}
              >
                {t('training.absent')}
              </Button>
            </span>
          )}
          {stage !== 'enrolled' && rights.withdraw && (
            <Button
              size="small"
              type="text"
              icon={<RedoOutlined />}
              aria-label={t('training.againOf', { who })}
              onClick={onAgain}
            >
              {t('training.again')}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

const nameOf = (participation: RecordState): string => personOf(participation)?.title ?? '';

/** The check-in minute is only known on the day of the course itself. */
function minuteOf(event: RecordState, now: number): string | undefined {
  const starts = String(event.values['startsAt'] ?? '').slice(0, 10);
  return starts === shanghaiDay(now) ? shanghaiMinute(now) : undefined;
}
