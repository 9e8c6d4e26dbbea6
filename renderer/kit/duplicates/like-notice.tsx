/** While somebody registers: one who certainly says the same is there already. Said gently; nothing stops, and what was typed is kept. */
import { Alert } from 'antd';
import { Link } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { useLike } from '../../core/hooks.ts';
import { recordPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';

interface LikeNoticeProps {
  readonly entity: AnyEntity;
  readonly values: Values;
}

export function LikeNotice({ entity, values }: LikeNoticeProps) {
  const { language, say, t } = useWords();
  const { areaName } = useKit();
  const [first] = useLike(entity.name, values);
  // Heard by whoever cannot see it, as soon as it is there.
  return (
    <div aria-live="polite">
      {first && (
        <Alert
          type="info"
          showIcon
          title={t('duplicates.there', {
            what: titleOf(entity, first.record.values),
            where: areaName(first.record.area),
          })}
          description={first.recognitions
            .map(({ label }) => say(label))
            .join(language === 'zh' ? '；' : '; ')}
          action={<Link to={recordPath(first.record.id)}>{t('duplicates.open')}</Link>}
        />
      )}
    </div>
  );
}
