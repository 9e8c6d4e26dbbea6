import { Link } from 'react-router';
import { addDays, weekday } from '../../../shared/core/calendar/day.ts';
import { inLanguage } from '../../../shared/core/label.ts';
import { recordPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { showShortDay } from '../times.ts';
import { HomeCard, Quiet } from './home-card.tsx';
import { More } from './more.tsx';
import type { ComingItem } from './my-day.ts';

interface ComingCardProps {
  readonly items: readonly ComingItem[];
  readonly today: string;
  /** The first download has not ended: an empty list means nothing yet. */
  readonly isArriving: boolean;
}

export function ComingCard({ items, today, isArriving }: ComingCardProps) {
  const { t, language, weekday: weekdayName } = useTexts();
  const dayWords = (day: string): string => {
    if (day === today) return t('home.dayToday');
    if (day === addDays(today, 1)) return t('home.dayTomorrow');
    return weekdayName(weekday(day));
  };
  return (
    <HomeCard title={t('home.coming')}>
      {items.length === 0 ? (
        <Quiet>{t(isArriving ? 'home.arrivingShort' : 'home.noComing')}</Quiet>
      ) : (
        <More items={items} first={4}>
          {({ entity, record, at }) => (
            <li className="home-row" key={record.id}>
              <span className="home-when">
                <strong>{dayWords(at.slice(0, 10))}</strong>
                {showShortDay(at.slice(0, 10), language)} {at.slice(11, 16)}
              </span>
              <Link to={recordPath(record.id)}>
                <span className="home-title">{entity.title(record.values)}</span>
                <span className="home-sub">{inLanguage(entity.label, language)}</span>
              </Link>
            </li>
          )}
        </More>
      )}
    </HomeCard>
  );
}
