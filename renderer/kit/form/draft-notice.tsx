import { Alert, Button } from 'antd';
import { useWords } from '../words.ts';
import { timeAgo } from '../value/time-words.ts';
import { useDesk } from '../../core/hooks.ts';
import type { KeptDraft } from './use-draft.ts';

interface DraftNoticeProps {
  readonly draft: Pick<KeptDraft, 'restored' | 'drop'>;
  /** The form begins anew, without it. */
  readonly onAnew: () => void;
}

/** What was being written when the form was left, the window closed or the power went. */
export function DraftNotice({ draft, onAnew }: DraftNoticeProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  if (!draft.restored) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('form.draftRestored', { when: timeAgo(draft.restored.savedAt, desk.now(), language) })}
      action={
        <Button size="small" onClick={() => void draft.drop().then(onAnew)}>
          {t('form.draftDrop')}
        </Button>
      }
    />
  );
}
