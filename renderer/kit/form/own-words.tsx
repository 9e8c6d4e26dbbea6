/** A draft whose record its author may not see any more: what they wrote is theirs, to be copied or thrown away. */
import { Alert, Button } from 'antd';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { Facts } from '../detail/facts.tsx';
import { Card } from '../layout/card.tsx';
import { Surface } from '../layout/surface.tsx';
import { useWords } from '../words.ts';
import type { KeptDraft } from './use-draft.ts';

interface OwnWordsProps {
  readonly entity: AnyEntity;
  readonly draft: Pick<KeptDraft, 'restored' | 'drop'>;
}

export function OwnWords({ entity, draft }: OwnWordsProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const values = draft.restored?.values ?? {};
  return (
    <Surface className="kit-page kit-stack">
      <Alert type="info" showIcon title={t('form.lostTitle')} description={t('form.lostHint')} />
      <Card title={t('form.lostWords')}>
        <Facts fields={entity.fields as Fields} names={Object.keys(values)} values={values} />
      </Card>
      <div className="kit-row">
        <Button onClick={() => void navigate(-1)}>{t('common.back')}</Button>
        <Button danger onClick={() => void draft.drop().then(() => navigate(-1))}>
          {t('form.lostDrop')}
        </Button>
      </div>
    </Surface>
  );
}
