import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { trayPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { HomeCard } from './home-card.tsx';

export function AttentionCard({ count }: { readonly count: number }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <HomeCard title={t('home.attention', { count })} tone="care">
      <p className="home-sub">{t('home.attentionHint')}</p>
      <div>
        <Button onClick={() => void navigate(trayPath)}>{t('home.toTray')}</Button>
      </div>
    </HomeCard>
  );
}
