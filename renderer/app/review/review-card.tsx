/** One case: who wrote it, where, why it waits, what it would change beside what is there now; and the two ways out. */
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Language } from '../../../shared/core/label.ts';
import { problemSentence } from '../../../shared/core/problem.ts';
import { refusalSentence, type Refusal } from '../../../shared/core/refusal.ts';
import type { ReviewItem } from '../../../shared/protocol/review.ts';
import { useDesk } from '../../core/hooks.ts';
import { recordPath, takeOverPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { operationWords } from '../sync/operation-words.ts';
import { showMoment } from '../times.ts';
import { ReviewChanges } from './review-changes.tsx';
import { canTakeOver } from './take-over.ts';

/** The sentence, and where something was filled in wrongly, what. */
const reasonWords = (refusal: Refusal, language: Language): string => {
  const problems = (refusal.problems ?? []).map((problem) => problemSentence(problem, language));
  return problems.length > 0
    ? [...new Set(problems)].join(language === 'zh' ? '；' : '; ')
    : refusalSentence(refusal, language);
};

export function ReviewCard({ items }: { readonly items: readonly ReviewItem[] }) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { personName } = useKit();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [isBusy, setIsBusy] = useState(false);
  const [words, setWords] = useState<string>();
  const [first] = items;
  if (!first) return null;
  const { operation, why, device, refused } = first;
  const told = operationWords(operation, desk, language);
  const title = [told.title, t(told.key, told.values)].filter((part) => part !== '').join(' · ');

  const decide = async (kind: 'accept' | 'decline'): Promise<void> => {
    setIsBusy(true);
    const outcome = await desk
      .run({
        kind,
        entity: operation.entity,
        record: operation.record,
        reviews: items.map((item) => item.operation.id),
        ...(kind === 'decline' && { words: words ?? '' }),
      })
      .finally(() => setIsBusy(false));
    if (!outcome.ok) {
      void message.error(refusalSentence(outcome.error, language));
      return;
    }
    setWords(undefined);
    void message.success(t(kind === 'accept' ? 'review.accepted' : 'review.declined'));
  };

  return (
    <article className="tray-card" aria-label={title}>
      <header>
        <h3>
          {title}
          <span className="home-sub">
            {t('review.by', {
              who: personName(operation.author) || t('common.person'),
              when: showMoment(operation.at, desk.now(), language),
              device,
            })}
          </span>
        </h3>
        {desk.get(operation.record) && <Link to={recordPath(operation.record)}>{t('tray.open')}</Link>}
      </header>
      <p className="tray-reason" data-kind="held">
        <strong>{t('review.whyLabel')}</strong>
        <span>
          <span>{t(`review.why.${why ?? 'post'}`)}</span>
          {refused && <span>{t('review.refused', { reason: reasonWords(refused, language) })}</span>}
          {items.length > 1 && <span>{t('review.also', { count: items.length - 1 })}</span>}
        </span>
      </p>
      {items.map((item) => (
        <ReviewChanges key={item.operation.id} operation={item.operation} />
      ))}
      <div className="tray-actions">
        <Button type="primary" disabled={isBusy} onClick={() => void decide('accept')}>
          {t('review.accept')}
        </Button>
        {canTakeOver(items, desk) && (
          <Button disabled={isBusy} onClick={() => void navigate(takeOverPath(operation.id))}>
            {t('review.takeOver')}…
          </Button>
        )}
        <Button disabled={isBusy} onClick={() => setWords('')}>
          {t('review.decline')}
        </Button>
      </div>
      <Modal
        open={words !== undefined}
        title={t('review.declineTitle')}
        okText={t('review.declineYes')}
        cancelText={t('common.cancel')}
        okButtonProps={{ disabled: isBusy || (words ?? '').trim() === '' }}
        onOk={() => void decide('decline')}
        onCancel={() => setWords(undefined)}
      >
        <div className="tray-merge">
          <label htmlFor={`words-${operation.id}`}>{t('review.words')}</label>
          <Input.TextArea
            id={`words-${operation.id}`}
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={1000}
            value={words ?? ''}
            onChange={(event) => setWords(event.target.value)}
          />
          <p className="home-sub">{t('review.wordsHint')}</p>
        </div>
      </Modal>
    </article>
  );
}
