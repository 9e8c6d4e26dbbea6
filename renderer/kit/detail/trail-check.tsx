/** 核对留痕: asks the district whether a record's operations are still what their authors have signed, and says it in one sentence. */
import { CheckCircleOutlined, ExclamationCircleOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useDesk } from '../../core/hooks.ts';
import { useWords } from '../words.ts';
import { trailWords, type TrailWords } from './trail-words.ts';

export function TrailCheck({ record }: { readonly record: string }) {
  const { t } = useWords();
  const desk = useDesk();
  const [isAsking, setAsking] = useState(false);
  const [words, setWords] = useState<TrailWords>();
  const ask = async (): Promise<void> => {
    setAsking(true);
    setWords(trailWords(await desk.checkTrail(record)));
    setAsking(false);
  };
  return (
    <div>
      <Button
        type="link"
        size="small"
        icon={<SafetyCertificateOutlined aria-hidden />}
        loading={isAsking}
        onClick={() => void ask()}
      >
        {t('trail.check')}
      </Button>
      <p className="kit-small" role="status">
        {words && (
          <span style={{ color: words.isSound ? 'var(--kit-muted)' : 'var(--kit-danger)' }}>
            {words.isSound ? <CheckCircleOutlined aria-hidden /> : <ExclamationCircleOutlined aria-hidden />}{' '}
            {t(words.key, words.values)}
          </span>
        )}
      </p>
    </div>
  );
}
