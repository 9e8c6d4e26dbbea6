/** 复核: what colleagues wrote and the district holds until somebody decides. The list is the district's: without it the page says so. */
import { AuditOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useEffect } from 'react';
import { useDesk, useReview, useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import '../home/home.css';
import '../tray/tray.css';
import { ReviewCard } from './review-card.tsx';

export function ReviewPage() {
  const { t } = useTexts();
  const desk = useDesk();
  const { cases, hasMore, problem } = useReview();
  const { lastSync } = useSync();
  // Asked again with every turn: what others decide on leaves the list.
  useEffect(() => void desk.askReview(), [desk, lastSync]);
  return (
    <div className="tray">
      <header className="tray-head">
        <h1>{t('review.title')}</h1>
        <p>{t('review.lead')}</p>
      </header>
      {problem !== undefined && (
        <Alert
          type="warning"
          showIcon
          title={t('review.needsDistrict', { reason: t(`sync.problem.${problem}`) })}
        />
      )}
      {cases?.length === 0 && problem === undefined && (
        <div className="tray-empty">
          <AuditOutlined aria-hidden="true" />
          <p>{t('review.empty')}</p>
          <p>{t('review.emptyHint')}</p>
        </div>
      )}
      <section className="tray-group">
        {cases?.map((items) => (
          <ReviewCard key={items[0]?.operation.id} items={items} />
        ))}
      </section>
      {hasMore && <p className="home-sub">{t('review.more')}</p>}
    </div>
  );
}
