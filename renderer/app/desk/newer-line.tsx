import { Alert } from 'antd';
import { useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Why nothing can be registered on this computer until it has the newer app that wrote here. */
export function NewerLine() {
  const { t } = useTexts();
  const { newerApp } = useSync();
  if (!newerApp) return null;
  return <Alert type="error" banner showIcon title={t('sync.newerApp')} />;
}
