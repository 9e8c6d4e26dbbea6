import { Alert } from 'antd';
import { useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Every list is empty then: nobody shall think that the records are lost. */
export function LeaseLine() {
  const { t } = useTexts();
  const { leaseOver } = useSync();
  if (!leaseOver) return null;
  return <Alert type="warning" banner showIcon title={t('sync.leaseOver')} />;
}
