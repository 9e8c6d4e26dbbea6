/** What a record's page says of its doubles: that it may be registered twice, that it stands for another one, that another stands for it. */
import { Alert, App, Button } from 'antd';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useAbsorbed, useDesk, useDuplicatesOf } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { comparePath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { titleOf } from '../value/record-title.ts';
import { timeAgo } from '../value/time-words.ts';
import { useWords } from '../words.ts';
import { undoCommands } from './lines.ts';
import { takenBack } from './taken-back.ts';

interface NoticesProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  /** The id that somebody followed to come here. */
  readonly asked: string;
  readonly mayMerge: boolean;
}

export function DuplicateNotices({ entity, record, asked, mayMerge }: NoticesProps) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const navigate = useNavigate();
  const { areaName, personName } = useKit();
  const duplicates = useDuplicatesOf(record.id);
  const absorbed = useAbsorbed(record.id);
  if (!entity.duplicates) return null;
  return (
    <>
      {record.merged && (
        <Alert
          type="info"
          showIcon
          title={t('duplicates.elsewhere')}
          description={t('duplicates.elsewhereBy', {
            who: personName(record.merged.by),
            when: timeAgo(record.merged.at, desk.now(), language),
          })}
        />
      )}
      {asked !== record.id && <Alert type="info" showIcon title={t('duplicates.led')} />}
      {absorbed.map((one) => (
        <Absorbed key={one.id} entity={entity} record={record} gone={one} mayMerge={mayMerge} />
      ))}
      {duplicates.map(({ records, recognitions }) => {
        const other = records.find(({ id }) => id !== record.id) ?? record;
        return (
          <Alert
            key={other.id}
            type="warning"
            showIcon
            title={t('duplicates.maybe', {
              what: titleOf(entity, other.values),
              where: areaName(other.area),
              who: personName(other.created.by),
            })}
            description={recognitions.map(({ label }) => say(label)).join(language === 'zh' ? '；' : '; ')}
            action={
              <Button size="small" onClick={() => void navigate(comparePath(record.id, other.id))}>
                {t('duplicates.look')}
              </Button>
            }
          />
        );
      })}
    </>
  );
}

interface AbsorbedProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly gone: RecordState;
  readonly mayMerge: boolean;
}

/** A merge of whenever is undone here: the other one comes back, and what was picked for this one is taken back where it still stands. */
function Absorbed({ entity, record, gone, mayMerge }: AbsorbedProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const tell = useTold();
  const { message, modal } = App.useApp();
  const { personName } = useKit();
  const isNearest = gone.merged?.into === record.id;

  const undo = async (): Promise<void> => {
    const before = takenBack(await desk.history(record.id), record, gone);
    const commands = undoCommands(entity.name, record.id, gone.id, before);
    const outcome = await desk.runAll(commands);
    if (outcome.ok)
      tell(commands.at(-1)!, gone, [
        { kind: 'merge', entity: entity.name, record: gone.id, other: record.id },
      ]);
    else void message.error(refusalSentence(outcome.error, language));
  };
  const ask = (): void => {
    void modal.confirm({
      title: t('duplicates.undoAsk', { what: titleOf(entity, gone.values) }),
      content: t('duplicates.undoHint'),
      okText: t('duplicates.undo'),
      onOk: undo,
    });
  };
  return (
    <Alert
      type="info"
      title={t('duplicates.contains', {
        what: titleOf(entity, gone.values),
        who: personName(gone.created.by),
        when: timeAgo(gone.created.at, desk.now(), language),
      })}
      action={
        mayMerge &&
        isNearest && (
          <Button size="small" onClick={ask}>
            {t('duplicates.undo')}
          </Button>
        )
      }
    />
  );
}
