import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { reviewPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { HomeCard } from './home-card.tsx';

export function ReviewHint({ count }: { readonly count: number }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  return (
    <HomeCard title={t('review.home', { count })} tone="care">
      <p className="home-sub">{t('review.homeHint')}</p>
      <div>
        <Button onClick={() => void navigate(reviewPath)}>{t('review.open')}</Button>
      </div>
    </HomeCard>
  );
}
