/** One list of the district: a line above it, a way to ask again, and calm words where nobody answers. */
import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import type { Asked } from './use-administration.ts';

interface PartFrameProps {
  readonly asked: Asked<unknown>;
  readonly lead: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

export function PartFrame({ asked, lead, extra, children }: PartFrameProps) {
  const { t } = useTexts();
  return (
    <div className="kit-stack">
      <div className="kit-spread">
        <p className="kit-muted">{lead}</p>
        <div className="kit-row">
          <Button icon={<ReloadOutlined />} loading={asked.isAsking} onClick={asked.askAgain}>
            {t('administration.askAgain')}
          </Button>
          {extra}
        </div>
      </div>
      {asked.problem && <Alert type="warning" showIcon title={t(asked.problem)} />}
      {asked.value !== undefined && children}
    </div>
  );
}
