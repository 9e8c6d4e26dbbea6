import { Alert, Button } from 'antd';
import { useWords } from '../words.ts';
import { timeAgo } from '../value/time-words.ts';
import { useDesk } from '../../core/hooks.ts';

interface DraftNoticeProps {
  readonly savedAt: string;
  readonly onDrop: () => void;
}

/** What was being written when the form was left, the window closed or the power went. */
export function DraftNotice({ savedAt, onDrop }: DraftNoticeProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  return (
    <Alert
      type="info"
      showIcon
      title={t('form.draftRestored', { when: timeAgo(savedAt, desk.now(), language) })}
      action={
        <Button size="small" onClick={onDrop}>
          {t('form.draftDrop')}
        </Button>
      }
    />
  );
}
