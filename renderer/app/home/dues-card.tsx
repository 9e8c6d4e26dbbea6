import { Tooltip } from 'antd';
import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { useState } from 'react';
import { Link } from 'react-router';
import { inLanguage } from '../../../shared/core/label.ts';
import { recordPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { showShortDay } from '../times.ts';
import { HomeCard, Quiet } from './home-card.tsx';
import { More } from './more.tsx';
import type { DueItem, Urgency } from './my-day.ts';

interface DuesCardProps {
  readonly groups: Readonly<Record<Urgency, readonly DueItem[]>>;
  /** The first download has not ended: an empty list means nothing yet. */
  readonly isArriving: boolean;
}

const ORDER: readonly Urgency[] = ['today', 'overdue', 'soon'];

export function DuesCard({ groups, isArriving }: DuesCardProps) {
  const { t } = useTexts();
  const [wished, setWished] = useState<Urgency>();
  // What presses shows by itself, until the person looks at something else.
  const chosen = wished ?? ORDER.find((urgency) => groups[urgency].length > 0) ?? 'today';
  return (
    <HomeCard title={t('home.due')} hint={t('home.dueHint')}>
      <div className="home-tabs" role="group" aria-label={t('home.due')}>
        {ORDER.map((urgency) => (
          <button
            key={urgency}
            type="button"
            aria-pressed={urgency === chosen}
            data-urgency={groups[urgency].length > 0 ? urgency : 'none'}
            onClick={() => setWished(urgency)}
          >
            <strong>{groups[urgency].length}</strong>
            {t(`home.groups.${urgency}`)}
          </button>
        ))}
      </div>
      {groups[chosen].length === 0 ? (
        <Quiet>{t(isArriving ? 'home.arrivingShort' : `home.noDue.${chosen}`)}</Quiet>
      ) : (
        <More key={chosen} items={groups[chosen]} first={6}>
          {(item) => (
            <DueRow key={`${item.record.id} ${item.due.deadline.id} ${item.due.from}`} item={item} />
          )}
        </More>
      )}
    </HomeCard>
  );
}

function DueRow({ item: { entity, record, due, daysLeft, also = [] } }: { readonly item: DueItem }) {
  const { t, language } = useTexts();
  const urgency = daysLeft < 0 ? 'danger' : daysLeft <= 3 ? 'care' : 'plain';
  const basis = [
    t('home.basis', { basis: due.deadline.basis }),
    ...(due.warnOn < due.on ? [t('home.lastWorkingDay', { date: showShortDay(due.warnOn, language) })] : []),
    ...(due.provisional ? [t('home.provisional')] : []),
  ].join('　');
  const labels = [due, ...also].map(({ deadline }) => inLanguage(deadline.label, language));
  return (
    <li className="home-row">
      <Link to={recordPath(record.id)}>
        <span className="home-title">{entity.title(record.values)}</span>
        <span className="home-sub">
          {inLanguage(entity.label, language)} · {[...new Set(labels)].join(language === 'zh' ? '、' : ', ')}
        </span>
      </Link>
      <Tooltip title={basis}>
        <span className="home-due" data-tone={urgency}>
          {daysLeft < 0 ? <ExclamationCircleFilled /> : <ClockCircleOutlined />}
          {daysLeft < 0 && t('home.overdue', { count: -daysLeft })}
          {daysLeft === 0 && t('home.today')}
          {daysLeft === 1 && t('home.tomorrow')}
          {daysLeft > 1 && t('home.inDays', { count: daysLeft })}
        </span>
      </Tooltip>
      <span className="home-day">{showShortDay(due.on, language)}</span>
    </li>
  );
}
