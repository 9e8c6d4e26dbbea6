/**
 * 工作台: my day. What presses first, what is in my hands, and one key to register the next visitor. A card is drawn again only when its
 * own items have changed: during a long turn the indicator moves several times a second, and the page around it shall not cost anything.
 */
import { memo, useEffect, useMemo } from 'react';
import { weekday } from '../../../shared/core/calendar/day.ts';
import { useDesk, useDrafts, useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { partOfDay } from '../times.ts';
import { AttentionCard } from './attention-card.tsx';
import { ComingCard } from './coming-card.tsx';
import { DraftsCard } from './drafts-card.tsx';
import { DuesCard } from './dues-card.tsx';
import './home.css';
import { byGroup } from './my-day.ts';
import { MattersCard } from './matters-card.tsx';
import { ReviewHint } from './review-hint.tsx';
import { RegisterButtons } from './register-buttons.tsx';
import { useMyDay } from './use-my-day.ts';

const [Attention, Coming, Drafts, Dues, Matters, Register] = [
  memo(AttentionCard),
  memo(ComingCard),
  memo(DraftsCard),
  memo(DuesCard),
  memo(MattersCard),
  memo(RegisterButtons),
];

export function HomePage() {
  const { t, weekday: weekdayName } = useTexts();
  const desk = useDesk();
  const bridge = useBridge();
  const drafts = useDrafts();
  const { conflicts, attention, lastSync, toReview = 0 } = useSync();
  const { today, dues, mine, coming, recent } = useMyDay();
  const groups = useMemo(() => byGroup(dues), [dues]);
  const pressing = { today: groups.today.length, overdue: groups.overdue.length };
  // On the first day nothing is known yet; an empty list then means nothing.
  const isArriving = lastSync === undefined;
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  const isPressing = pressing.today + pressing.overdue > 0;
  const lead = isPressing
    ? t('home.lead.some', pressing)
    : t(isArriving ? 'home.arriving' : 'home.lead.none');

  useEffect(() => {
    void bridge.ask('window.ready', { screen: 'home' });
  }, [bridge]);

  return (
    <div className="home">
      <header className="home-head">
        <div>
          <h1>{t(`home.${partOfDay(desk.now())}`, { name: desk.me.name })}</h1>
          <p>
            {t('date', { year, month, day })} {weekdayName(weekday(today))}
            <span aria-hidden="true"> · </span>
            {lead}
          </p>
        </div>
        <Register />
      </header>
      <div className="home-columns">
        <div className="home-column">
          <Dues groups={groups} isArriving={isArriving} />
          <Matters kind="mine" items={mine} isArriving={isArriving} />
        </div>
        <div className="home-column">
          {conflicts + attention > 0 && <Attention count={conflicts + attention} />}
          {toReview > 0 && <ReviewHint count={toReview} />}
          {drafts.length > 0 && <Drafts drafts={drafts} />}
          <Coming items={coming} today={today} isArriving={isArriving} />
          {recent && <Matters kind="recent" items={recent} isArriving={isArriving} />}
        </div>
      </div>
    </div>
  );
}
