import { Button, Result, Typography } from 'antd';
import { useNavigate } from 'react-router';
import { homePath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface BrokenPageProps {
  readonly reference: string;
  readonly onAgain: () => void;
}

export function BrokenPage({ reference, onAgain }: BrokenPageProps) {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <Result
      status="warning"
      title={<h1 className="frame-message">{t('errors.title')}</h1>}
      subTitle={t('errors.lead')}
      extra={[
        <Button key="again" type="primary" onClick={onAgain}>
          {t('errors.again')}
        </Button>,
        <Button key="home" onClick={() => void navigate(homePath)}>
          {t('frame.toHome')}
        </Button>,
      ]}
    >
      <Typography.Text copyable={{ text: reference, tooltips: [t('common.copy'), t('common.copied')] }}>
        {t('errors.reference', { reference })}
      </Typography.Text>
    </Result>
  );
}
